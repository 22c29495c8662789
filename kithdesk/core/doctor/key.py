"""The secret key: whether there is one, where, and whether it is the installation's."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kithdesk.core.clock import SystemClock
from kithdesk.core.doctor.finding import Finding
from kithdesk.core.installation import find_key
from kithdesk.core.sealing import NoKey, Sealer, load_key
from kithdesk.core.settings import Settings
from kithdesk.core.sql import Executes
from kithdesk.core.sqlite import database_path

KEY = "secret key"


def check_key(settings: Settings) -> Iterator[Finding]:
    yield _where_it_is(settings)


def agreement(settings: Settings, reads: Executes) -> Iterator[Finding]:
    """Whether this server holds the key that the first one of the installation brought."""
    agreed = find_key(reads)
    if agreed is None:
        return
    if not _is_there(settings):
        yield Finding(KEY, "problem", "this server has none, and its installation does: give it the same")
        return
    try:
        is_same = Sealer(load_key(settings), SystemClock()).fingerprint == agreed
    except NoKey:
        return
    if is_same:
        yield Finding(KEY, "ok", "the same as the installation's other servers have")
    else:
        words = "not the installation's: give every server the same KITHDESK_SECRET_KEY or _FILE"
        yield Finding(KEY, "problem", words)


def _where_it_is(settings: Settings) -> Finding:
    file = settings.secret_key_file or settings.data / "secret.key"
    if settings.secret_key is None and not file.exists():
        return _missing(settings)
    try:
        load_key(settings)
    except NoKey as problem:
        return Finding(KEY, "problem", str(problem))
    if settings.secret_key is not None or settings.secret_key_file is not None:
        return Finding(KEY, "ok", "given from outside the data folder")
    if settings.database_url is not None:
        words = (
            "in this server's data folder; give a copy of it to every other server, and keep one elsewhere"
        )
        return Finding(KEY, "warning", words)
    return Finding(KEY, "ok", "in the data folder; a backup does not contain it, so keep a copy elsewhere")


def _missing(settings: Settings) -> Finding:
    file = settings.secret_key_file or settings.data / "secret.key"
    if settings.secret_key_file is not None or database_path(settings.data).exists():
        words = f"{file} is missing; stored secrets cannot be read without it"
        return Finding(KEY, "problem", words)
    words = "there is none yet; the first start makes one in the data folder"
    return Finding(KEY, "warning", words)


def _is_there(settings: Settings) -> bool:
    """Looked up first, because loading a key makes one where there is none."""
    file = settings.secret_key_file or settings.data / "secret.key"
    return settings.secret_key is not None or os.access(file, os.R_OK)
