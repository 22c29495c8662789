"""Hits as resources: what each is called, a piece of it, whose it is, and what a card of it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk import conversations, customers
from kithdesk.core import journal
from kithdesk.core.clock import Instant, iso
from kithdesk.core.computing import aside
from kithdesk.core.deadlines import Deadline
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.views.asking import Asked
from kithdesk.views.by_value import lines_of
from kithdesk.views.queries import customers_of
from kithdesk.views.searching import Hit
from kithdesk.views.snippets import snippet_of

_FOLDERS = {
    "customer": "customers",
    "claim": "customers",
    "company": "companies",
    "conversation": "conversations",
    "message": "messages",
}


def draw_hits(reads: Reads, asked: Asked, hits: Sequence[Hit], deadline: Deadline) -> list[dict[str, Any]]:
    """One page of them. What is gone since it was written down is left out. Raises `Overloaded` at the deadline."""
    said = {hit.id for hit in hits if hit.kind in ("message", "note")}
    bodies: dict[str, str] = {}
    positions: dict[str, int | None] = {}
    if said:
        found = conversations.find_messages(reads, sorted(said))
        emails = conversations.emails_of(reads, found)
        bodies.update((one.id, _text_of(one, emails.get(one.id))) for one in found)
        told = journal.positions_of(reads, reads.organisation, [one.event for one in found])
        positions.update((one.id, told.get(one.event)) for one in found)
    owners = customers_of(reads, sorted({hit.row.conversation for hit in hits if hit.row.conversation}))
    whose = {(hit.kind, hit.id): hit.row.customer or owners.get(hit.row.conversation) for hit in hits}
    names = customers.find_names(reads, {owner for owner in whose.values() if owner is not None})
    bodies.update(lines_of(reads, [hit.id for hit in hits if hit.is_by_value]))
    cards = _cards(reads, hits)

    def drawn() -> list[dict[str, Any]]:
        found = []
        for hit in hits:
            deadline.check()
            owner = whose[hit.kind, hit.id]
            body = bodies.get(hit.id, None if hit.id in said else hit.row.text or "")
            if body is not None and (owner is None or owner in names):
                name, position = names.get(owner or "", ""), positions.get(hit.id)
                found.append(_draw(asked, hit, body, owner, name, position, cards.get(hit.id)))
        return found

    return aside(drawn)


def _text_of(message: conversations.Message, email: conversations.Email | None) -> str:
    """What was said; of an e-mail, what it is about goes before."""
    if email is None or email.subject is None:
        return message.body
    return f"{email.subject} · {message.body}"


class _Card(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What only some kinds of hits say: records the fields of their cards, companies who they are."""

    fields: list[dict[str, Any]] | None = None
    name: str | None = None
    domains: tuple[str, ...] | None = None
    customers: int | None = None


_PLAIN = _Card()


def _cards(reads: Reads, hits: Sequence[Hit]) -> dict[str, _Card]:
    """By id."""
    records = [hit.id for hit in hits if hit.kind == "kobject"]
    drawn = customers.draw_objects(reads, customers.find_objects(reads, records)) if records else []
    companies = customers.find_companies(reads, [hit.id for hit in hits if hit.kind == "company"])
    counts = customers.count_company_members(reads, companies)
    return {one["id"]: _Card(fields=one["attributes"]["card"]["fields"]) for one in drawn} | {
        id: _Card(name=one.name, domains=one.profile.domains, customers=counts.get(id, 0))
        for id, one in companies.items()
    }


def _draw(
    asked: Asked,
    hit: Hit,
    body: str,
    owner: str | None,
    name: str,
    position: int | None,
    card: _Card | None,
) -> dict[str, Any]:
    title = snippet_of(hit.row.title or name, asked)
    snippet = snippet_of(body, asked)
    folder = _FOLDERS.get(hit.kind)
    attributes = {
        "kind": "customer" if hit.kind == "claim" else hit.kind,
        "title": title.text,
        "titleHighlights": title.highlights if hit.row.title else [],
        "snippet": snippet.text,
        "highlights": snippet.highlights,
        "at": iso(Instant(hit.row.at)),
        "position": position,
        "customer": None if owner is None else {"id": owner, "displayName": name},
        "conversation": hit.row.conversation,
        "klass": hit.row.klass,
        "isClaim": hit.kind == "claim",
        **msgspec.to_builtins(card or _PLAIN),
    }
    path = f"/v1/{folder}/{hit.id}" if folder else None
    if hit.kind == "kobject":
        path = f"/v1/klasses/{hit.row.klass}/{hit.id}"
    return resource("search_hit", hit.id, attributes, at=path)
