"""`web/api-client/src/protocol.gen.ts` from the live protocol's structs."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union

import msgspec
from msgspec import UNSET, Struct, UnsetType

from kithdesk.live import client_frames, facts, protocol

_HEADER = """/**
 * The live protocol's frames and events. Written by `make generate` from the server's own declarations
 * (`kithdesk/live/protocol.py` and `facts/`); change those, not this file.
 */
"""
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "unknown"}
_MAY_BE_NULL = {"conversation"}
"""Where a client says null and means it; elsewhere it leaves the field out."""
_RENAMED = {"Error": "Refusal", "Message": "Message"}


def generated() -> dict[str, str]:
    return {"web/api-client/src/protocol.gen.ts": _Module().text()}


class _Module:
    """Collects every struct that a frame or fact reaches, once."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}

    def text(self) -> str:
        client = self._union("ClientFrame", _members(client_frames.AnyClientFrame))
        server = self._union("ServerFrame", _members(protocol.AnyServerFrame))
        agents = self._facts("AgentEvent", facts.AGENTS_SEE, "What agents are told.")
        visitors = self._facts("VisitorEvent", facts.VISITORS_SEE, "What the visitor concerned is told.")
        event = "export type LiveEvent = AgentEvent | VisitorEvent;\n"
        fact = (
            "export interface Fact<Kind extends string, Data> {\n  kind: Kind;\n  at: string;\n  data: Data;\n"
            "  /** Who did it; for agents only. */\n  actor?: SentBy;\n}\n"
        )
        parts = [_HEADER, *self._written.values(), fact, agents, visitors, event, client, server]
        return "\n".join(parts)

    def _facts(self, name: str, kinds: Mapping[str, type[Struct]], words: str) -> str:
        lines = [f'  | Fact<"{kind}", {self._name(shape)}>' for kind, shape in kinds.items()]
        return f"/** {words} */\nexport type {name} =\n" + "\n".join(lines) + ";\n"

    def _union(self, name: str, members: tuple[type[Struct], ...]) -> str:
        return (
            f"export type {name} =\n" + "\n".join(f"  | {self._name(member)}" for member in members) + ";\n"
        )

    def _name(self, struct: type[Struct]) -> str:
        frame = issubclass(struct, client_frames.ClientFrame | protocol.ServerFrame)
        plain = _RENAMED.get(struct.__name__, struct.__name__).removesuffix("Frame")
        parameters = ", ".join(parameter.__name__ for parameter in _parameters(struct))
        name = f"{plain}Frame" if frame else plain
        if name not in self._written:
            self._written[name] = ""  # keeps its place before what it refers to
            self._written[name] = self._interface(f"{name}<{parameters}>" if parameters else name, struct)
        return name

    def _interface(self, name: str, struct: type[Struct]) -> str:
        hints = typing.get_type_hints(struct, include_extras=True)
        from_client = issubclass(struct, client_frames.ClientFrame) or struct in (
            client_frames.VisitContext,
            client_frames.Page,
            client_frames.Screen,
        )
        lines = []
        tag = struct.__struct_config__.tag
        if tag is not None:
            lines.append(f'  op: "{tag}";')
        for field in msgspec.structs.fields(struct):
            hint = hints[field.name]
            if field.name == "event" and struct is protocol.EventFrame:
                lines.append("  event: LiveEvent;")
                continue
            optional = field.default is UNSET or (from_client and not field.required)
            kind = self._type(hint)
            if from_client and field.name not in _MAY_BE_NULL:
                kind = kind.removesuffix(" | null")
            lines.append(f"  {field.encode_name}{'?' if optional else ''}: {kind};")
        return f"{_comment(struct)}export interface {name} {{\n" + "\n".join(lines) + "\n}\n"

    def _type(self, hint: Any) -> str:  # noqa: PLR0911 - one line for each shape of a type
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if hint in _PLAIN:
            return _PLAIN[hint]
        if origin is typing.Annotated:
            return self._type(arguments[0])
        if origin is Literal:
            return " | ".join(f'"{value}"' for value in arguments)
        if origin in (Union, types.UnionType):
            return " | ".join(self._type(part) for part in arguments if part is not UnsetType)
        if origin is list:
            inner = self._type(arguments[0])
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        if origin is dict:
            return f"Record<string, {self._type(arguments[1])}>"
        if isinstance(hint, TypeVar):
            return hint.__name__
        if origin is not None:
            return f"{self._name(origin)}<{', '.join(self._type(part) for part in arguments)}>"
        return self._name(hint)


def _members(union: Any) -> tuple[type[Struct], ...]:
    return typing.get_args(union)


def _parameters(struct: type[Struct]) -> tuple[TypeVar, ...]:
    """Of `Change`, which has the type of the field that changed, there is one shape for all."""
    return getattr(struct, "__parameters__", ())


def _comment(struct: type[Struct]) -> str:
    words = " ".join((struct.__doc__ or "").split()) if "__doc__" in struct.__dict__ else ""
    return f"/** {words} */\n" if words else ""
