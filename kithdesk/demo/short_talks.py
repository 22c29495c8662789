"""What people ask a shop like this one on an ordinary day, in three to five lines, and what they hear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """The customer and whoever serves them, in turns, the customer first. `language`: of the customer."""

    name: str
    page: tuple[str, str]
    lines: tuple[str, ...]
    tag: str
    language: str = "en"


_ACCOUNT = ("account", "Account and orders")
_HELP = ("help", "Help")

TALKS = (
    Talk(
        "Where the parcel is",
        _ACCOUNT,
        (
            "Hi, has my order left you yet? I am away from Friday.",
            "It left an hour ago. The van should be with you tomorrow before six.",
            "Tomorrow is perfect. Thank you.",
        ),
        "delivery",
    ),
    Talk(
        "To a neighbour",
        _ACCOUNT,
        (
            "Nobody is in today. Can my parcel go next door, to number 9?",
            "I have told the driver. Anything else?",
            "That was all, cheers.",
        ),
        "delivery",
    ),
    Talk(
        "Invoice with a company on it",
        _ACCOUNT,
        (
            "Could I have the invoice with our company name on it? Fellside Guides Ltd.",
            "Of course. Is the address the same?",
            "The same, yes.",
            "Then it is in your inbox.",
            "Got it, thanks.",
        ),
        "invoice",
    ),
    Talk(
        "Two in one tent",
        ("p/alder-2", "Alder 2 two-person tent"),
        (
            "Do two people of six foot two fit into the Alder?",
            "With their packs outside, yes. There is room for them under the flysheet.",
            "Good enough for us.",
        ),
        "tents",
    ),
    Talk(
        "Warm enough in March",
        ("p/dormouse", "Dormouse −4 sleeping bag"),
        (
            "I sleep cold. Is the Dormouse enough for March in the Lakes?",
            "To about minus four with a warm mat. What do you sleep on?",
            "A thin foam one.",
            "Then take a second one below. It does more than another bag would.",
            "I have one in the loft. Thanks for not selling me another bag.",
        ),
        "tents",
    ),
    Talk(
        "A tent for a family",
        ("p/hollow-4", "Hollow 4 family tent"),
        (
            "How long does the Hollow take to put up with one adult and two helpful children?",
            "Fifteen minutes without the children. With them, twenty-five.",
            "Honest. Ordering it now.",
        ),
        "tents",
    ),
    Talk(
        "Gas for the stove",
        ("c/kitchen", "Camp kitchen"),
        (
            "Which gas does the Ember take?",
            "Any screw-on canister. One of 230 grams boils about forty mugs.",
            "That is my week of tea. Thank you.",
        ),
        "gas",
    ),
    Talk(
        "Boots between two sizes",
        ("p/fell-boot", "Fell boot walking boot"),
        (
            "I am between 42 and 43. Which way do your boots run?",
            "A little short. Take the 43 and a thicker sock.",
            "43 it is.",
        ),
        "sizes",
    ),
    Talk(
        "A torn seam",
        _HELP,
        (
            "A seam of my Drizzle has opened at the shoulder. Can you mend that?",
            "We can, and it costs you nothing. A label is on its way to your inbox.",
            "How long will you have it?",
            "A week, if it is dry when it comes.",
            "It will be. Thank you.",
        ),
        "mending",
    ),
    Talk(
        "A broken buckle",
        _HELP,
        (
            "The hip buckle of my Burrow is broken. Is there a spare?",
            "There is, and it needs no tools. Shall I post one?",
            "Yes please.",
        ),
        "mending",
    ),
    Talk(
        "Wrong colour",
        _ACCOUNT,
        (
            "The mug is lovely, and green. I thought I had ordered the clay one. Can I send it back?",
            "Keep it for a guest. A clay one leaves today.",
            "You are very kind.",
        ),
        "returns",
    ),
    Talk(
        "A refund on its way",
        _ACCOUNT,
        (
            "When do I see the refund for the jacket?",
            "It left us on Tuesday. Banks take two or three days.",
            "Then I will wait until Friday.",
        ),
        "returns",
    ),
    Talk(
        "Versand nach Freiburg",
        _HELP,
        (
            "Guten Tag, liefern Sie nach Freiburg, und was kostet es?",
            "Guten Tag! Ja, in vier bis fünf Tagen, für zwölf Pfund.",
            "Prima, vielen Dank.",
        ),
        "delivery",
        "de",
    ),
    Talk(
        "Reißverschluss",
        _HELP,
        (
            "Der Reißverschluss an meinem Zelt ist kaputt. Reparieren Sie das auch aus Deutschland?",
            "Ja, gern. Ein Etikett für den Versand ist unterwegs zu Ihnen.",
            "Das ist ja ein Service. Danke!",
        ),
        "mending",
        "de",
    ),
)
