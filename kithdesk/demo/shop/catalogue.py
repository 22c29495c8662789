"""What Birch & Burrow sells: twelve things on three shelves. Prices are in pence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tile = Literal["sand", "sage", "clay", "mist"]


@dataclass(frozen=True, slots=True)
class Shelf:
    slug: str
    name: str
    line: str
    cover: tuple[str, str]
    """The products whose drawings stand for the shelf."""
    tile: Tile


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    slug: str
    name: str
    kind: str
    shelf: str
    price: int
    colour: str
    tile: Tile
    line: str
    story: str
    facts: tuple[tuple[str, str], ...]
    included: tuple[str, ...]
    quote: tuple[str, str]
    stars: str
    reviews: int
    sizes: tuple[str, ...] = ()
    badge: str = ""

    @property
    def drawing(self) -> str:
        return f"{self.slug}.svg"


SHELVES = (
    Shelf(
        "shelter",
        "Shelter & sleep",
        "Tents that go up in the rain, and a warm place inside them.",
        ("alder-2", "dormouse"),
        "sage",
    ),
    Shelf(
        "kitchen",
        "Camp kitchen",
        "Hot water in three minutes, and something to drink it from.",
        ("kettle", "ember"),
        "sand",
    ),
    Shelf(
        "trail",
        "On the trail",
        "What you wear and what you carry, from the car park to the top.",
        ("fell-boot", "burrow-38"),
        "clay",
    ),
)

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
    Product(
        slug="fell-boot",
        name="Fell boot",
        kind="Walking boot",
        shelf="trail",
        price=18_500,
        colour="Chestnut",
        tile="sage",
        badge="Resoled for life",
        line="Comfortable on day one, resoled in year five.",
        story=(
            "One piece of waxed leather, so there are few seams to leak, over a sole that can be taken off"
            " and replaced. Most people need no breaking in. If you are between sizes, take the larger; the"
            " help page has a chart."
        ),
        facts=(
            ("Upper", "Waxed leather, 2.4 mm"),
            ("Lining", "Wool and recycled polyester"),
            ("Sole", "Stitched on, replaceable"),
            ("Weight", "620 g each (size 42)"),
            ("Fit", "Medium to wide"),
            ("Care", "Wax twice a year"),
        ),
        included=("Pair of boots", "Spare laces", "Tin of wax"),
        quote=("Four hundred miles, one new pair of laces.", "Callum, Settle"),
        stars="4.7",
        reviews=243,
        sizes=("38", "39", "40", "41", "42", "43", "44", "45", "46"),
    ),
    Product(
        slug="burrow-38",
        name="Burrow 38",
        kind="Backpack",
        shelf="trail",
        price=15_500,
        colour="Ochre",
        tile="mist",
        line="A weekend on your back, sitting where it should.",
        story=(
            "Waxed canvas below, light nylon above, and a back that moves up and down with one strap so that the weight"
            " rests on your hips. Straps underneath hold a mat, loops at the side hold sticks, and nothing flaps."
        ),
        facts=(
            ("Holds", "38 litres"),
            ("Weight", "1.35 kg"),
            ("Back", "42 to 52 cm, adjustable"),
            ("Cloth", "Waxed canvas, recycled nylon"),
            ("Rain", "Cover in the base"),
            ("Buckles", "Metal, replaceable"),
        ),
        included=("Backpack", "Rain cover", "Two accessory straps"),
        quote=("I stopped thinking about my pack, which is the point of a pack.", "Noor, Sheffield"),
        stars="4.8",
        reviews=119,
    ),
    Product(
        slug="drizzle",
        name="Drizzle",
        kind="Rain jacket",
        shelf="trail",
        price=17_500,
        colour="Loch",
        tile="clay",
        line="For the eleven months when it might.",
        story=(
            "Three layers, taped seams and long zips under the arms, in a cloth that is quiet enough to hear birds in."
            " The hood turns with your head and rolls away when the sun remembers you."
        ),
        facts=(
            ("Cloth", "Three-layer, 20,000 mm"),
            ("Breathes", "22,000 g/m² a day"),
            ("Coating", "Free of PFAS"),
            ("Weight", "410 g (M)"),
            ("Pockets", "Two, clear of a hip belt"),
            ("Wash", "30 °C, then warm in a dryer"),
        ),
        included=("Jacket", "Stuff sack"),
        quote=("Waiting for a bus in Fort William is now a pleasure.", "Isla, Fort William"),
        stars="4.6",
        reviews=187,
        sizes=("XS", "S", "M", "L", "XL"),
    ),
    Product(
        slug="glow-worm",
        name="Glow-worm",
        kind="Camp lantern",
        shelf="trail",
        price=4_800,
        colour="Pine",
        tile="sand",
        line="Candle-coloured light, forty hours of it.",
        story=(
            "It looks like your grandfather's and charges like your telephone. Turn the brass key for more"
            " light or less; at its lowest it will see you through a week of bedtime stories."
        ),
        facts=(
            ("Light", "8 to 220 lumens"),
            ("Lasts", "40 hours low, 6 full"),
            ("Colour", "2,200 K, like a candle"),
            ("Charge", "USB-C, 3 hours"),
            ("Weight", "340 g"),
            ("Rain", "IPX5"),
        ),
        included=("Lantern", "USB-C cable", "Hook"),
        quote=("Moths approve. So do the children.", "Beth, Hay-on-Wye"),
        stars="4.9",
        reviews=226,
    ),
)

BY_SLUG = {product.slug: product for product in PRODUCTS}
SHELF_BY_SLUG = {shelf.slug: shelf for shelf in SHELVES}


def on_shelf(slug: str) -> list[Product]:
    return [product for product in PRODUCTS if product.shelf == slug]


def price_text(pence: int) -> str:
    """`£340`, or `£4.50` when there are pence."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"
