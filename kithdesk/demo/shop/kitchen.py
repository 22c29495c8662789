"""What stands under "Camp kitchen"."""

from __future__ import annotations

from kithdesk.demo.shop.goods import Product

PRODUCTS = (
    Product(
        slug="ember",
        name="Ember",
        kind="Gas stove",
        shelf="kitchen",
        price=6_400,
        colour="Steel",
        tile="clay",
        badge="Back in stock",
        line="A litre of water boils in three minutes ten.",
        story=(
            "A burner that folds into your palm, with a regulator so that the last of the gas cooks like the"
            " first, and arms wide enough for a family pan. It lights with a press, and with a match when your"
            " fingers are too cold."
        ),
        facts=(
            ("Weight", "98 g"),
            ("Folded", "8 × 5 cm"),
            ("Power", "2,900 W"),
            ("Boil", "1 litre in 3:10"),
            ("Gas", "Screw-on canister (EN 417)"),
            ("Lighting", "Piezo"),
        ),
        included=("Stove", "Pouch", "Spare seal", "The canister is sold in our shops only"),
        quote=("Porridge for six, no drama.", "Scout leader Ada, Hexham"),
        stars="4.8",
        reviews=302,
    ),
    Product(
        slug="kettle",
        name="Kettle for two",
        kind="Enamel kettle",
        shelf="kitchen",
        price=3_800,
        colour="Oat",
        tile="sand",
        line="Holds four mugs, pours like a teapot.",
        story=(
            "Steel under two coats of enamel, with a spout that does not dribble and a beech grip that stays"
            " cool. It is happy on gas, on embers, and on the stove at home the rest of the year."
        ),
        facts=(
            ("Holds", "1.1 litres"),
            ("Weight", "610 g"),
            ("Size", "21 × 17 × 24 cm"),
            ("Body", "Enamelled steel"),
            ("Grip", "Oiled beech"),
            ("Works on", "Gas, fire, electric, induction"),
        ),
        included=("Kettle with lid",),
        quote=("It has moved into the kitchen. The old one has gone to the loft.", "Priya, Bristol"),
        stars="4.9",
        reviews=97,
    ),
    Product(
        slug="mug",
        name="Trail mug",
        kind="Enamel mug",
        shelf="kitchen",
        price=1_400,
        colour="Pine",
        tile="mist",
        line="The right weight, and it rings when you set it down.",
        story=(
            "Half a pint, a rolled steel rim that does not burn your lip, and a handle that takes two gloved"
            " fingers. It chips one day; the chip is yours and says where you were."
        ),
        facts=(
            ("Holds", "330 ml"),
            ("Weight", "140 g"),
            ("Size", "9 × 8 cm"),
            ("Body", "Enamelled steel"),
            ("Dishwasher", "Yes"),
            ("Fire", "Yes, microwave no"),
        ),
        included=("One mug",),
        quote=("Bought one. Bought three more.", "Ross, Aviemore"),
        stars="4.8",
        reviews=411,
    ),
    Product(
        slug="flask",
        name="Flask 750",
        kind="Insulated bottle",
        shelf="kitchen",
        price=2_900,
        colour="Slate",
        tile="sage",
        line="Hot until the summit, still hot back at the car.",
        story=(
            "Two steel walls with nothing between them, a lid that doubles as a cup, and a loop for a finger or a clip."
            " Every part unscrews, so you can wash it and so can we mend it."
        ),
        facts=(
            ("Holds", "750 ml"),
            ("Hot", "14 hours above 60 °C"),
            ("Cold", "26 hours below 8 °C"),
            ("Weight", "390 g"),
            ("Size", "27 × 7.5 cm"),
            ("Spare parts", "Lid, seal, loop"),
        ),
        included=("Bottle", "Lid with loop", "Spare seal"),
        quote=("Tea at 6, soup at noon, tea at 4. Sandwiches optional.", "Ingrid, Keswick"),
        stars="4.7",
        reviews=158,
    ),
)
