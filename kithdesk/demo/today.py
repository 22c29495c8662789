"""Stories of today, some of which wait for an answer."""

from __future__ import annotations

from kithdesk.core.clock import HOUR, MINUTE
from kithdesk.demo.story import Said, Story

STORIES = (
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
