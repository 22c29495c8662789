"""One comparison, made into a question that values answer at a known cost. There are no patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.folding import compatible, digits_in, fold
from kithdesk.criteria.allowance import A_TIME, A_VALUE, COMPARING, FOLDING, Allowance, looking_for
from kithdesk.criteria.errors import BadCriterion, TooManyCriteria
from kithdesk.criteria.names import Type
from kithdesk.criteria.shape import shown
from kithdesk.criteria.times import Span, day_of, find_time, read_time

MAX_VALUES = 100
MAX_TEXT = 255
MAX_COMPARED = 8_192
"""So many characters of a text are compared, the first."""


class Values:
    """What a record has of one attribute, in the forms in which it is compared."""

    __slots__ = ("_digits", "_folded", "raw")

    def __init__(self, found: Any) -> None:
        many = found if isinstance(found, list | tuple) else (found,)
        self.raw = tuple(one for one in many if one is not None and one != "")
        self._folded: tuple[str, ...] | None = None
        self._digits: tuple[str, ...] | None = None

    @property
    def folded(self) -> tuple[str, ...]:
        """Its texts, as far as they are compared."""
        if self._folded is None:
            self._folded = tuple(_folded(one) for one in self._texts())
        return self._folded

    @property
    def unfolded(self) -> int:
        """How many letters are still to be folded; of ASCII it costs nothing."""
        if self._folded is not None:
            return 0
        return sum(len(one) for one in self._texts() if not one.isascii())

    @property
    def digits(self) -> tuple[str, ...]:
        """Its texts, if they are telephone numbers."""
        if self._digits is None:
            self._digits = tuple(digits_in(one) for one in self.folded)
        return self._digits

    def _texts(self) -> Iterator[str]:
        return (one.strip()[:MAX_COMPARED] for one in self.raw if isinstance(one, str))


def _folded(text: str) -> str:
    """One letter may be eighteen when it is taken apart: what is cut off first costs no more."""
    return fold(compatible(text)[:MAX_COMPARED])[:MAX_COMPARED]


class Question(NamedTuple):
    """What values answer, and what it takes of the allowance: for each value, and for each letter of their texts."""

    ask: Callable[[Values, Instant], bool]
    a_value: int = A_VALUE
    a_letter: int = 0
    folds: bool = False

    def answer(self, values: Values, now: Instant, allowance: Allowance) -> bool:
        """Raises `UsedUp`."""
        allowance.take(COMPARING + self.a_value * (1 + len(values.raw)))
        if self.folds:
            allowance.take(FOLDING * values.unfolded)
            allowance.take(self.a_letter * sum(map(len, values.folded)))
        return self.ask(values, now)


def _either(questions: Sequence[Question]) -> Question:
    return Question(
        lambda values, now: any(one.ask(values, now) for one in questions),
        sum(one.a_value for one in questions),
        sum(one.a_letter for one in questions),
        any(one.folds for one in questions),
    )


def question(type: Type, operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    """Raises `BadCriterion`, `TooManyCriteria`. The operator is one of the type's, and not a negated one."""
    place = shown(f"{at}.{operator}") or ""
    if operator == "set":
        if value is not None and value not in ("", True):
            raise BadCriterion("It is set or not: an empty text.", parameter=place)
        return Question(lambda values, _now: bool(values.raw))
    if operator != "in":
        return _READ[type](operator, value, zone, place)
    if not isinstance(value, list) or not value:
        raise BadCriterion("A list of values.", parameter=place)
    if len(value) > MAX_VALUES:
        raise TooManyCriteria(f"At most {MAX_VALUES} values.", parameter=place)
    return _either([_READ[type]("equals", one, zone, place) for one in value])


def _keyword(_operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    text = _text(value, at)
    return Question(lambda values, _now: text in values.raw)


def _string(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    text = fold(_text(value, at).strip())
    if operator == "contains":
        return Question(
            lambda values, _now: any(text in one for one in values.folded),
            a_letter=looking_for(text),
            folds=True,
        )
    if operator == "prefix":
        return Question(lambda values, _now: any(one.startswith(text) for one in values.folded), folds=True)
    return Question(lambda values, _now: text in values.folded, folds=True)


def _words(_operator: str, value: Any, zone: tzinfo, at: str) -> Question:
    return _string("contains", value, zone, at)


def _phone(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    digits = digits_in(fold(_text(value, at)))
    if not digits:
        raise BadCriterion("A telephone number.", parameter=at)
    if operator == "contains":
        return Question(
            lambda values, _now: any(digits in one for one in values.digits),
            a_letter=looking_for(digits),
            folds=True,
        )
    return Question(lambda values, _now: digits in values.digits, folds=True)


def _number(operator: str, value: Any, _zone: tzinfo, at: str) -> Question:
    if not _is_number(value) or abs(value) > 2**53:
        raise BadCriterion("A number.", parameter=at)
    compare = _COMPARED[operator]
    return Question(lambda values, _now: any(_is_number(one) and compare(one, value) for one in values.raw))


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
    return Question(lambda values, _now: any(one is wanted for one in values.raw))


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

    return Question(ask, a_value=A_TIME)


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
    return _either(asked)


def _number_or_time(number: Question, operator: str, span: Span | None, zone: tzinfo) -> Question:
    """Times may be said in milliseconds, and those of declared attributes are texts."""
    if span is None:
        return number
    return _either([number, _in_time(operator, span, zone)])


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
