"""Whoever sends what does not fit reads our words, and no library's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kithdesk.core.unfit import refusals_of


class Inner(BaseModel):
    body: str = ""


class InnerBody(BaseModel):
    text: str


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=5)] = "abc"
    count: Annotated[int, Field(ge=1, lt=10)] = 1
    share: Annotated[float, Field(gt=0, le=1.0)] = 0.5
    is_on: bool = False
    kind: Literal["new", "old"] = "new"
    key: Annotated[str, Field(pattern="^[a-z]+$")] = "a"
    tags: Annotated[list[str], Field(min_length=1, max_length=2)] = ["a"]
    inner: Inner = Inner()
    custom: dict[str, Any] = {}
    own: str = ""
    either: str | InnerBody | list[str | InnerBody] = ""

    @field_validator("own")
    @classmethod
    def _judge(cls, value: str) -> str:
        if value:
            raise ValueError("Words of our own.")
        return value


def said(**given: Any) -> list[tuple[str | None, str | None]]:
    with pytest.raises(ValidationError) as caught:
        Sent.model_validate(given, strict=True)
    errors = [{**error, "loc": ("body", *error["loc"])} for error in caught.value.errors()]
    return [(refusal.parameter, refusal.detail) for refusal in refusals_of(errors)]


@pytest.mark.parametrize(
    ("given", "where", "words"),
    [
        ({"name": 5}, "name", "Text."),
        ({"name": "a"}, "name", "At least 2 characters."),
        ({"name": "abcdef"}, "name", "At most 5 characters."),
        ({"count": "x"}, "count", "A whole number."),
        ({"count": 1.5}, "count", "A whole number."),
        ({"count": 0}, "count", "At least 1."),
        ({"count": 10}, "count", "Less than 10."),
        ({"share": 0.0}, "share", "More than 0."),
        ({"share": 2.0}, "share", "At most 1."),
        ({"share": "x"}, "share", "A number."),
        ({"is_on": "maybe"}, "is_on", "True or false."),
        ({"kind": "other"}, "kind", "One of new, old."),
        ({"key": "A"}, "key", "Not of the form that is due."),
        ({"tags": []}, "tags", "At least 1 entries."),
        ({"tags": ["a", "b", "c"]}, "tags", "At most 2 entries."),
        ({"tags": "a"}, "tags", "A list."),
        ({"tags": [5]}, "tags.0", "Text."),
        ({"inner": 5}, "inner", "An object."),
        ({"inner": {"body": 5}}, "inner.body", "Text."),
        ({"custom": []}, "custom", "An object."),
        ({"own": "x"}, "own", "Words of our own."),
        ({"more": 1}, "more", "There is no such field."),
        ({"either": 5}, "either", "Text."),
    ],
)
def test_what_does_not_fit_is_told_in_our_words(given: dict[str, Any], where: str, words: str) -> None:
    assert said(**given) == [(where, words)]


def test_what_is_missing_is_named() -> None:
    error = {"type": "missing", "loc": ("query", "q"), "msg": "Field required", "input": None}

    [refusal] = refusals_of([error])

    assert (refusal.parameter, refusal.detail) == ("q", "It is needed.")


def test_what_is_not_known_here_is_told_in_general() -> None:
    error = {"type": "a_finding_of_tomorrow", "loc": ("body",), "msg": "Input should be nice", "input": 1}

    [refusal] = refusals_of([error])

    assert (refusal.parameter, refusal.detail) == (None, "Not a value that is taken here.")
