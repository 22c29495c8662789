"""One criterion as SQL: what is asked of an attribute, compared in the row that has it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam, literal_column, or_, select, text

from kithdesk.views.attributes import TABLES, InColumn, InValues, IsThere, column_of
from kithdesk.views.criteria import Criterion
from kithdesk.views.tables import view_values

_ORGANISATION: Any = bindparam("organisation")


def comparison_of(one: Criterion) -> Any:
    """The comparison in the attribute's own row; for values, the ids that have one."""
    place = one.asked.place
    if isinstance(place, InValues):
        return select(view_values.c.id).where(
            view_values.c.organisation == _ORGANISATION,
            view_values.c.owner == place.owner,
            view_values.c.field == place.field,
            _compare(view_values.c[place.column], one.operator, one.name),
        )
    column = column_of(one.asked)
    if isinstance(place, IsThere):
        return column.is_not(None) == bindparam(one.name) if one.operator == "equals" else column.is_not(None)
    if one.choice is not None:
        # Spelt out, and its opposite beside it, as the partial index has it: a plan is made before values are seen.
        spelt = column == literal_column(f"'{one.choice}'")
        return and_(spelt, text(f"{column.name} <> 'done'")) if is_live(place, one.choice) else spelt
    compared = _compare(column, one.operator, one.name)
    assert isinstance(place, InColumn)
    if place.and_values is None:
        return compared
    home = one.asked.home
    further = one.asked._replace(place=InValues(home, place.and_values, "text"))
    return or_(compared, TABLES[home].c.id.in_(comparison_of(one._replace(asked=further))))


def is_live(place: Any, choice: str) -> bool:
    return isinstance(place, InColumn) and place.column == "status" and choice != "done"


def _compare(column: Any, operator: str, name: str) -> Any:
    if operator == "set":
        return column.is_not(None)
    if operator == "in":
        return column.in_(bindparam(name, expanding=True))
    value: Any = bindparam(name)
    return {
        "equals": lambda: column == value,
        "gt": lambda: column > value,
        "gte": lambda: column >= value,
        "lt": lambda: column < value,
        "lte": lambda: column <= value,
        "like": lambda: column.like(value, escape="\\"),
    }[operator]()


def met_in(one: Criterion, objects: Any) -> Any:
    """Whether a row of `objects` is as it says."""
    place = one.asked.place
    if not isinstance(place, InValues):
        return _compare(objects.c[column_of(one.asked).name], one.operator, one.name)
    value = view_values.alias("kobject_value")
    found: Select[Any] = select(literal_column("1")).where(
        value.c.organisation == _ORGANISATION,
        value.c.owner == place.owner,
        value.c.id == objects.c.id,
        value.c.field == place.field,
        _compare(value.c[place.column], one.operator, one.name),
    )
    return found.correlate(objects).exists()
