"""The value of a criterion as rows have it: folded, in milliseconds, or as words. Raises for one of another type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from kithdesk import conversations
from kithdesk.core.clock import DAY
from kithdesk.core.work import Reads
from kithdesk.criteria import MAX_TEXT, MAX_VALUES, BadCriterion, read_time
from kithdesk.views.asking import ask, mark_of
from kithdesk.views.attributes import Asked, InColumn, InValues, InWords
from kithdesk.views.documents import KINDS
from kithdesk.views.errors import TooCostly
from kithdesk.views.fulltext import having
from kithdesk.views.values import digits_in, folded, number_of

Zone = tzinfo
Compared = tuple[str, str] | tuple[str, str, str | None]
"""An operator, the name of its value, and the value where there are only a few it can be."""

ME = "$me"
"""Whoever asks, in place of an agent's id: a shared view shows each their own."""

_TAGS_OF_CUSTOMERS = InValues("customer", "tags", "text")
"""They are words there, and may be asked for by a tag's id as well."""


class Reading:
    """Collects values under names that statements know."""

    def __init__(self, reads: Reads, zone: Zone) -> None:
        self._reads = reads
        self._zone = zone
        self.values: dict[str, Any] = {}

    def compare(self, asked: Asked, operator: str, value: Any, *, at: str) -> list[Compared]:
        """What must hold: mostly one comparison, two for a day. Raises `BadCriterion`, `TooCostly`."""
        if operator == "set" or asked.type == "text":
            return [("set", "") if operator == "set" else self._words(asked, value, at)]
        if operator == "in" or asked.place == _TAGS_OF_CUSTOMERS:
            return [self._among(asked, value if operator == "in" else [value], at)]
        if asked.type in ("date", "datetime"):
            return self._times(asked, operator, value, at)
        if isinstance(asked.place, InColumn) and asked.place.choices:
            return [("equals", "", self._choice(asked.place.choices, value, at))]
        one = self._one(asked, value, at)
        if operator in ("contains", "prefix") and asked.type != "keyword":
            return [("like", self._keep(_like(one, is_prefix=operator == "prefix")))]
        return [("equals" if operator == "contains" else operator, self._keep(one))]

    def _keep(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def _among(self, asked: Asked, value: Any, at: str) -> Compared:
        if not isinstance(value, list) or not value:
            raise BadCriterion("A list of values.", parameter=at)
        if len(value) > MAX_VALUES:
            raise TooCostly(f"At most {MAX_VALUES} values.", parameter=at)
        if isinstance(asked.place, InColumn) and asked.place.choices:
            chosen = [self._choice(asked.place.choices, one, at) for one in value]
            # Of one there is an index.
            return ("in", self._keep(chosen)) if len(chosen) > 1 else ("equals", "", chosen[0])
        found = [self._one(asked, one, at) for one in value]
        if asked.place == _TAGS_OF_CUSTOMERS:
            found += [folded(tag.name) for tag in conversations.find_tags(self._reads, found)]
        return ("in", self._keep(found))

    def _choice(self, choices: tuple[str, ...], value: Any, at: str) -> str:
        for choice in choices:
            if value == choice:
                return choice
        raise BadCriterion(f"One of: {', '.join(choices)}.", parameter=at)

    def _one(self, asked: Asked, value: Any, at: str) -> Any:
        is_kept = isinstance(asked.place, InValues)
        return _READ[asked.type](self, value, at, is_kept)

    def read_word(self, value: Any, at: str, is_kept: bool) -> str:
        text = _text(value, at)
        if text == ME:
            return self._reads.actor.id or ""
        return folded(text) if is_kept else text

    def read_string(self, value: Any, at: str, _is_kept: bool) -> str:
        return folded(_text(value, at))

    def read_phone(self, value: Any, at: str, _is_kept: bool) -> str:
        digits = digits_in(_text(value, at))
        if not digits:
            raise BadCriterion("A telephone number.", parameter=at)
        return digits

    def read_number(self, value: Any, at: str, is_kept: bool) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 2**53:
            raise BadCriterion("A number.", parameter=at)
        return number_of(value) if is_kept else value

    def read_truth(self, value: Any, at: str, is_kept: bool) -> bool | int:
        if value in ("true", "false"):
            value = value == "true"
        if not isinstance(value, bool):
            raise BadCriterion("true or false.", parameter=at)
        return int(value) if is_kept else value

    def _words(self, asked: Asked, value: Any, at: str) -> Compared:
        found = ask(_text(value, at), is_whole=True)
        if found is None:
            raise BadCriterion("There is no word in it.", parameter=at)
        name = f"v{len(self.values)}"
        self.values[name] = found.text
        assert isinstance(asked.place, InWords)
        for kind in asked.place.kinds:
            mark = mark_of(self._reads.organisation, KINDS[kind])
            whole = found.whole if kind in ("customer", "kobject") else ()
            self.values.update(having(f"{name}_{kind}", mark, found.clauses, whole))
        return ("words", name)

    # Times

    def _times(self, asked: Asked, operator: str, value: Any, at: str) -> list[Compared]:
        if isinstance(value, str):
            _text(value, at)
        span = read_time(value, self._zone, at)
        if asked.type == "date":
            # Dates are kept without a time zone: what is asked for is a day of the one who asks.
            days = span.in_days(self._zone, self._reads.now)
            return self._in_span(operator, days.begins, days.begins + DAY)
        begins = max(0, self._reads.now + span.begins) if span.is_relative else span.begins
        if span.ends is None:
            return [(operator, self._keep(begins))]
        return self._in_span(operator, begins, span.ends)

    def _in_span(self, operator: str, begins: int, ends: int) -> list[Compared]:
        """From the first millisecond of a day to that of the next."""
        if operator == "equals":
            return [("gte", self._keep(begins)), ("lt", self._keep(ends))]
        first = {"gt": ("gte", ends), "gte": ("gte", begins), "lt": ("lt", begins), "lte": ("lt", ends)}
        operator, moment = first[operator]
        return [(operator, self._keep(moment))]


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadCriterion("A text.", parameter=at)
    if len(value) > MAX_TEXT:
        raise TooCostly(f"At most {MAX_TEXT} characters.", parameter=at)
    return value


def _like(text: str, *, is_prefix: bool) -> str:
    """A pattern in which nothing of the text is a pattern."""
    plain = re.sub(r"([\\%_])", r"\\\1", text)
    return f"{plain}%" if is_prefix else f"%{plain}%"


_READ: dict[str, Callable[[Reading, Any, str, bool], Any]] = {
    "keyword": Reading.read_word,
    "string": Reading.read_string,
    "phone": Reading.read_phone,
    "number": Reading.read_number,
    "boolean": Reading.read_truth,
}
