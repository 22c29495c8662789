"""Stories of earlier days: done, or put off."""

from __future__ import annotations

from kithdesk.core.clock import DAY, HOUR, MINUTE
from kithdesk.demo.story import Said, Story

STORIES = (
    Story(
        key="gas",
        customer="maya",
        ago=398 * DAY,
        ending="done",
        tags=("gas",),
        subject="Flying with a stove",
        lines=(
            Said(
                "customer",
                0,
                (
                    "Hello,\n\nmy Ember arrived this morning, thank you. Can I take it on a plane? I fly to Bergen on"
                    " Thursday, and would rather not leave it with security.\n\nMaya"
                ),
            ),
            Said(
                "robin",
                3 * HOUR,
                (
                    "Hello Maya,\n\nthe stove may fly in checked luggage, as long as it is clean and dry. The canister"
                    " may not, not even an empty one.\n\nAny outdoor shop in Bergen has screw-on canisters that fit,"
                    " and so do most petrol stations.\n\nHave a good trip,\nRobin\nBirch & Burrow"
                ),
            ),
            Said("customer", 5 * HOUR, "Perfect, that is what I hoped. Thank you.\n\nMaya"),
        ),
    ),
    Story(
        key="straps",
        customer="tom",
        ago=372 * DAY,
        ending="done",
        tags=("sizes",),
        subject="Does the Burrow fit a short back?",
        lines=(
            Said(
                "customer",
                0,
                (
                    "Hi there,\n\nI am 1.68 m, and every pack that I have owned sat on me like a rucksack on a postbox."
                    " Would the Burrow 38 be better? I mostly go for a weekend.\n\nThanks,\nTom Okafor"
                ),
            ),
            Said(
                "robin",
                22 * HOUR,
                (
                    "Hello Tom,\n\nit should: its back is a short one, and the straps take up another four centimetres."
                    " Load it, walk round the block, and send it back within sixty days if you still look like a"
                    " postbox.\n\nRobin\nBirch & Burrow"
                ),
            ),
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
)
