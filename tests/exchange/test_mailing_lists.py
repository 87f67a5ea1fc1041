"""Mailchimp and Klaviyo: subscribers, those who left, and those whose address is dead; with the proof of consent."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.commands.work import CompleteTask
from stylistdesk.db.tables import Client, Consent, Contact, Location, OptOut, Task
from stylistdesk.domain.types import Channel, ConsentGround
from stylistdesk.exchange.recognise import recognise
from tests.exchange.test_address_books import SQUARE, table
from tests.helpers import add_client, dump

SUBSCRIBED = (
    "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,"
    "GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)
LEFT = SUBSCRIBED.replace(
    "LAST_CHANGED", "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER"
)
CLEANED = SUBSCRIBED.replace("LAST_CHANGED", "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID")
KLAVIYO = (
    "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,"
    "Country,Zip Code,Latitude,Longitude,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,"
    "Historic Customer Lifetime Value,Total Customer Lifetime Value,Predicted Customer Lifetime Value,"
    "Average Order Value,Historic Number Of Orders,First Active,Last Active,Profile Created On,Date Added,Last Open,"
    "Last Click,Average Days Between Orders,Email Suppressions"
)
SUPPRESSED = "Email,Suppression Reason,Timestamp\n"
ANA = {
    "Email Address": "ana@example.com",
    "First Name": "Ana",
    "Last Name": "Ruiz",
    "OPTIN_TIME": "2024-05-02 01:30:00",
    "OPTIN_IP": "203.0.113.5",
    "CONFIRM_TIME": "2024-05-02 01:31:07",
    "CONFIRM_IP": "203.0.113.5",
}
PROFILE = {
    "Email": "ana@example.com",
    "First Name": "Ana",
    "Last Name": "Ruiz",
    "Email Marketing Consent": "SUBSCRIBED",
    "Email Marketing Consent Timestamp": "2024-05-02T01:30:00+00:00",
}


def state(bench: Any, email: str = "ana@example.com") -> tuple[str, str]:
    (contact,) = (contact for contact in bench.all(Contact) if contact.email == email)
    return contact.email_consent, contact.email_status


def test_signing_up_is_proof_of_express_consent(bench: Any) -> None:
    """R25: the burden of proof is hers, and the proof would stay behind in Mailchimp."""
    report = bench.take(table(SUBSCRIBED, ANA))
    assert (report.format, report.refused) == ("mailchimp_subscribed", ())
    assert {"MEMBER_RATING", "LATITUDE", "LEID"} <= set(report.unused_columns)
    (entry,) = bench.all(Consent)
    assert (entry.state, entry.ground, entry.address) == ("subscribed", ConsentGround.EXPRESS, "ana@example.com")
    assert str(entry.happened_on) == "2024-05-01"  # 21:30 in New York
    assert entry.evidence == (
        "Mailchimp: opted in 2024-05-02 01:30 UTC from 203.0.113.5, confirmed 2024-05-02 01:31 UTC from 203.0.113.5"
    )


def test_proof_is_added_where_the_desk_only_knew_that_she_is_subscribed(bench: Any) -> None:
    """The shop's "yes" proves nothing; Mailchimp's proof would be dropped because nothing changes."""
    bench.take("First Name,Last Name,Email,Accepts Email Marketing\nAna,Ruiz,ana@example.com,yes\n")
    for _ in range(2):
        bench.take(table(SUBSCRIBED, ANA))
    assert [(entry.ground, bool(entry.evidence)) for entry in bench.all(Consent)] == [
        (None, False),
        (ConsentGround.EXPRESS, True),
    ]
    assert bench.outcome(table(SUBSCRIBED, ANA)).label.startswith("Nothing new")


def test_someone_whom_the_owner_added_has_not_consented_herself(bench: Any) -> None:
    """Mailchimp writes CONFIRM_TIME for addresses that were uploaded; that is not her consent."""
    bench.take(table(SUBSCRIBED, ANA | {"OPTIN_TIME": "", "OPTIN_IP": ""}))
    (entry,) = bench.all(Consent)
    assert (entry.ground, entry.evidence) == (
        None,
        "Mailchimp: confirmed 2024-05-02 01:31 UTC from 203.0.113.5",
    )


def test_merge_fields_are_named_by_the_user_and_come_first(bench: Any) -> None:
    """A list with "Prénom" and a size chart would be no Mailchimp file."""
    header = SUBSCRIBED.replace(
        "Email Address,First Name,Last Name", "Courriel,Prénom,Nom,Taille,Phone Number,Address,Birthday"
    )
    report = bench.take(
        table(
            header,
            {
                "Courriel": "zoe@example.com",
                "Prénom": "Zoë",
                "Nom": "Müller",
                "Taille": "38",
                "Phone Number": "(212) 555-0101",
                "Address": "118 Willow Terrace  Apt 3  Hoboken  NJ  07030  US",
                "Birthday": "03/14",
            },
        )
    )
    assert "Taille" in report.unused_columns
    (client,), (contact,), (place,) = bench.all(Client), bench.all(Contact), bench.all(Location)
    assert (client.name, client.birthday, contact.phone) == ("Zoë Müller", "--03-14", "+12125550101")
    assert (place.line1, place.line2, place.city, place.postcode) == ("118 Willow Terrace", "Apt 3", "Hoboken", "07030")


@pytest.mark.parametrize(
    "cell", ['"""VIP"",""Blog, spring"""', '"\\"VIP\\",\\"Blog, spring\\""', "VIP\\,Blog", '"VIP,Blog"']
)
def test_tags_are_read_however_they_are_quoted(bench: Any, cell: str) -> None:
    """A row with tags would be refused, or her tags be full of quotes and backslashes."""
    report = bench.take(f"Email Address,OPTIN_TIME,TAGS,NOTES\nana@example.com,,{cell},last\n")
    assert report.refused == ()
    assert bench.all(Client)[0].tags.replace("  ", " ") in ("VIP, Blog spring", "VIP, Blog")


def test_a_comma_may_have_a_backslash(bench: Any) -> None:
    """Some exports write Boston\\, MA: the row would be refused as ragged, and the next ones with it."""
    report = bench.take(
        "Email Address,Company,OPTIN_TIME,TAGS\n"
        "ana@example.com,Ruiz\\, Daughters,2024-05-02 01:30:00,\n"
        "ben@example.com,Ode,,\n"
        "cleo@example.com,one,two,three,four\n"
        'dana@example.com,"Whit\\, field",,\n'
    )
    assert [client.company for client in bench.all(Client)] == ["Ruiz, Daughters", "Ode", "Whit, field"]
    assert [(row.line, row.reason) for row in report.refused] == [
        (4, "the row has 5 cells where the header has 4"),
    ]


def test_column_names_that_stand_twice_lose_nothing(bench: Any) -> None:
    """Real files of those who left have UNSUB_REASON twice; one of the two would be dropped."""
    header = LEFT.replace("First Name,", "First Name,UNSUB_CAMPAIGN_ID,UNSUB_REASON,")
    cells = dict(zip(range(99), header.split(","), strict=False))
    row = [""] * len(cells)
    row[0] = "ana@example.com"
    twice = [index for index, name in cells.items() if name == "UNSUB_REASON"]
    row[twice[0]], row[twice[1]] = "Too many mails", "Other"
    report = bench.take(header + "\n" + ",".join(row) + "\n")
    assert (report.format, report.notices) == ("mailchimp_unsubscribed", ())
    assert bench.all(Consent)[0].evidence == "Mailchimp: unsubscribed, Too many mails, Other"


def test_those_who_left_are_opted_out_for_good(bench: Any) -> None:
    """R25: an older list of subscribers imported afterwards would bring her back."""
    bench.take(table(SUBSCRIBED, ANA))
    gone = ANA | {"UNSUB_TIME": "2025-01-03 10:00:00", "UNSUB_CAMPAIGN_TITLE": "Winter", "UNSUB_REASON": "No longer"}
    bench.take(table(LEFT, gone))
    assert state(bench) == ("unsubscribed", "unsubscribed")
    entry = bench.all(Consent)[-1]
    assert (entry.state, str(entry.happened_on)) == ("unsubscribed", "2025-01-03")
    assert entry.evidence == "Mailchimp: unsubscribed 2025-01-03 10:00 UTC, No longer, after “Winter”"
    report = bench.take(table(SUBSCRIBED, ANA))
    assert (state(bench), len(bench.all(OptOut))) == (("unsubscribed", "unsubscribed"), 1)
    assert "has opted out" in report.notices[0].text
    assert bench.outcome(table(LEFT, gone)).label.startswith("Nothing new")


def test_cleaned_addresses_are_bounced_and_keep_their_consent(bench: Any) -> None:
    """She would write to a dead address, or think that its owner had left."""
    bench.take(table(SUBSCRIBED, ANA))
    report = bench.take(table(CLEANED, ANA | {"CLEAN_TIME": "2025-01-03 10:00:00"}))
    assert (report.format, state(bench), bench.all(OptOut)) == ("mailchimp_cleaned", ("subscribed", "bounced"), [])
    bench.desk.undo()
    assert state(bench) == ("subscribed", "active")


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("subscribed_members_export_1.csv", "mailchimp_subscribed"),
        ("unsubscribed_members_export_1.csv", "mailchimp_unsubscribed"),
        ("cleaned_members_export_1.csv", "mailchimp_cleaned"),
        ("nonsubscribed_members_export_1.csv", "mailchimp_nonsubscribed"),
        ("list.csv", "mailchimp_subscribed"),
    ],
)
def test_the_files_name_tells_what_the_columns_do_not(bench: Any, name: str, format_name: str) -> None:
    """Old exports have the same columns: everyone who left would be subscribed again."""
    assert recognise(bench.file(SUBSCRIBED + "\n", name)).format == format_name


def test_a_list_with_only_first_names_renames_nobody(bench: Any) -> None:
    """Ana Ruiz would be Ana after every newsletter."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com")
    bench.take(table(SUBSCRIBED, ANA | {"Last Name": ""}))
    assert bench.all(Client)[0].name == "Ana Ruiz"


def test_a_time_that_is_none_is_told_and_the_row_goes_in(bench: Any) -> None:
    report = bench.take(table(SUBSCRIBED, ANA | {"OPTIN_TIME": "yesterday"}))
    assert [notice.text.partition(":")[0] for notice in report.notices] == ["OPTIN_TIME"]
    assert state(bench)[0] == "subscribed"


@pytest.mark.parametrize(
    ("consent", "kept"),
    [
        ("SUBSCRIBED", "subscribed"),
        ("Unsubscribed", "unsubscribed"),
        ("NEVER_SUBSCRIBED", "never_asked"),
        ("Never Subscribed", "never_asked"),
        ("", "never_asked"),
    ],
)
def test_klaviyos_consent_is_read(bench: Any, consent: str, kept: str) -> None:
    """She would write to everyone who never asked for it."""
    report = bench.take(table(KLAVIYO, PROFILE | {"Email Marketing Consent": consent}))
    assert (report.format, report.notices, state(bench)[0]) == ("klaviyo_list", (), kept)


def test_klaviyos_timestamp_is_proof(bench: Any) -> None:
    """Without the time and the place, the consent could not be shown to anybody."""
    bench.take(table(KLAVIYO, PROFILE | {"IP Address": "203.0.113.9", "Source": "Footer form", "Title": "Buyer"}))
    (entry,) = bench.all(Consent)
    assert (entry.ground, str(entry.happened_on)) == (ConsentGround.EXPRESS, "2024-05-01")
    assert entry.evidence == "Klaviyo: subscribed 2024-05-02 01:30 UTC, from 203.0.113.9, source Footer form"
    assert bench.all(Contact)[0].title == "Buyer"


def test_subscribed_without_a_time_is_no_proof(bench: Any) -> None:
    bench.take(table(KLAVIYO, PROFILE | {"Email Marketing Consent Timestamp": ""}))
    assert [(entry.state, entry.ground) for entry in bench.all(Consent)] == [("subscribed", None)]


def test_never_subscribed_in_klaviyo_takes_no_consent_away(bench: Any) -> None:
    """Someone who signed up in the shop would be barred because Klaviyo never asked her."""
    bench.take(table(SUBSCRIBED, ANA))
    bench.take(table(KLAVIYO, PROFILE | {"Email Marketing Consent": "NEVER_SUBSCRIBED"}))
    assert state(bench) == ("subscribed", "active")


SHOP = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Tags\n"
NO, YES = (f"{SHOP}7001,Ana,Ruiz,ana@example.com,{word},\n" for word in ("no", "yes"))


class TestAShopsNo:
    """A shop writes "no" for who never ticked its box; what she said elsewhere would be lost with each import of it."""

    def sign_up(self, bench: Any) -> None:
        bench.take(table(SUBSCRIBED, ANA))

    def tell(self, bench: Any) -> None:
        today = date(2026, 11, 21)
        bench.desk.do(RecordConsent(1, Channel.EMAIL, "ana@example.com", ConsentGround.EXPRESS, today, "By phone: yes"))

    @pytest.mark.parametrize("how", [sign_up, tell])
    def test_takes_no_consent_that_she_gave_elsewhere(self, bench: Any, how: Callable[..., None]) -> None:
        bench.take(NO)
        how(self, bench)
        before = dump(bench.desk)
        report = bench.take(NO.replace(",\n", ",vip\n"))
        assert (state(bench), bench.all(OptOut), bench.all(Task)) == (("subscribed", "active"), [], [])
        [notice] = report.notices
        assert notice.text.startswith("ana@example.com stays subscribed: she said yes elsewhere")
        bench.desk.undo()
        assert dump(bench.desk) == before

    def test_is_an_opt_out_where_the_shop_itself_had_her_yes(self, bench: Any) -> None:
        """Also where Mailchimp's came first, so that the shop's changed nothing."""
        self.sign_up(bench)
        bench.take(YES)
        assert bench.outcome(YES).label.startswith("Nothing new")
        before = dump(bench.desk)
        bench.take(NO)
        assert (state(bench), len(bench.all(OptOut))) == (("unsubscribed", "unsubscribed"), 1)
        bench.desk.undo()
        assert dump(bench.desk) == before

    def test_that_follows_her_opt_out_is_none_once_she_has_said_yes_again(self, bench: Any) -> None:
        """The rep took her off the shop's list herself, as the law wants: that "no" is not hers."""
        bench.take(YES)
        bench.desk.do(WithdrawConsent(1, Channel.EMAIL, "ana@example.com"))
        self.tell(bench)
        bench.take(NO)
        assert state(bench) == ("subscribed", "active")
        bench.take(YES)
        bench.take(NO)
        assert state(bench) == ("unsubscribed", "unsubscribed"), "she ticked the box, and took the tick away"

    def test_beside_its_own_yes_takes_nothing_from_elsewhere_either(self, bench: Any) -> None:
        both = YES + NO.removeprefix(SHOP)
        bench.take(both)
        assert state(bench)[0] == "unsubscribed", "of two readings the one that cannot break the law"
        bench.desk.undo()
        self.sign_up(bench)
        bench.take(both)
        assert state(bench)[0] == "subscribed"

    def test_does_not_outweigh_an_opt_out_elsewhere(self, bench: Any) -> None:
        self.sign_up(bench)
        bench.take(NO)
        bench.take(table(LEFT, ANA))
        assert state(bench) == ("unsubscribed", "unsubscribed")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("", ("subscribed", "active")),
        ("[]", ("subscribed", "active")),
        ("HARD_BOUNCE", ("subscribed", "bounced")),
        ("['INVALID_EMAIL']", ("subscribed", "invalid")),
        ("[{'reason': 'USER_SUPPRESSED', 'timestamp': '2023-02-21T20:07:38'}]", ("unsubscribed", "unsubscribed")),
        ("UNSUBSCRIBED, HARD_BOUNCE", ("unsubscribed", "unsubscribed")),
    ],
)
def test_a_suppressed_profile_is_not_written_to(bench: Any, cell: str, kept: tuple[str, str]) -> None:
    """Klaviyo calls a profile subscribed and suppressed at once."""
    bench.take(table(KLAVIYO, PROFILE | {"Email Suppressions": cell}))
    assert state(bench) == kept


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("UNSUBSCRIBED", ("unsubscribed", "unsubscribed")),
        ("USER_SUPPRESSED", ("unsubscribed", "unsubscribed")),
        ("SPAM_COMPLAINT", ("unsubscribed", "unsubscribed")),
        ("HARD_BOUNCE", ("subscribed", "bounced")),
        ("INVALID_EMAIL", ("subscribed", "invalid")),
        ("", ("unsubscribed", "unsubscribed")),
        ("SOMETHING_NEW", ("unsubscribed", "unsubscribed")),
    ],
)
def test_each_reason_of_a_suppression_means_something(bench: Any, reason: str, kept: tuple[str, str]) -> None:
    """A bounce would be an opt-out for ever, or a complaint a bounce."""
    bench.take(table(KLAVIYO, PROFILE))
    report = bench.take(f"{SUPPRESSED}ANA@example.com,{reason},2025-01-03T10:00:00+00:00\n")
    assert (report.format, state(bench), len(report.notices)) == (
        "klaviyo_suppressions",
        kept,
        reason[:9] == "SOMETHING",
    )


def test_suppressed_strangers_are_kept_out_and_make_no_clients(bench: Any) -> None:
    """A thousand addresses without a name would be clients; or a later list would subscribe them."""
    rows = f"{SUPPRESSED}ana@example.com,UNSUBSCRIBED,\nben@example.com,HARD_BOUNCE,\n"
    report = bench.take(rows)
    assert (bench.all(Client), report.created) == ([], {"opt_out": 1})
    assert [notice.text for notice in report.notices] == [
        "ana@example.com is nobody's on the desk; only the opt-out is kept",
        "ben@example.com is nobody's on the desk; it was left out",
    ]
    assert bench.outcome(rows).label.startswith("Nothing new")
    bench.take(table(KLAVIYO, PROFILE))
    assert state(bench) == ("unsubscribed", "unsubscribed")


@pytest.mark.parametrize("seed", range(8))
def test_no_order_of_lists_brings_an_opted_out_address_back(new_bench: Callable[[], Any], seed: int) -> None:
    """R25, over all mailing lists together."""
    files = [
        table(SUBSCRIBED, ANA),
        table(LEFT, ANA),
        table(CLEANED, ANA),
        table(KLAVIYO, PROFILE),
        table(KLAVIYO, PROFILE | {"Email Marketing Consent": "NEVER_SUBSCRIBED"}),
        f"{SUPPRESSED}ana@example.com,SPAM_COMPLAINT,\n",
    ] * 2
    random.Random(seed).shuffle(files)
    bench = new_bench()
    for content in files:
        bench.take(content)
        if bench.all(OptOut) and bench.all(Contact):
            assert state(bench)[0] == "unsubscribed"
            assert state(bench)[1] != "active"
    assert len(bench.all(OptOut)) == 1
    bench.desk.close()


GONE = ANA | {"UNSUB_TIME": "2025-01-03 10:00:00"}


@pytest.mark.parametrize(
    ("later", "name"),
    [
        (table(SQUARE, {"Email Address": "ana@example.com", "Email Subscription Status": "Subscribed"}), "Square"),
        (table(SUBSCRIBED, ANA), "Mailchimp"),
        (table(KLAVIYO, PROFILE), "Klaviyo"),
        (YES, "Shopify"),
    ],
)
def test_a_list_that_still_has_who_opted_out_is_a_task(bench: Any, later: str, name: str) -> None:
    """R25: the list would go on writing to her, and nobody would know that it has to be told."""
    bench.take(table(LEFT, GONE), "unsubscribed.csv")
    before = dump(bench.desk)
    bench.take(later)
    (task,) = bench.all(Task)
    assert task.description == f"Take ana@example.com off {name}: she opted out on 3 Jan 2025"
    assert (task.category, task.client_id, str(task.due_on)) == ("unsubscribe", 1, "2025-01-17")
    assert bench.outcome(later).label.startswith("Nothing new")
    bench.desk.undo()
    assert dump(bench.desk) == before


def test_a_list_is_a_task_once_however_the_days_of_her_opt_out_differ(bench: Any) -> None:
    """Each import would bring the task back that she has done."""
    bench.take(YES)
    bench.desk.do(WithdrawConsent(1, Channel.EMAIL, "ana@example.com"))
    bench.take(table(LEFT, GONE), "unsubscribed.csv")
    (task,) = bench.all(Task)
    bench.desk.do(CompleteTask(task.id))
    bench.take(YES)
    assert [one.description for one in bench.all(Task)] == [task.description]


def test_a_list_that_has_an_address_of_nobodys_is_no_task(bench: Any) -> None:
    """A task for no client stands nowhere."""
    bench.take(f"{SUPPRESSED}ana@example.com,UNSUBSCRIBED,\n")
    orders = "Name,Created at,Total,Lineitem quantity,Lineitem name,Lineitem price,Email,Accepts Marketing\n"
    bench.take(f"{orders}#1,not a day,1,1,Hat,1,ana@example.com,yes\n")
    bench.take(table(KLAVIYO, PROFILE | {"Email": "ben@example.com"}))
    assert bench.all(Task) == []


FUTURE = "2031-05-02 01:30:00"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (table(SUBSCRIBED, ANA | {"OPTIN_TIME": FUTURE, "CONFIRM_TIME": FUTURE}), "subscribed.csv"),
        (table(KLAVIYO, PROFILE | {"Email Marketing Consent Timestamp": FUTURE}), "list.csv"),
    ],
)
def test_a_consent_that_is_dated_in_the_future_proves_nothing(bench: Any, content: str, name: str) -> None:
    """A clock that is wrong would be shown as proof of express consent."""
    report = bench.take(content, name)
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (2, "the consent of ana@example.com is dated in the future; it proves nothing")
    ]
    (entry,) = bench.all(Consent)
    assert (entry.state, entry.ground, entry.happened_on) == ("subscribed", None, None)


def test_an_opt_out_that_is_dated_in_the_future_holds_from_today(bench: Any) -> None:
    """The other lists would have years to let her go."""
    bench.take(YES)
    report = bench.take(table(LEFT, ANA | {"UNSUB_TIME": FUTURE}), "unsubscribed.csv")
    assert [notice.text for notice in report.notices] == [
        "the opt-out of ana@example.com is dated in the future; its day was left out"
    ]
    (task,) = bench.all(Task)
    assert (state(bench)[0], str(task.due_on)) == ("unsubscribed", "2026-12-04")
