"""Words for made-up conversations: some that everybody uses, some names, and as many rare ones as are wanted."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    """
    Ada Agnes Aidan Alma Amara Anders Anouk Arun Asa Beatriz Bela Bram Carmen Cato Clara Daan Dalia
    Dario Edda Elif Emre Enya Esme Farah Felix Fiona Freya Gael Greta Hana Hugo Ida Ilse Imran Inga
    Isla Ivo Jana Joris Juno Kaia Karim Lale Leif Lena Levi Lina Lou Magnus Malik Mara Mei Milo Mina
    Nadia Nico Nils Nora Olga Omar Otis Pia Quinn Rafa Rana Remy Rosa Rune Sana Saul Selma Sofie
    Sven Talia Tariq Tess Theo Tilda Uma Viggo Vera Wanda Yara Yusuf Zara Zeno
    """
)
LAST_NAMES = _words(
    """
    Abbot Adair Ahmed Almeida Andersen Archer Bakker Barlow Becker Bennett Berg Birch Blom Bonnet
    Brand Brook Castro Chandra Cole Costa Dahl Dean Diaz Dray Drummond Eide Ellery Farrow Ferro
    Finch Fontaine Frost Garland Greco Haas Hale Hansen Hart Heath Holm Ibsen Iyer Jansen Jordan
    Kaplan Keller Kim Kovac Kruger Lake Lang Larsen Lenz Lind Lowe Marsh Mercer Meyer Moreau Nakata
    Nash Nguyen Novak Nyberg Okoye Olsen Park Pereira Petit Quist Rahman Reed Rossi Ruiz Sand Santos
    Sato Shah Silva Stone Strand Thorne Torres Vance Vega Vogel Ward West Winter Wolff Yilmaz Young
    Zhang
    """
)
COMMON = _words(
    """
    the to i it my and is you for a of in have not that on was but with can we this your are me
    order so be if when please will would at they from has or what do thank just there one get time
    day back size need know like work good sent new still how much all about could any been here
    money parcel delivery return refund address account card email number week box wrong right help
    found lost broken colour blue green black red small large boots tent jacket bag stove lamp mug
    sock rope map shop price sale code gift voucher payment bank charge twice label courier driver
    door neighbour street town post office tomorrow today yesterday morning evening monday friday
    month year first last next before after again never always maybe sure fine great kind quick slow
    late early open close change keep send bring take give make think hope wait look try call write
    read page photo picture link button screen phone computer website password login name form
    invoice receipt tax total cost free pay paid stock arrive ship warehouse repair zip seam sole
    lace strap buckle pole peg fuel gas fire water rain wind snow hill walk trip train plane car
    weekend holiday child brother mother friend dog birthday wedding
    """
)
_SYLLABLES = _words(
    """
    ba be bi bo bu da de di do du fa fe fi fo fu ga ka ke ki ko la le li lo lu ma mi mo na ne no
    """
)


def rare_word(number: int) -> str:
    """The same word for the same number, and another for any other below 31 ** 3."""
    first, rest = divmod(number, len(_SYLLABLES) ** 2)
    second, third = divmod(rest, len(_SYLLABLES))
    return f"{_SYLLABLES[first % len(_SYLLABLES)]}{_SYLLABLES[second]}{_SYLLABLES[third]}x"
