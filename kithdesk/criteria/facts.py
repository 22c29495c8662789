"""What there is to judge by, read when it is first asked for: most criteria look at one or two records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from kithdesk import conversations, customers
from kithdesk.conversations import Context, Conversation, Details, Message
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.work import Reads
from kithdesk.criteria.allowance import Allowance
from kithdesk.criteria.comparing import Values
from kithdesk.criteria.names import CUSTOM
from kithdesk.criteria.records import (
    company_facts,
    conversation_facts,
    custom_facts,
    customer_facts,
    message_facts,
    object_facts,
    page_facts,
)
from kithdesk.customers import Company, Customer, KObject

MAX_OBJECTS = 50
"""Of a conversation's and of a customer's objects, the newest."""

Loader = Callable[[], Mapping[str, Any]]


class Facts:
    """Attributes by the names that criteria have for them. `loaders`: by what a name begins with, asked once each.

    `objects` are the custom objects one by one; what is known otherwise is taken for one. What is `known` nobody loads.
    """

    def __init__(
        self,
        loaders: Mapping[str, Loader],
        *,
        now: Instant,
        objects: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
        known: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self.now = now
        self.allowance = Allowance()
        """Of all that is judged by these facts together."""
        self.for_blame = Allowance()
        """Of finding out why."""
        self._loaders = loaders
        self._load_objects = objects
        self._loaded: dict[str, Mapping[str, Any]] = {}
        self._values = {name: Values(value) for name, value in known.items()}

    @classmethod
    def of(cls, known: Mapping[str, Any], *, now: Instant) -> Facts:
        """Facts that somebody has already."""
        homes = {_home_of(name) for name in known}
        return cls({home: lambda: known for home in homes}, now=now)

    def values(self, name: str) -> Values:
        """What there is of this attribute; nothing where there is no such record."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = Values(self._home(_home_of(name)).get(name))
        return found

    @cached_property
    def objects(self) -> tuple[Facts, ...]:
        """The custom objects, each by itself."""
        if self._load_objects is None:
            return (self,)
        return tuple(Facts.of(one, now=self.now) for one in self._load_objects())

    def load(self, names: Iterable[str]) -> None:
        """Reads all that criteria with these names look at, so that judging by them reads nothing any more."""
        for name in names:
            self.values(name)
            if name.startswith("kobject"):
                _ = self.objects

    def but(self, known: Mapping[str, Any]) -> Facts:
        """The same where these attributes are otherwise, judged out of the same allowance."""
        loaders = {home: partial(self._home, home) for home in self._loaders}
        other = Facts(loaders, now=self.now, objects=self._load_objects, known=known)
        other.allowance = self.allowance
        return other

    def _home(self, home: str) -> Mapping[str, Any]:
        if home not in self._loaded:
            load = self._loaders.get(home)
            self._loaded[home] = {} if load is None else load()
        return self._loaded[home]


def _home_of(name: str) -> str:
    home, custom, _ = name.partition(CUSTOM)
    return f"{home}_custom" if custom else name.partition("_")[0]


def facts_of(reads: Reads, conversation_id: str) -> Facts:
    """Everything about one conversation. Judged for the company, so it does not matter who caused the judging."""
    there = _There(as_ours(reads), conversation_id)
    return Facts(
        {
            "conversation": lambda: conversation_facts(there.conversation, there.context),
            "conversation_custom": lambda: custom_facts("conversation", there.details.custom),
            "page": lambda: page_facts(there.context),
            "message": there.message,
            "message_custom": there.message_custom,
            "customer": there.customer,
            "customer_custom": there.customer_custom,
            "company": there.company,
            "company_custom": there.company_custom,
            "kobject": there.all_objects,
            "kobject_custom": there.all_objects,
        },
        now=reads.now,
        objects=there.each_object,
    )


def as_ours(reads: Reads) -> Reads:
    """The same snapshot, read for the company: what a visitor caused is judged by more than they may see."""
    return _Ours(reads)


class _Ours:
    """A snapshot, read by the program itself."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.organisation: OrganisationId = reads.organisation
        self.now: Instant = reads.now
        self.actor: Actor = system(reads.organisation)

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        return self._reads.execute(statement, values)


class _There:
    """The records around a conversation, each read once."""

    def __init__(self, reads: Reads, conversation_id: str) -> None:
        self._reads = reads
        self._id = conversation_id

    @cached_property
    def conversation(self) -> Conversation:
        """Raises `NotFound`."""
        return conversations.get_conversation(self._reads, self._id)

    @cached_property
    def details(self) -> Details:
        return conversations.details_of(self._reads, [self._id]).get(self._id, _NO_DETAILS)

    @property
    def context(self) -> Context:
        return self.details.context

    @cached_property
    def _customer(self) -> Customer | None:
        return customers.find_customer(self._reads, self.conversation.customer)

    @cached_property
    def _company(self) -> Company | None:
        customer = self._customer
        id = None if customer is None else customer.profile.company
        return None if id is None else customers.find_companies(self._reads, [id]).get(id)

    @cached_property
    def _message(self) -> Message | None:
        last = self.conversation.last_in
        found = [] if last is None else conversations.find_messages(self._reads, [last])
        return found[0] if found else None

    def message(self) -> Mapping[str, Any]:
        if self._message is None:
            return {}
        emails = conversations.emails_of(self._reads, [self._message])
        return message_facts(self._message, emails.get(self._message.id))

    def message_custom(self) -> Mapping[str, Any]:
        if self._message is None:
            return {}
        custom = conversations.customs_of(self._reads, [self._message.id])
        return custom_facts("message", custom.get(self._message.id, {}))

    def customer(self) -> Mapping[str, Any]:
        return {} if self._customer is None else customer_facts(self._customer)

    def customer_custom(self) -> Mapping[str, Any]:
        return {} if self._customer is None else custom_facts("customer", self._customer.profile.custom)

    def company(self) -> Mapping[str, Any]:
        return {} if self._company is None else company_facts(self._company)

    def company_custom(self) -> Mapping[str, Any]:
        return {} if self._company is None else custom_facts("company", self._company.profile.custom)

    def all_objects(self) -> Mapping[str, Any]:
        return object_facts(self._objects)

    def each_object(self) -> list[Mapping[str, Any]]:
        return [object_facts([one]) for one in self._objects]

    @cached_property
    def _objects(self) -> tuple[KObject, ...]:
        """Those put to the conversation, and those of its customer."""
        here, _ = customers.list_objects_of_conversation(self._reads, self._id, limit=MAX_OBJECTS, offset=0)
        theirs = customers.find_objects(
            self._reads, customers.object_ids_of(self._reads, self.conversation.customer)[-MAX_OBJECTS:]
        )
        return tuple({one.id: one for one in (*here, *theirs)}.values())


_NO_DETAILS = Details(Context(), {}, {})
