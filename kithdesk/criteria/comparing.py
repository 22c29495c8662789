"""One comparison, made into a question that values answer. Time is linear in the value: there are no patterns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.folding import digits_in, fold
from kithdesk.criteria.errors import BadCriterion, TooManyCriteria
from kithdesk.criteria.names import Type
from kithdesk.criteria.shape import shown
from kithdesk.criteria.times import Span, day_of, find_time, read_time

MAX_VALUES = 100
MAX_TEXT = 255


class Values:
    """What a record has of one attribute, in the forms in which it is compared."""

    __slots__ = ("_folded", "raw")

    def __init__(self, found: Any) -> None:
        many = found if isinstance(found, list | tuple) else (found,)
        self.raw = tuple(one for one in many if one is not None and one != "")
        self._folded: tuple[str, ...] | None = None

    @property
    def folded(self) -> tuple[str, ...]:
        """Its texts."""
        if self._folded is None:
            self._folded = tuple(fold(one.strip()) for one in self.raw if isinstance(one, str))
        return self._folded


Question = Callable[[Values, Instant], bool]


def question(type: Type, operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    """Raises `BadCriterion`, `TooManyCriteria`. The operator is one of the type's, and not a negated one."""
    place = shown(f"{at}.{operator}") or ""
    if operator == "set":
        if value is not None and value not in ("", True):
            raise BadCriterion("It is set or not: an empty text.", parameter=place)
        return _is_set
    if operator != "in":
        return _READ[type](operator, value, zone, place)
    if not isinstance(value, list) or not value:
        raise BadCriterion("A list of values.", parameter=place)
    if len(value) > MAX_VALUES:
        raise TooManyCriteria(f"At most {MAX_VALUES} values.", parameter=place)
    each = [_READ[type]("equals", one, zone, place) for one in value]
    return lambda values, now: any(ask(values, now) for ask in each)


def _is_set(values: Values, _now: Instant) -> bool:
    return bool(values.raw)


def _keyword(_operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    text = _text(value, at)
    return lambda values, _now: text in values.raw


def _string(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    text = fold(_text(value, at).strip())
    if operator == "contains":
        return lambda values, _now: any(text in one for one in values.folded)
    if operator == "prefix":
        return lambda values, _now: any(one.startswith(text) for one in values.folded)
    return lambda values, _now: text in values.folded


def _words(_operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    return _string("contains", value, zone, at)


def _phone(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    digits = digits_in(_text(value, at))
    if not digits:
        raise BadCriterion("A telephone number.", parameter=at)
    if operator == "contains":
        return lambda values, _now: any(digits in digits_in(str(one)) for one in values.raw)
    return lambda values, _now: any(digits == digits_in(str(one)) for one in values.raw)


def _number(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    if not _is_number(value) or abs(value) > 2**53:
        raise BadCriterion("A number.", parameter=at)
    compare = _COMPARED[operator]
    return lambda values, _now: any(_is_number(one) and compare(one, value) for one in values.raw)


_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "equals": lambda one, other: one == other,
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _boolean(_operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    wanted = _TRUTHS.get(value) if isinstance(value, bool | str) else None
    if wanted is None:
        raise BadCriterion("true or false.", parameter=at)
    return lambda values, _now: any(one is wanted for one in values.raw)


_TRUTHS: dict[Any, bool] = {True: True, False: False, "true": True, "false": False}


def _datetime(operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    return _in_time(operator, read_time(value, zone, at), zone)


def _in_time(operator: str, span: Span, zone: tzinfo) -> Question:
    """Of times and of dates: what a value is, it says itself."""

    def ask(values: Values, now: Instant) -> bool:
        for one in values.raw:
            day = day_of(one)
            if day is not None:
                is_so = span.in_days(zone, now).compare(operator, day, now)
            else:
                time = _time_in(one)
                is_so = time is not None and span.compare(operator, time, now)
            if is_so:
                return True
        return False

    return ask


def _time_in(value: Any) -> int | None:
    """Our own times are milliseconds, those of declared attributes ISO 8601."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not 19 <= len(value) <= 32:
        return None
    try:
        return parse_iso(value)
    except (ValueError, OverflowError):
        return None


def _any(operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    """By what the value is: it was of its attribute's type when the criteria were checked."""
    if isinstance(value, bool):
        return _boolean(operator, value, zone, at)
    span = find_time(value, zone)
    if _is_number(value):
        return _number_or_time(_number(operator, value, zone, at), operator, span, zone)
    if operator in ("gt", "gte", "lt", "lte"):
        return _datetime(operator, value, zone, at)
    asked = [_string(operator, value, zone, at)]
    if span is not None and operator == "equals":
        asked.append(_in_time(operator, span, zone))
    if value in ("true", "false"):
        asked.append(_boolean(operator, value, zone, at))
    return lambda values, now: any(ask(values, now) for ask in asked)


def _number_or_time(number: Question, operator: str, span: Span | None, zone: tzinfo) -> Question:
    """Times may be said in milliseconds, and those of declared attributes are texts."""
    if span is None:
        return number
    time = _in_time(operator, span, zone)
    return lambda values, now: number(values, now) or time(values, now)


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise BadCriterion("A text.", parameter=at)
    if len(value) > MAX_TEXT:
        raise TooManyCriteria(f"At most {MAX_TEXT} characters.", parameter=at)
    return value


_READ: dict[Type, Callable[[str, Any, tzinfo, str], Question]] = {
    "keyword": _keyword,
    "string": _string,
    "text": _words,
    "phone": _phone,
    "number": _number,
    "boolean": _boolean,
    "datetime": _datetime,
    "date": _datetime,
    "any": _any,
}
