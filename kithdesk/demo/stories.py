"""What has happened between the shop and its customers before you came. Words only; `history.py` makes it true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kithdesk.core.clock import DAY, HOUR, MINUTE
from kithdesk.demo.shoppers import SHOPPERS

Ending = Literal["open", "snoozed", "done"]


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. Without a name and an address: a visitor who has not said who they are."""

    key: str
    name: str = ""
    email: str = ""
    external_id: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """`by`: "customer" or the key of a colleague; `after`: milliseconds since the line before."""

    by: str
    after: int
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One conversation. `ago`: milliseconds before now at which it began."""

    key: str
    customer: str
    ago: int
    lines: Sequence[Said]
    ending: Ending
    pages: Sequence[tuple[str, str]] = ()
    device: Literal["phone", "computer"] = "phone"
    tags: Sequence[str] = ()
    name: str = ""
    given_to: tuple[str, str] | None = None
    """By whom it was given to whom, by hand, at the end."""

    @property
    def answered_by(self) -> str:
        """The colleague who had the first word; the one at the console when nobody had it yet."""
        return next((line.by for line in self.lines if line.by != "customer"), "robin")


PEOPLE = (
    *(Person(one.key, one.name, one.email, one.external_id, one.phone) for one in SHOPPERS),
    Person("eleri", "Eleri Pugh", "eleri.pugh@example.com", "BB-1177", "+441632960177"),
    Person("ross", "Ross Mackie", "ross.mackie@example.org", "BB-0861"),
    Person("ingrid", "Ingrid Solberg", "ingrid.solberg@example.com", "BB-2904", "+441632960290"),
    Person("femi", "Femi Adeyemi", "femi.adeyemi@example.net", "BB-1530"),
    Person("someone"),
)

STORIES = (
    Story(
        key="gas",
        customer="maya",
        ago=398 * DAY,
        ending="done",
        tags=("gas",),
        name="Flying with a stove",
        pages=(("help", "Help"),),
        lines=(
            Said("customer", 0, "Hi, can I take the Ember on a plane? I fly to Bergen on Thursday."),
            Said(
                "ines",
                4 * MINUTE,
                (
                    "Hello Maya. The stove may fly in checked luggage, as long as it is clean and dry. The canister"
                    " may not, not even an empty one."
                ),
            ),
            Said(
                "ines",
                MINUTE,
                "Any outdoor shop in Bergen has screw-on canisters that fit, and so do most petrol stations.",
            ),
            Said("customer", 3 * MINUTE, "Perfect, that is what I hoped. Thank you."),
        ),
    ),
    Story(
        key="boots",
        customer="maya",
        ago=68 * DAY,
        ending="done",
        tags=("sizes",),
        name="Heel slips a little",
        pages=(("p/fell-boot", "Fell boot walking boot"), ("help", "Help")),
        lines=(
            Said(
                "customer",
                0,
                (
                    "My Fell boots came and I love them, but my heel lifts a little going uphill. Should I have taken"
                    " the 38?"
                ),
            ),
            Said("jonah", 11 * MINUTE, "Does your big toe touch the front when you go downhill?"),
            Said("customer", 2 * MINUTE, "No, plenty of room there."),
            Said(
                "jonah",
                3 * MINUTE,
                (
                    "Then the length is right. Lace them with a surgeon’s knot at the ankle: twice around before you"
                    " go up the hooks. I would give that two walks before you change anything."
                ),
            ),
            Said(
                "jonah",
                MINUTE,
                "Narrow heel. If the knot does not do it, send her the thin tongue pad, no charge.",
                is_note=True,
            ),
            Said(
                "customer", 6 * HOUR, "Tried it on the stairs and it is a different boot. You are magicians."
            ),
            Said("jonah", 25 * MINUTE, "Just people with odd feet. Enjoy them."),
        ),
    ),
    Story(
        key="zip",
        customer="tom",
        ago=47 * DAY,
        ending="done",
        tags=("mending",),
        name="Zip on the lid",
        device="computer",
        pages=(("account", "Account and orders"),),
        lines=(
            Said(
                "customer",
                0,
                (
                    "The zip on the lid of my Burrow has come off its teeth and will not go back. Bought in October."
                    " Is that something you mend?"
                ),
            ),
            Said(
                "ines",
                7 * MINUTE,
                (
                    "It is, and at that age it costs you nothing. I have sent a label to your address. Empty the"
                    " pockets and take the rain cover out."
                ),
            ),
            Said("customer", 5 * MINUTE, "Brilliant. How long without it?"),
            Said(
                "ines",
                2 * MINUTE,
                "Two to three weeks at this time of year. Jonah will write when it is on his bench.",
            ),
            Said("customer", MINUTE, "I will carry a carrier bag until then."),
        ),
    ),
    Story(
        key="mug",
        customer="ross",
        ago=3 * DAY,
        ending="snoozed",
        tags=("stock",),
        name="Six mugs in slate",
        pages=(("p/mug", "Trail mug enamel mug"), ("c/kitchen", "Camp kitchen")),
        lines=(
            Said("customer", 0, "Do you ever make the Trail mug in slate? I would take six for the bothy."),
            Said(
                "robin",
                9 * MINUTE,
                "Not yet, but there is a batch in the kiln as a trial. I can tell you on the day whether it worked.",
            ),
            Said("customer", 4 * MINUTE, "Please do. No hurry, the bothy has been without for forty years."),
            Said(
                "robin",
                2 * MINUTE,
                "Trial batch is out of the kiln tomorrow. Put six aside for Ross if they are good.",
                is_note=True,
            ),
        ),
    ),
    Story(
        key="address",
        customer="ingrid",
        ago=7 * HOUR,
        ending="done",
        tags=("delivery",),
        name="New address before it leaves",
        pages=(("account", "Account and orders"), ("help", "Help")),
        lines=(
            Said(
                "customer",
                0,
                (
                    "I ordered the Flask last night and have just seen that my old address is on it. Can it still be"
                    " changed?"
                ),
            ),
            Said("ines", 3 * MINUTE, "Just in time: it was on the packing table. Where shall it go?"),
            Said("customer", 2 * MINUTE, "14 Chapel Brow, Keswick. Same name on the bell."),
            Said("ines", 2 * MINUTE, "Done. New label is on, and it leaves at two as planned."),
            Said("customer", MINUTE, "You are quicker than I am with my own post. Thanks."),
        ),
    ),
    Story(
        key="hoop",
        customer="femi",
        ago=4 * HOUR,
        ending="open",
        tags=("mending",),
        name="Bent hoop on Hollow 4",
        pages=(("p/hollow-4", "Hollow 4 family tent"), ("help", "Help")),
        lines=(
            Said(
                "customer",
                0,
                (
                    "A football met the middle hoop of our Hollow 4. It is bent near the end. Can I buy just that one"
                    " piece?"
                ),
            ),
            Said("ines", 6 * MINUTE, "You can, a section is £9. Which colour is the tape on that hoop?"),
            Said("customer", 10 * MINUTE, "Yellow. And it is the last section before the foot."),
            Said(
                "ines",
                3 * MINUTE,
                "Thank you. I will look for one in the store and come back to you this afternoon.",
            ),
        ),
    ),
    Story(
        key="pegs",
        customer="eleri",
        ago=95 * MINUTE,
        ending="open",
        tags=("delivery",),
        name="Two pegs short",
        pages=(("p/alder-2", "Alder 2 two-person tent"), ("account", "Account and orders")),
        lines=(
            Said(
                "customer",
                0,
                "Put my new Alder up in the garden and counted ten pegs, not twelve. The dog denies everything.",
            ),
            Said(
                "robin",
                5 * MINUTE,
                (
                    "I believe the dog. I am posting two today with first class, and a spare. Is the address in your"
                    " account still right?"
                ),
            ),
            Said(
                "customer",
                8 * MINUTE,
                "Yes, the farm. Leave them in the churn by the gate, the postman knows.",
            ),
            Said(
                "robin",
                3 * MINUTE,
                "Three pegs, one churn. They should be there tomorrow. Tell me if they are not?",
            ),
        ),
    ),
    Story(
        key="pack",
        customer="tom",
        ago=38 * MINUTE,
        ending="open",
        tags=("mending", "returns"),
        name="Pack and refund",
        device="computer",
        pages=(("", "Birch & Burrow: nights out, done simply"), ("account", "Account and orders")),
        lines=(
            Said(
                "customer",
                0,
                "Two things, sorry. Is there news of my pack? And the jacket went back last week, has it arrived?",
            ),
            Said(
                "jonah",
                12 * MINUTE,
                (
                    "Zip is in and the seam is waxed, it dries until tomorrow. I can post it in the afternoon. The"
                    " jacket I have not seen, can you look?"
                ),
                is_note=True,
            ),
            Said(
                "customer",
                9 * MINUTE,
                "No rush on the jacket. I do need the pack for the weekend after next though.",
            ),
        ),
        given_to=("jonah", "robin"),
    ),
    Story(
        key="orkney",
        customer="someone",
        ago=6 * MINUTE,
        ending="open",
        pages=(
            ("", "Birch & Burrow: nights out, done simply"),
            ("c/shelter", "Shelter & sleep"),
            ("p/dormouse", "Dormouse −4 sleeping bag"),
        ),
        lines=(
            Said(
                "customer",
                0,
                "Hello, do you deliver to Orkney, and is it free as well? Looking at the Dormouse.",
            ),
        ),
    ),
)
