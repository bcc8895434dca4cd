"""What the API says of itself: for programs, and for people who write them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.api.door import in_language
from jamsostek.api.openapi import PREFIX, description
from jamsostek.api.problems import TITLES
from jamsostek.api.v1.service import RESOURCES, build
from jamsostek.core.text import _, language, speaking


@cache
def described(chosen: str) -> dict[str, Any]:
    """The description in a language; made once."""
    with speaking(chosen):
        return description(build(), RESOURCES)


@door(PUBLIC)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description as JSON, in the language asked for."""
    with in_language(request) as chosen:
        body = json.dumps(described(chosen), ensure_ascii=False)
    headers = {"Content-Language": chosen, "Cache-Control": "public, max-age=600", "Vary": "Accept-Language"}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)


@dataclass(frozen=True)
class Line:
    """One operation, as the page shows it."""

    method: str
    path: str
    summary: str
    needs: str
    key: str
    statuses: str
    sends: tuple[tuple[str, str, str], ...]
    """Name, kind and text of each field of what is sent."""


@dataclass(frozen=True)
class Group:
    """The operations of a resource."""

    name: str
    title: str
    lines: tuple[Line, ...]


@door(PUBLIC)
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """All operations on one page, without a script."""
    told = described(language())
    context = {
        "title": _("API untuk program lain"),
        "about": told["info"]["description"],
        "groups": [Group(one["name"], one["description"], tuple(_lines(told, one["name"]))) for one in told["tags"]],
        "problems": [(status, name, _(title)) for status, (name, title) in sorted(TITLES.items())],
    }
    return render(request, "api/reference.html", context)


def _lines(told: dict[str, Any], tag: str) -> Iterator[Line]:
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            if tag in one["tags"]:
                yield Line(
                    method=method.upper(),
                    path=path.removeprefix(PREFIX),
                    summary=one["summary"],
                    needs=_needs(one["x-needs"]),
                    key=next((p["name"] for p in one["parameters"] if p["in"] == "header"), ""),
                    statuses=", ".join(one["responses"]),
                    sends=tuple(_sends(told, one)),
                )


def _needs(given: list[str] | str) -> str:
    if isinstance(given, list):
        return ", ".join(given)
    return _("tanpa masuk") if given == PUBLIC else _("siapa pun yang sudah masuk")


def _sends(told: dict[str, Any], one: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for given in one["parameters"]:
        if given["in"] == "query":
            yield given["name"], _kind(given["schema"]), given.get("description", "")
    for content in one.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(told, content["schema"])
        required = schema.get("required", [])
        for name, field in schema.get("properties", {}).items():
            yield f"{name} *" if name in required else name, _kind(field), field.get("description", "")


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = told["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    parts = [_kind(one) for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if parts:
        return " | ".join(parts)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type", ""))
