"""The topics of training (R34): the morning, then each task of the back office, in its order."""

TOPICS: dict[str, str] = {
    "morning": "The morning",
    "website": "Your website",
    "certificates": "Certificates",
    "shop_links": "Shop links",
    "host_rewards": "Host rewards",
    "returns": "Returns",
    "company_files": "Company files",
    "moving_orders": "Moving orders",
    "sign_ups": "Sign-ups",
}
"""The id of each topic, which is also that of its guide, and its title."""


def topic_titled(title: str) -> str:
    """The topic of this title; the first one where there is none."""
    return next((topic for topic, named in TOPICS.items() if named == title), next(iter(TOPICS)))


def topic_beside(topic: str, by: int) -> str:
    """The topic so many places after one (before, if below zero); from the last on to the first."""
    ids = list(TOPICS)
    return ids[(ids.index(topic) + by) % len(ids)]
