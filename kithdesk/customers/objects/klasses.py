"""Declaring klasses: what kinds of records an organisation keeps, and what their cards show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.core.actors import check_admin
from kithdesk.core.errors import BadParameter, ChangedMeanwhile
from kithdesk.core.ids import is_id
from kithdesk.core.names import strict_name
from kithdesk.core.work import Work
from kithdesk.customers.objects.by_hand import CREATABLE, EDITABLE
from kithdesk.customers.objects.cards import MOST_FIELDS
from kithdesk.customers.objects.entities import Klass, Status, owner_of
from kithdesk.customers.objects.errors import KlassInUse, KlassTaken
from kithdesk.customers.objects.events import KlassDeclared, KlassRemoved
from kithdesk.customers.objects.ids import KlassId
from kithdesk.customers.objects.palette import DEFAULT_COLOR, DEFAULT_ICON, check_icon, color_of
from kithdesk.customers.objects.queries import EVERYBODY, counts_of, get_klass, list_klasses

MOST_KLASSES = 200
MIXINS = ("assignable", "commentable", "creatable", "editable", "task")
"""Those that Kustomer's clients know. Two of them let people write by hand; the others change nothing."""
RESERVED = frozenset(
    {
        *attributes.RECORDS,
        "any",
        "bulk",
        "draft",
        "event",
        "klass",
        "klasses",
        "kobject",
        "metadata",
        "note",
        "org",
        "search",
        "tag",
        "team",
    }
)
_NAME = re.compile(r"[a-z][a-zA-Z0-9_-]{0,63}\Z")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


class KlassWish(msgspec.Struct, frozen=True, kw_only=True):
    """What to say of a klass. None leaves what is, or takes the default of a new one.

    `properties` are attributes to declare, by name, in the words of the API; None as a value removes one.
    """

    display_name: str | None = None
    plural_name: str | None = None
    icon: str | None = None
    color: str | None = None
    status: Status | None = None
    mixins: Sequence[str] | None = None
    properties: Mapping[str, Mapping[str, Any] | None] | None = None
    card_fields: Sequence[str] | None = None
    card_title: str | None = None


def create_klass(work: Work, name: str, wish: KlassWish = KlassWish()) -> Klass:  # noqa: B008 - frozen
    """A new kind of record. Raises `Forbidden`, `KlassTaken`, `BadParameter`, and what `attributes` refuses."""
    check_admin(work.actor)
    known = list_klasses(work)
    check_klass_name(name)
    if any(one.name.lower() == name.lower() for one in known):
        raise KlassTaken
    if len(known) >= MOST_KLASSES:
        raise BadParameter(f"An organisation has at most {MOST_KLASSES} klasses.")
    return _state(work, name, None, wish)


def change_klass(work: Work, key: str, wish: KlassWish, *, rev: int | None = None) -> Klass:
    """Says something else of it. What is already so states nothing.

    Raises `NotFound`, `Forbidden`, `BadParameter`, `ChangedMeanwhile` when `rev` is not the klass's any more.
    """
    klass = get_klass(work, key)
    check_admin(work.actor)
    if rev is not None and rev != klass.rev:
        raise ChangedMeanwhile("The klass")
    return _state(work, klass.name, klass, wish)


def declare_klass(work: Work, name: str, wish: KlassWish = KlassWish()) -> Klass:  # noqa: B008 - frozen
    """The klass as wished, new or not: for programs that say at every start what they need. Raises the same."""
    if any(one.name == name for one in list_klasses(work)):
        return change_klass(work, name, wish)
    return create_klass(work, name, wish)


def remove_klass(work: Work, key: str) -> None:
    """A klass without records goes, with its attributes. Raises `NotFound`, `Forbidden`, `KlassInUse`."""
    klass = get_klass(work, key)
    check_admin(work.actor)
    records = counts_of(work, EVERYBODY).get(klass.name, 0)
    if records:
        raise KlassInUse(records)
    attributes.forget(work, klass.owner)
    work.publish(KlassRemoved(klass=klass.id, name=klass.name))


def check_klass_name(name: str) -> str:
    """Raises `BadParameter`. What could be an id is none: in a path it would name another thing."""
    if not _NAME.match(name) or is_id(name):
        raise BadParameter(
            "A klass is named by a small letter and up to 63 letters, digits, _ and -.", parameter="name"
        )
    if name.lower() in RESERVED:
        raise BadParameter("Records of the product have this name.", parameter="name")
    return name


def _state(work: Work, name: str, before: Klass | None, wish: KlassWish) -> Klass:
    if wish.properties is not None:
        attributes.declare(work, owner_of(name), wish.properties, replace=False)
    said = _said(name, before, wish)
    _check_card(work, name, wish)
    if before is None or any(getattr(before, field) != value for field, value in said.items()):
        id = KlassId(work.new_id()) if before is None else before.id
        work.publish(KlassDeclared(klass=id, name=name, is_new=before is None, **said))
    return get_klass(work, name)


def _said(name: str, before: Klass | None, wish: KlassWish) -> dict[str, Any]:
    """The whole klass as it will be."""
    said: dict[str, Any] = {}
    if wish.display_name is not None:
        said["display_name"] = strict_name(wish.display_name, parameter="displayName")
    if wish.plural_name is not None:
        said["plural_name"] = strict_name(wish.plural_name, parameter="pluralName")
    if wish.icon is not None:
        said["icon"] = check_icon(wish.icon)
    if wish.color is not None:
        said["color"] = color_of(wish.color)
    if wish.status is not None:
        said["status"] = wish.status
    if wish.mixins is not None:
        said["mixins"] = _mixins(wish.mixins)
    if wish.card_fields is not None:
        said["card_fields"] = tuple(dict.fromkeys(wish.card_fields))
    if wish.card_title is not None:
        said["card_title"] = wish.card_title or None
    return {**(_defaults(name, said) if before is None else _as_it_is(before)), **said}


def _defaults(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    words = _HUMP.sub(" ", name).strip().lower()
    display_name = said.get("display_name") or words[:1].upper() + words[1:]
    return {
        "display_name": display_name,
        "plural_name": f"{display_name}s"[:255],
        "icon": DEFAULT_ICON,
        "color": color_of(DEFAULT_COLOR),
        "status": "enabled",
        "mixins": (CREATABLE, EDITABLE),
        "card_fields": (),
        "card_title": None,
    }


def _as_it_is(klass: Klass) -> dict[str, Any]:
    fields = ("display_name", "plural_name", "icon", "color", "status", "mixins", "card_fields", "card_title")
    return {name: getattr(klass, name) for name in fields}


def _mixins(given: Sequence[str]) -> tuple[str, ...]:
    for name in given:
        if name not in MIXINS:
            raise BadParameter(f"Mixins are {', '.join(MIXINS)}.", parameter="mixins")
    return tuple(sorted(set(given)))


def _check_card(work: Work, name: str, wish: KlassWish) -> None:
    """A card is given attributes that there are. One that is removed later is passed over."""
    fields, titles = wish.card_fields or (), (wish.card_title,) if wish.card_title else ()
    if len(fields) > MOST_FIELDS:
        raise BadParameter(f"A card shows at most {MOST_FIELDS} attributes.", parameter="card.fields")
    if not fields and not titles:
        return
    known = attributes.declared(work, owner_of(name))
    for parameter, shown in (("card.fields", fields), ("card.title", titles)):
        for field in shown:
            if field not in known:
                raise BadParameter("The klass has no such attribute.", parameter=parameter)
            if known[field].sensitive:
                raise BadParameter("A sensitive attribute is not shown on cards.", parameter=parameter)
