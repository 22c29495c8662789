"""Settings of one installation, from `KITHDESK_…` in the environment.

`docs/operating/settings.md` is generated from here.
"""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kithdesk.core.nats import parse_bus_url
from kithdesk.core.objectstore import parse_storage_url


class Settings(BaseSettings):
    """Read once at start."""

    model_config = SettingsConfigDict(env_prefix="KITHDESK_", extra="ignore", hide_input_in_errors=True)

    data: Path = Field(Path("./kithdesk-data"), description="Folder of the database and the files.")
    database_url: SecretStr | None = Field(
        None, description="`postgresql://…` for several servers; by default SQLite in the data folder."
    )
    base_url: str | None = Field(
        None, description="Where people reach this server; by default the address it listens on."
    )
    bus_url: SecretStr | None = Field(
        None, description="The NATS server that nodes tell each other news by, as `nats://host:4222`."
    )
    storage_url: str | None = Field(
        None, description="Where files are, as `s3://bucket`; by default a folder beside the database."
    )
    secret_key: SecretStr | None = Field(
        None, description="Seals stored secrets and signs links. By default a random key in the data folder."
    )
    secret_key_file: Path | None = Field(None, description="A file that holds the secret key.")
    trusted_proxies: str = Field(
        "", description="Networks, comma separated, whose X-Forwarded-For and -Proto are believed."
    )
    limits: Literal["on", "off"] = Field(
        "on", description="`off` lifts rate limits, for benchmarks and tests only."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    metrics_token: SecretStr | None = Field(None, description="Opens /metrics to others than this machine.")
    lane_batch: int = Field(256, ge=1, le=256, description="Most commands in one commit.")
    test: bool = Field(
        False, description="Test mode: /test/clock and crash points exist. Never in production."
    )
    crash_at: str | None = Field(
        None, description="Test mode only: `point:count` of the commit path to die at."
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in filter(None, (part.strip() for part in value.split(","))):
            ip_network(network, strict=False)
        return value

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("bus_url")
    @classmethod
    def _names_a_bus(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_bus_url(value.get_secret_value())
        return value

    @field_validator("storage_url")
    @classmethod
    def _names_a_store(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("file:///"):
            parse_storage_url(value)
        return value

    @field_validator("base_url")
    @classmethod
    def _has_scheme(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/") if value else None
