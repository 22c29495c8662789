"""A value that does not fit is refused in our words, whatever the library says of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from kithdesk.core.misfits import Misfit, misfit_of


class Wheel(msgspec.Struct, forbid_unknown_fields=True):
    spokes: int


class Bicycle(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    frame_size: Annotated[int, Meta(ge=40, le=70)] = 54
    weight: Annotated[float, Meta(gt=0)] = 9.0
    name: Annotated[str, Meta(max_length=3)] | None = None
    colour: Literal["red", "blue"] = "red"
    wheels: Annotated[list[Wheel], Meta(max_length=2)] = []
    gears: dict[Annotated[str, Meta(max_length=5)], int] = {}
    serial: Annotated[str, Meta(pattern="^x")] = "x"


@pytest.mark.parametrize(
    ("given", "words", "place"),
    [
        (5, "An object, not a whole number.", None),
        ({"bell": 1}, "There is no such field.", "bell"),
        ({"wheels": [{}]}, "It is needed.", "wheels[0].spokes"),
        ({"wheels": [{"spokes": 1, "hub": 2}]}, "There is no such field.", "wheels[0].hub"),
        ({"wheels": [1]}, "An object, not a whole number.", "wheels[0]"),
        ({"wheels": [{"spokes": 1}] * 3}, "At most 2 entries.", "wheels"),
        ({"frameSize": 80}, "At most 70.", "frameSize"),
        ({"frameSize": "large"}, "A whole number, not text.", "frameSize"),
        ({"weight": 0}, "More than 0.", "weight"),
        ({"name": "long"}, "At most 3 characters.", "name"),
        ({"name": []}, "Text or null, not a list.", "name"),
        ({"gears": {"front": "two"}}, "A whole number, not text.", "gears[...]"),
        ({"gears": {"middle": 2}}, "At most 5 characters.", "gears"),
        ({"colour": "green"}, "Not a value that is taken here.", "colour"),
        ({"colour": "red` - at `$.name"}, "Not a value that is taken here.", "colour"),
        ({"serial": "y"}, "Not a value that is taken here.", "serial"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(given: Any, words: str, place: str | None) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(given, Bicycle)

    assert misfit_of(caught.value) == Misfit(words, place)


def test_a_finding_in_new_words_is_told_in_general() -> None:
    assert (
        misfit_of(msgspec.ValidationError("Segment 7 of the parser")).words
        == "Not a value that is taken here."
    )


def test_a_form_is_told_which_of_its_fields_it_is() -> None:
    assert Misfit("", "wheels[0].spokes").field == "wheels"
    assert Misfit("", None).field is None
