"""How an operation is declared: what right it needs, whether it writes, what limits it. One without a declaration is refused.

@people.post("/participants", Registered, status=201, title=N_("Daftarkan peserta"), needs=(Can.REGISTER_PERSON,))
def register(request, person: PersonIn): ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ninja import Router, Schema

from jamsostek.access.roles import PUBLIC, SIGNED_IN, Can
from jamsostek.api.limits import Limit

Function = Callable[..., Any]
Needs = tuple[Can, ...] | str

__all__ = ["PUBLIC", "SIGNED_IN", "Declared", "Resource", "declared"]


@dataclass(frozen=True)
class Declared:
    """What an operation says of itself."""

    needs: Needs
    """Rights of which one is enough, `SIGNED_IN` or `PUBLIC`."""
    writes: bool = False
    """Needs an Idempotency-Key."""
    versioned: bool = False
    """Needs If-Match."""
    limits: tuple[Limit, ...] = ()
    problems: frozenset[int] = frozenset()
    """Statuses it answers with beside those that every operation may."""
    body: str = ""
    """The media type of what is sent, where something is."""
    gives: str = "application/json"
    """The media type of the answer."""
    located: bool = False
    """Whether the answer says where the new thing is."""
    signed: bool = False
    """Whether the operation itself sees who calls, by a signature over the body (Standard Webhooks); it has no limit then, but
    signatures that do not hold are counted by address."""
    largest: int = 0
    """Bytes of a file it takes, where that is more than usual."""
    sends: type[Schema] | None = None
    """What is sent, where the operation reads the body itself: for the description."""


def declared(function: Function) -> Declared | None:
    """What an operation says of itself; None where it says nothing."""
    found = getattr(function, "declared", None)
    return found if isinstance(found, Declared) else None


def query_names(function: Function) -> frozenset[str]:
    """The filters an operation takes in its address."""
    models = function._ninja_operation.models  # type: ignore[attr-defined]
    return frozenset(name for one in models if one.__ninja_param_source__ == "query" for name in one.__ninja_flatten_map__)


def _sends(function: Function) -> bool:
    """Whether anything is sent beside the address."""
    models = function._ninja_operation.models  # type: ignore[attr-defined]
    return any(one.__ninja_param_source__ in ("body", "form", "file") for one in models)


class Resource:
    """The operations on one kind of thing."""

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title
        self.router = Router(tags=[name])
        self.functions: dict[tuple[str, str], Function] = {}

    def get(self, path: str, shape: Any, *, title: str, needs: Needs, **more: Any) -> Callable[[Function], Function]:
        """Reads."""
        return self._add("GET", path, {200: shape}, title, Declared(needs, **more))

    def post(
        self,
        path: str,
        shape: Any,
        *,
        title: str,
        needs: Needs,
        status: int = 200,
        writes: bool = True,
        body: str = "application/json",
        **more: Any,
    ) -> Callable[[Function], Function]:
        """Writes; or, with `writes=False`, asks what does not fit into an address."""
        told = Declared(needs, writes=writes, body=body, located=status in (201, 202), **more)
        return self._add("POST", path, {status: shape}, title, told)

    def patch(self, path: str, shape: Any, *, title: str, needs: Needs, **more: Any) -> Callable[[Function], Function]:
        """Changes some fields of a version that the caller has seen."""
        told = Declared(needs, versioned=True, body="application/json", **more)
        return self._add("PATCH", path, {200: shape}, title, told)

    def _add(self, method: str, path: str, shapes: dict[int, Any], title: str, told: Declared) -> Callable[[Function], Function]:
        def add(function: Function) -> Function:
            self.functions[method, path] = function
            self.router.add_api_operation(
                path, [method], function, response=shapes, summary=title, operation_id=f"{self.name}_{function.__name__}"
            )
            is_sent = told.sends is not None or _sends(function)
            function.declared = told if is_sent else replace(told, body="")  # type: ignore[attr-defined]
            return function

        return add
