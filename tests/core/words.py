"""A tiny slice to try the spine with: words are said, and jobs repeat them."""

from __future__ import annotations

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text, bindparam, insert, select

from kithdesk.core.actors import Actor
from kithdesk.core.errors import Conflict
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.jobs import Job, RetryPolicy
from kithdesk.core.tables import metadata
from kithdesk.core.work import Reads, Rows, Wiring, Work

ORGANISATION = OrganisationId("a" * 24)
BY = Actor(organisation=ORGANISATION, type="user", id="b" * 24, author="b" * 24, display_name="Ana")

words: Table = Table(
    "test_words",
    metadata,
    Column("organisation", Text),
    Column("word", Text),
    PrimaryKeyConstraint("organisation", "word"),
    info={"projection": True},
)
_INSERT = insert(words)
_ALL = select(words.c.word).where(words.c.organisation == bindparam("organisation")).order_by(words.c.word)


class WordSaid(Event, frozen=True):
    kind = "test.word_said"
    word: Personal[str] = ""


class Repeat(Job, frozen=True):
    kind = "test.repeat"
    word: str


class Stumble(Job, frozen=True):
    kind = "test.stumble"
    policy = RetryPolicy(tries=3, first=1_000, longest=10_000)
    word: str


def project(rows: Rows, recorded: Recorded[WordSaid]) -> None:
    rows.execute(_INSERT, {"organisation": rows.organisation, "word": recorded.event.word})


def say(work: Work, word: str, *, later: bool = False) -> str:
    work.publish(WordSaid(word=word))
    if later:
        work.enqueue(Repeat(word=word))
    return word


def say_and_refuse(work: Work, word: str) -> None:
    say(work, word, later=True)
    raise Conflict


def say_and_break(work: Work, word: str) -> None:
    say(work, word)
    raise ZeroDivisionError


def echo(work: Work, job: Repeat) -> None:
    say(work, job.word + "!")


def stumble(work: Work, job: Stumble) -> None:
    say(work, job.word)
    raise RuntimeError("always")


def grumble(work: Work, recorded: Recorded[WordSaid]) -> None:
    if recorded.event.word == "raise" and stumbles:
        work.publish(WordSaid(word="never"))
        raise RuntimeError("a reaction broke")
    if recorded.event.word == "raise":
        work.publish(WordSaid(word="recovered"))
    if recorded.event.word == "repeat":
        work.execute(_INSERT, {"organisation": work.organisation, "word": "repeat"})  # it is there already
    if recorded.event.word == "why":
        work.publish(WordSaid(word="because"))
    if recorded.event.word == "crowd":
        for n in range(CROWD):
            work.publish(WordSaid(word=f"again {n:02}"))
    if recorded.event.word.startswith("again"):
        work.publish(WordSaid(word=recorded.event.word + "."))


CROWD = 30
stumbles: list[str] = []
"""While it is not empty, the reaction to "raise" breaks."""


def listed(reads: Reads) -> list[str]:
    return [row.word for row in reads.execute(_ALL, {"organisation": reads.organisation})]


WORDS = Wiring(
    projectors={WordSaid: (project,)},
    reactions={WordSaid: (grumble,)},
    verbs={Repeat: echo, Stumble: stumble},
    handlers={},
)
