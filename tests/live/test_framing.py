"""A frame that does not fit is refused in our words, with the id its client gave."""

from __future__ import annotations

import pytest

from kithdesk.live.framing import BadFrame, decode


@pytest.mark.parametrize(
    ("text", "words", "place", "id"),
    [
        (
            '{"op":"typing","id":"t","conversation":5,"on":true}',
            "Text, not a whole number.",
            "conversation",
            "t",
        ),
        ('{"op":"typing","id":"t","on":true}', "It is needed.", "conversation", "t"),
        ('{"op":"send","id":"s","attachments":["a",2]}', "Text, not a whole number.", "attachments[1]", "s"),
        ('{"op":"ping","id":"p","more":NaN}', "Not valid JSON.", None, "p"),
        ('{"op":"ping"', "Not valid JSON.", None, None),
    ],
)
def test_a_frame_that_does_not_fit_is_refused_in_our_words(
    text: str, words: str, place: str | None, id: str | None
) -> None:
    with pytest.raises(BadFrame) as caught:
        decode({"text": text})

    assert (caught.value.refusal.detail, caught.value.refusal.parameter) == (words, place)
    assert caught.value.id == id
