"""A calendar on a CalDAV server (RFC 4791): what is in it, and changing it without writing over anybody.

The extra `caldav` brings what speaks with the server. Nothing is asked of it for longer, and nothing longer is read,
than the limits here say; it is followed nowhere else, and asked without encryption only on this machine.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from stylistdesk.domain.errors import Refused, ServerAway
from stylistdesk.domain.server_address import checked_server_address
from stylistdesk.domain.text import clean
from stylistdesk.exchange.keyrings import extra_is_missing

LARGEST = 32 * 1024 * 1024
"""The longest answer that is read, in bytes."""
MOST_OBJECTS = 20_000
"""The most events that one calendar may have."""
TIMEOUT = 20
"""For so many seconds a server may be silent; a whole answer may take `LONGEST`."""
LONGEST = 120

_AT_ONCE = 50
_DAV, _CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
_LIST = f"""<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="{_DAV}" xmlns:C="{_CALDAV}"><D:prop><D:getetag/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""


class ChangedMeanwhile(Exception):
    """The object is another one than it was when it was read; nothing was written."""


class Server:
    """One calendar. Every method raises `ServerAway` or `Refused`, with what to do, if the server does not do it."""

    def __init__(self, url: str, username: str, password: str) -> None:
        try:
            from caldav.davclient import DAVClient
        except ImportError:
            raise extra_is_missing() from None
        self._url = checked_server_address(url)
        self.host = urlsplit(self._url).hostname or ""
        client: Any = DAVClient(
            self._url, username=username or None, password=password or None, timeout=TIMEOUT, enable_rfc6764=False
        )
        client.session = _Careful(client.session)
        self._client = client

    def list(self) -> dict[str, str]:
        """The etag of each event, by its path."""
        found: dict[str, str] = {}
        with self._plainly():
            for href, etag, _ in self._answers(self._client.report(self._url, _LIST, 1)):
                found[href] = etag
                if len(found) > MOST_OBJECTS:
                    raise Refused(f"The calendar has more than {MOST_OBJECTS:,} events.", hint="Use a smaller one.")
        return found

    def fetch(self, hrefs: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The etag and the text of events; those that are gone are left out."""
        wanted = list(hrefs)
        found: dict[str, tuple[str, str]] = {}
        with self._plainly():
            for start in range(0, len(wanted), _AT_ONCE):
                asked = "".join(f"<D:href>{quote(href)}</D:href>" for href in wanted[start : start + _AT_ONCE])
                query = (
                    f'<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget xmlns:D="{_DAV}" xmlns:C="{_CALDAV}">'
                    f"<D:prop><D:getetag/><C:calendar-data/></D:prop>{asked}</C:calendar-multiget>"
                )
                for href, etag, text in self._answers(self._client.report(self._url, query, 1)):
                    if text:
                        found[href] = etag, text
        return found

    def new_href(self, uid: str) -> str:
        """Where an event of the desk is put that is not there yet."""
        return f"{unquote(urlsplit(self._url).path)}{uid}.ics"

    def put(self, href: str, text: bytes, etag: str) -> str:
        """Write an event that is as it was when it was read, or, without an etag, one that is not there. Its new etag.

        Raises `ChangedMeanwhile`. The new etag is "" if the server does not tell it.
        """
        guard = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        with self._plainly():
            said = self._client.put(self._at(href), text, {"Content-Type": "text/calendar; charset=utf-8", **guard})
            self._settle(said)
            return str(said.headers.get("ETag") or "")

    def delete(self, href: str, etag: str) -> None:
        """Remove an event that is as it was when it was read. Raises `ChangedMeanwhile`; one that is gone is gone."""
        with self._plainly():
            said = self._client.delete(self._at(href), {"If-Match": etag} if etag else None)
            if said.status not in (404, 410):
                self._settle(said)

    def close(self) -> None:
        """Say goodbye."""
        self._client.close()

    def _at(self, href: str) -> str:
        return urljoin(self._url, quote(href))

    def _settle(self, said: Any) -> None:
        if said.status in (409, 412):
            raise ChangedMeanwhile
        if said.status >= 300:
            raise ServerAway(f"{self.host} did not take an event (it said {said.status}).", hint=_AGAIN)

    def _answers(self, said: Any) -> Iterator[tuple[str, str, str]]:
        if said.status == 404:
            raise Refused(
                f"There is no calendar at this address of {self.host}.",
                field="url",
                hint="Copy it from your calendar's settings.",
            )
        if said.status != 207 or said.tree is None:
            raise ServerAway(
                f"{self.host} did not answer as a calendar does (it said {said.status}).",
                hint="The address is that of one calendar, as its settings show it.",
            )
        for one in said.tree.iter(f"{{{_DAV}}}response"):
            href = one.findtext(f"{{{_DAV}}}href") or ""
            for part in one.iter(f"{{{_DAV}}}propstat"):
                if " 200" not in (part.findtext(f"{{{_DAV}}}status") or " 200"):
                    continue
                etag = part.findtext(f".//{{{_DAV}}}getetag") or ""
                path = self._path(href)
                if path:
                    yield path, clean(etag, limit=300), part.findtext(f".//{{{_CALDAV}}}calendar-data") or ""

    def _path(self, href: str) -> str:
        """The path of an object of this calendar; nothing for one that is elsewhere."""
        whole, own = urlsplit(urljoin(self._url, href.strip())), urlsplit(self._url)
        path = unquote(whole.path)
        if (whole.scheme, whole.netloc) != (own.scheme, own.netloc) or not path.startswith(unquote(own.path)):
            return ""
        return path if clean(path, limit=2_000) == path and not path.endswith("/") else ""

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Errors of the network as a rep reads them."""
        from caldav.lib import error
        from caldav.lib.http_sync import requests

        try:
            yield
        except error.AuthorizationError:
            raise Refused(
                f"{self.host} does not accept the user name or the password.",
                field="password",
                hint="Some calendars want a password made for one program.",
            ) from None
        except requests.exceptions.SSLError:
            raise ServerAway(f"The certificate of {self.host} is not valid.", hint="Nothing was sent to it.") from None
        except (requests.exceptions.RequestException, error.DAVError, OSError):
            raise ServerAway(f"{self.host} does not answer.", hint=_AGAIN) from None


_AGAIN = "Sync again later; what was done already stays done."


class _Careful:
    """A session that follows nobody elsewhere and stops reading an answer that has no end."""

    def __init__(self, session: Any) -> None:
        self._session = session
        session.trust_env = False  # the password is that of the keyring, whatever a .netrc says

    def request(self, method: str, url: str, **given: Any) -> Any:
        """The answer, read whole."""
        began = time.monotonic()
        answer = self._session.request(method, url, **{**given, "stream": True, "allow_redirects": False})
        parts, size = [], 0
        for part in answer.iter_content(1 << 16):
            parts.append(part)
            size += len(part)
            if size > LARGEST or time.monotonic() - began > LONGEST:
                answer.close()
                raise ServerAway(f"The answer of {urlsplit(url).hostname} has no end.", hint="Nothing of it was taken.")
        answer._content, answer._content_consumed = b"".join(parts), True
        return answer

    def close(self) -> None:
        """Close it."""
        self._session.close()
