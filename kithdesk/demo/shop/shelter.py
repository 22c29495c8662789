"""What stands under "Shelter & sleep"."""

from __future__ import annotations

from kithdesk.demo.shop.goods import Product

PRODUCTS = (
    Product(
        slug="alder-2",
        name="Alder 2",
        kind="Two-person tent",
        shelf="shelter",
        price=34_000,
        colour="Pine",
        tile="sage",
        badge="Most loved",
        line="Two people, two doors, up in four minutes.",
        story=(
            "Alder is the tent we take when we do not know what the weather will do. Inner and outer go up together, so"
            " the bed stays dry even if you pitch in a downpour, and each of you gets a door and a porch for wet boots."
        ),
        facts=(
            ("Weight", "2.1 kg"),
            ("Packed", "46 × 15 cm"),
            ("Inside", "215 × 130 × 108 cm"),
            ("Outer", "Recycled polyester, 3,000 mm"),
            ("Floor", "Ripstop nylon, 5,000 mm"),
            ("Good for", "Spring to autumn"),
        ),
        included=(
            "Outer and inner",
            "Two aluminium poles",
            "12 pegs, 6 guy lines",
            "Repair sleeve and patches",
        ),
        quote=("Sideways rain for two nights at Wasdale and the only wet thing was the dog.", "Eleri, Bala"),
        stars="4.8",
        reviews=214,
    ),
    Product(
        slug="hollow-4",
        name="Hollow 4",
        kind="Family tent",
        shelf="shelter",
        price=52_000,
        colour="Rowan",
        tile="clay",
        line="Room for four, a table, and a rainy afternoon.",
        story=(
            "Three hoops, colour-coded, and a living room you can stand in. The bedroom hangs inside and comes out when"
            " you want a day shelter. One grown-up can pitch it while the other keeps everyone away from the stream."
        ),
        facts=(
            ("Weight", "8.4 kg"),
            ("Packed", "68 × 28 cm"),
            ("Inside", "430 × 240 × 190 cm"),
            ("Outer", "Recycled polyester, 3,000 mm"),
            ("Floor", "Sewn in, 6,000 mm"),
            ("Good for", "Spring to autumn"),
        ),
        included=("Outer and bedroom", "Three hoops", "26 pegs, 10 guy lines", "Carry bag with wheels"),
        quote=("We own a smaller car because of how well this packs.", "Femi, Leeds"),
        stars="4.6",
        reviews=88,
    ),
    Product(
        slug="dormouse",
        name="Dormouse −4",
        kind="Sleeping bag",
        shelf="shelter",
        price=21_000,
        colour="Moss",
        tile="sand",
        line="Warm to minus four, and no rustling.",
        story=(
            "Dormouse is filled with traced duck down and lined with brushed cotton where your face is. The zip runs"
            " freely in both directions, and a shaped foot keeps your toes away from the cold end of the tent."
        ),
        facts=(
            ("Comfort", "−4 °C"),
            ("Limit", "−10 °C"),
            ("Weight", "1.05 kg (regular)"),
            ("Packed", "30 × 19 cm"),
            ("Fill", "Duck down, 700 cuin"),
            ("Zip", "Left, two-way"),
        ),
        included=("Sleeping bag", "Compression sack", "Cotton storage bag"),
        quote=("I am always cold. I was not cold.", "Marta, Ullapool"),
        stars="4.9",
        reviews=131,
        sizes=("Short", "Regular", "Long"),
    ),
    Product(
        slug="moss-mat",
        name="Moss mat",
        kind="Sleeping mat",
        shelf="shelter",
        price=8_500,
        colour="Lichen",
        tile="mist",
        line="Four centimetres between you and the roots.",
        story=(
            "Open the valve, make tea, come back to a bed. Moss fills itself most of the way and two breaths"
            " do the rest. The top is soft enough to do without a sheet, the base does not slide on a slope."
        ),
        facts=(
            ("Thickness", "4 cm"),
            ("Warmth", "R 4.2"),
            ("Weight", "890 g (regular)"),
            ("Packed", "26 × 16 cm"),
            ("Length", "183 cm, wide 196 cm"),
            ("Valve", "Brass, replaceable"),
        ),
        included=("Mat", "Two straps", "Patch and glue"),
        quote=("My back has written to thank you.", "Owain, Tregaron"),
        stars="4.7",
        reviews=176,
        sizes=("Regular", "Wide"),
    ),
)
