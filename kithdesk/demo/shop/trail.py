"""What stands under "On the trail"."""

from __future__ import annotations

from kithdesk.demo.shop.goods import Product

PRODUCTS = (
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
