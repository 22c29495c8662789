"""T04 and T05: what may become a password, and how it is kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from statistics import median
from time import process_time

import pytest
from argon2 import PasswordHasher

from kithdesk.access import passwords
from kithdesk.access.errors import WeakPassword
from kithdesk.access.tables import password_hashes
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded, TooLarge
from tests.access.houses import PASSWORD, Browse, House
from tests.spine import file_of


@pytest.mark.parametrize("password", ["seven77", "", "       ", "🙂" * 7])
def test_T04_short_passwords_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_password(password)


@pytest.mark.parametrize(
    "password",
    ["password", "PassWord", "12345678", "qwertyuiop", "iloveyou", "trustno1", "baseball1", "aaaaaaaaaaaa"],
)
def test_T04_passwords_that_everybody_tries_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        passwords.check_password(password)
    assert (refusal.value.status, refusal.value.parameter) == (400, "password")


def test_T04_the_list_holds_at_least_the_3000_that_would_be_long_enough() -> None:
    known = passwords._common()

    assert len(known) > 3_000
    assert all(len(one) >= passwords.MIN_LENGTH for one in known)


def test_T04_a_password_is_not_the_address() -> None:
    for password in ("ana.maria@acme.test", "Ana.Maria"):
        with pytest.raises(WeakPassword):
            passwords.check_password(password, email="ana.maria@acme.test")


@pytest.mark.parametrize(
    "password", ["vier Wörter 🐎 battery " + "x" * 42, "eightchr", " lead and trail ", "x" * 500 + "y"]
)
async def test_T04_long_ones_with_spaces_and_emoji_are_taken_whole(password: str) -> None:
    passwords.check_password(password)

    hashed = await passwords.hash_password(password)

    assert await passwords.is_password(password, hashed)
    assert not await passwords.is_password(password[:-1], hashed)
    assert not await passwords.is_password(password.upper() + " ", hashed)


async def test_T04_a_megabyte_is_refused_before_hashing(acme: House, browse: Browse) -> None:
    with pytest.raises(TooLarge):
        passwords.check_password("x" * 1_025)
    client = browse()
    for size in (2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 1_000_000, 1_100_000):
        body = {"email": acme.agent_email, "password": "x" * size}
        assert (await client.post("/v1/auth/tokens", json=body)).status_code == 413
    answer = await client.post("/v1/auth/tokens", json={"email": acme.agent_email, "password": PASSWORD})
    assert answer.status_code == 201, "none of them was taken for an attempt"


@pytest.mark.only("sqlite")
@pytest.mark.only("sqlite")
async def test_T05_only_argon2id_is_kept(desk: Desk, acme: House) -> None:
    with closing(sqlite3.connect(file_of(desk))) as connection:
        kept = [row[0] for row in connection.execute(f"SELECT hash FROM {password_hashes.name}")]
    # The bytes themselves, also those of blobs, of deleted rows and of the log that is not in the database yet.
    everything = b"".join(path.read_bytes() for path in file_of(desk).parent.rglob("*") if path.is_file())

    assert len(kept) == 2
    for hashed in kept:
        found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$", hashed)
        assert found is not None
        assert int(found[1]) >= 19 * 1024
        assert int(found[2]) >= 2
    assert acme.agent_email.encode() in everything
    assert PASSWORD.encode() not in everything


async def test_T05_an_older_hash_is_upgraded_at_the_next_sign_in(
    desk: Desk, acme: House, browse: Browse
) -> None:
    from kithdesk.access.queries.credentials import find_password_hash
    from kithdesk.access.users import store_hash

    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    await desk.run(store_hash, acme.agent, weak, by=acme.by)
    assert passwords.is_outdated(weak)

    answer = await browse().post("/v1/auth/tokens", json={"email": acme.agent_email, "password": PASSWORD})

    assert answer.status_code == 201
    kept = (await desk.read(find_password_hash, acme.agent, by=acme.by)).value
    assert kept is not None
    assert kept != weak
    assert not passwords.is_outdated(kept)
    assert await passwords.is_password(PASSWORD, kept)


async def test_T03_nobodys_password_costs_as_much_as_somebodys() -> None:
    hashed = await passwords.hash_password(PASSWORD)
    assert hashed.split("$")[:4] == passwords._NOBODY.split("$")[:4], "the same parameters"

    def cost(against: str) -> float:
        started = process_time()  # not the clock on the wall, which a busy machine stretches
        assert not passwords._verify(against, "a wrong one")
        return process_time() - started

    costs = [(cost(hashed), cost(passwords._NOBODY)) for _ in range(7)]

    assert median(unknown for _, unknown in costs) == pytest.approx(
        median(known for known, _ in costs), rel=0.25
    )


async def test_only_so_many_wait_for_hashing() -> None:
    full = passwords.Apart(1, most_waiting=0)

    with pytest.raises(Overloaded):
        await full.run(str.upper, "work")
    assert await passwords.Apart(1, most_waiting=1).run(str.upper, "work") == "WORK"
