"""Whether a record may hold what is given as its `custom`, and what it holds then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.attributes.declarations import Attribute
from kithdesk.attributes.errors import (
    MissingAttribute,
    SensitiveAttribute,
    UndeclaredAttribute,
    WrongValue,
)
from kithdesk.attributes.masking import MASK, may_write_sensitive
from kithdesk.attributes.queries import declared
from kithdesk.attributes.references import missing
from kithdesk.attributes.values import Wrong, clean_value
from kithdesk.core.errors import BadParameter
from kithdesk.core.work import Reads

MAX_BYTES = 256 * 1_024


def check_custom(
    reads: Reads,
    owner: str,
    given: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    replace: bool = False,
    parameter: str = "custom",
) -> dict[str, Any]:
    """What the record holds after `given` is set in it: the rest stays, a None clears, and a mask changes nothing.

    Without `before` the record is new: what is left out takes its default, and what is required must be there if agents
    or their programs make it. Whoever writes to the company is a customer, whatever it requires of its own people.
    `replace` clears what is left out. Values of attributes that are not declared any more stay as they are.
    Raises `UndeclaredAttribute`, `WrongValue`, `MissingAttribute`, `SensitiveAttribute`, `BadParameter`.
    """
    if not isinstance(given, Mapping):
        raise BadParameter("An object.", parameter=parameter)
    if not given and before is not None and not replace:
        return dict(before)
    known = declared(reads, owner)
    is_writer = may_write_sensitive(reads.actor)
    after = dict(before or {})
    if replace:
        left_out = [name for name in after if name in known and (is_writer or not known[name].sensitive)]
        given = {**dict.fromkeys(left_out), **given}
    for name, value in given.items():
        if name not in known:
            raise UndeclaredAttribute(name, parameter)
        if not (known[name].sensitive and value == MASK):
            _check_writer(known[name], is_writer, parameter)
            _set(reads, after, known[name], value, parameter)
    if before is None:
        after = {**_defaults(known, given), **after}
        if reads.actor.is_agent:
            _check_complete(known, after, parameter)
    if len(msgspec.json.encode(after)) > MAX_BYTES:
        raise BadParameter(f"All attributes together have at most {MAX_BYTES} bytes.", parameter=parameter)
    return after


def defaults(reads: Reads, owner: str) -> dict[str, Any]:
    """What a record begins with that nobody filled in, such as one that a visitor's first message makes."""
    return _defaults(declared(reads, owner), {})


def _check_writer(attribute: Attribute, is_writer: bool, parameter: str) -> None:
    if attribute.sensitive and not is_writer:
        raise SensitiveAttribute(attribute.name, parameter)


def _set(reads: Reads, after: dict[str, Any], attribute: Attribute, value: Any, parameter: str) -> None:
    name = attribute.name
    # A choice that is offered no longer may stay where it is: programs send back what they read.
    if name in after and value == after[name] and type(value) is type(after[name]):
        return
    try:
        cleaned = clean_value(attribute, value)
    except Wrong as problem:
        raise WrongValue(name, str(problem), parameter) from None
    if attribute.target is not None and cleaned is not None:
        _check_there(reads, attribute, cleaned, after.get(name), parameter)
    if cleaned is not None:
        after[name] = cleaned
    elif name in after:
        if attribute.required:
            raise MissingAttribute(name, parameter)
        del after[name]


def _check_there(reads: Reads, attribute: Attribute, value: Any, before: Any, parameter: str) -> None:
    """Of a list, those that are new in it."""
    ids, known = (_listed(one) for one in (value, before))
    new = [id for id in dict.fromkeys(ids) if id not in known]
    if new and (gone := missing(reads, str(attribute.target), new)):
        raise WrongValue(attribute.name, f"There is no such {_kind_of(attribute)}: {gone[0]}.", parameter)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _kind_of(attribute: Attribute) -> str:
    return str(attribute.target).removeprefix("kobject.")


def _defaults(known: Mapping[str, Attribute], given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: attribute.default
        for name, attribute in known.items()
        if attribute.default is not None and name not in given
    }


def _check_complete(known: Mapping[str, Attribute], after: Mapping[str, Any], parameter: str) -> None:
    for name, attribute in known.items():
        if attribute.required and name not in after:
            raise MissingAttribute(name, parameter)
