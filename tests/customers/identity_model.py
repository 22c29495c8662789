"""What must be true of identity, in as few words as it takes. The machine compares the server with it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Browser:
    """A visitor token's author. `proven`: the address its last login proved."""

    record: str | None = None
    proven: str | None = None


@dataclass
class Record:
    addresses: dict[str, bool] = field(default_factory=dict)
    """By address, whether it was proven."""
    into: str | None = None
    """The record of which it is a part."""

    @property
    def is_identified(self) -> bool:
        return any(self.addresses.values())


@dataclass
class Merged:
    """What an agent merged: whose addresses, conversations and browsers moved then."""

    source: str
    target: str
    addresses: dict[str, bool]
    conversations: set[str]
    browsers: set[str]
    carried: set[str]
    is_undone: bool = False


@dataclass
class Model:
    browsers: dict[str, Browser] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """Of conversations."""
    openers: dict[str, str] = field(default_factory=dict)
    merges: dict[str, Merged] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)
    """By conversation, how many merges there had been."""
    logins: dict[str, tuple[str, int, set[str]]] = field(default_factory=dict)
    """By the anonymous record that a login took along: its browser, how many merges there had been, what was said."""
    said: dict[str, str] = field(default_factory=dict)
    """By message, its conversation, in the order they were said."""
    departed: dict[tuple[str, str], int] = field(default_factory=dict)
    """By browser and conversation, how many messages it goes on reading: somebody proven took it up since."""

    def told_in(self, conversation: str) -> list[str]:
        return [message for message, where in self.said.items() if where == conversation]

    def readable(self, author: str, conversation: str) -> list[str]:
        """What of a conversation that it sees a browser may read."""
        return self.told_in(conversation)[: self.departed.get((author, conversation))]

    def speak(self, author: str, conversation: str) -> None:
        """Before the message: whoever is proven takes up what a browser that is not had opened."""
        browser = self.browsers[author]
        for other in self.browsers_of(browser.record or "") if browser.proven is not None else ():
            if self.browsers[other].proven is None and self.openers[conversation] == other:
                self.departed.setdefault((other, conversation), len(self.told_in(conversation)))

    def standing(self) -> list[str]:
        return sorted(id for id, record in self.records.items() if record.into is None)

    def owner_of_address(self, address: str) -> str | None:
        """At most one standing record has it."""
        found = [id for id in self.standing() if address in self.records[id].addresses]
        assert len(found) <= 1
        return found[0] if found else None

    def browsers_of(self, record: str) -> set[str]:
        return {author for author, browser in self.browsers.items() if browser.record == record}

    def conversations_of(self, record: str) -> set[str]:
        return {id for id, owner in self.owners.items() if owner == record}

    def said_by(self, author: str) -> set[str]:
        """The conversations with its customer that a browser opened, and nobody proven took up since."""
        record = self.browsers[author].record or ""
        mine = {id for id in self.conversations_of(record) if self.openers[id] == author}
        return {id for id in mine if (author, id) not in self.departed}

    def seen_by(self, author: str) -> set[str]:
        """The conversations that a browser sees: all with its customer, or those it opened."""
        browser = self.browsers[author]
        theirs = self.conversations_of(browser.record or "")
        return theirs if browser.proven is not None else {id for id in theirs if self.openers[id] == author}

    def holds_more(self, author: str) -> bool:
        """Whether there may be anything of others on a browser's record: a login takes only what the browser said."""
        record = self.browsers[author].record or ""
        others = self.conversations_of(record) - self.said_by(author)
        return bool(others or self.records[record].addresses or self.browsers_of(record) != {author})

    def part(self, author: str, id: str) -> None:
        """What a browser said is, with its browser, a record of its own."""
        for conversation in self.said_by(author):
            self.owners[conversation] = id
        self.records[id] = Record()
        self.browsers[author].record = id

    def is_anonymous(self, author: str) -> bool:
        """Whether a login may take something of the browser's record along: an agent put no other record into it."""
        browser = self.browsers[author]
        if browser.record is None or browser.proven is not None:
            return False
        has_others = any(
            merged.target == browser.record and not merged.is_undone for merged in self.merges.values()
        )
        return not self.records[browser.record].is_identified and not has_others

    def move(self, source: str, target: str) -> None:
        for id in self.conversations_of(source):
            self.owners[id] = target
        for author in self.browsers_of(source):
            self.browsers[author].record = target
        for record in self.records.values():
            if record.into == source:
                record.into = target
        self.records[source].into = target

    def take_along(self, author: str, source: str, target: str) -> None:
        self.logins[source] = (author, len(self.merges), self.conversations_of(source))
        self.move(source, target)

    def merge(self, id: str, source: str, target: str) -> None:
        one, other = self.records[source], self.records[target]
        self.merges[id] = Merged(
            source=source,
            target=target,
            addresses=dict(one.addresses),
            conversations=self.conversations_of(source),
            browsers=self.browsers_of(source),
            carried={each for each, record in self.records.items() if record.into == source},
        )
        self.move(source, target)
        other.addresses.update(one.addresses)
        one.addresses = {}

    def may_undo(self, id: str) -> bool:
        merged = self.merges[id]
        return merged.is_undone or self.records[merged.target].into is None

    def undo(self, id: str) -> None:
        merged = self.merges[id]
        if merged.is_undone:
            return
        merged.is_undone = True
        source, target = self.records[merged.source], self.records[merged.target]
        source.into = None
        for carried in merged.carried:
            self.records[carried].into = merged.source
        for address in merged.addresses:
            source.addresses[address] = target.addresses.pop(address)
        back = {
            author
            for author in self.browsers_of(merged.target)
            if self.browsers[author].proven in source.addresses
            or (self.browsers[author].proven is None and author in merged.browsers)
        }
        for author in back:
            self.browsers[author].record = merged.source
        number = list(self.merges).index(id)
        joined = [
            each
            for each in list(self.merges.values())[number + 1 :]
            if each.target == merged.target and not each.is_undone
        ]
        parts = {id for each in joined for id in (each.source, *each.carried)}
        theirs = set[str]()
        for anonymous, (author, merges, taken) in self.logins.items():
            is_there = self.records[anonymous].into == merged.target and anonymous not in parts
            if is_there and author in back and merges > number:
                self.records[anonymous].into = merged.source
                theirs |= taken
        for id, opener in self.openers.items():
            if opener in back and self.opened[id] > number:
                theirs.add(id)
        theirs -= {id for each in joined for id in each.conversations}
        theirs |= merged.conversations
        for id in theirs & self.conversations_of(merged.target):
            self.owners[id] = merged.source
