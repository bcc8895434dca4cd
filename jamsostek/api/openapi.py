"""The description of the API (OpenAPI 3.1), made from the operations and from what each declares of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninja import NinjaAPI

from jamsostek.api.operations import PUBLIC, Declared, Function, Resource, declared
from jamsostek.api.problems import MEDIA_TYPE, TITLES
from jamsostek.api.repeats import HEADER, PATTERN
from jamsostek.core.text import N_, _, language
from jamsostek.messages.bank import signature

PREFIX = "/api/v1"
ABOUT = N_(
    "Pendaftaran dan hukum jaminan sosial ketenagakerjaan untuk program lain. Hak dan jejaknya sama dengan portal. "
    "Bulan ditulis 2026-03, tanggal 2026-03-01, uang dalam rupiah bulat. NIK hanya di dalam isi permintaan, bukan di alamat."
)
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "value", "message", "remedy")},
            },
        },
    },
}
_TEXT = {"schema": {"type": "string"}}
_COUNT = {"schema": {"type": "string", "pattern": "^[0-9]+$"}}
_LIMITS = {f"RateLimit-{name}": _COUNT for name in ("Limit", "Remaining", "Reset")}


def description(service: NinjaAPI, resources: tuple[Resource, ...]) -> dict[str, Any]:
    """The whole description, in the language in force."""
    told: dict[str, Any] = dict(service.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    functions = {f"{one.name}_{function.__name__}": function for one in resources for function in one.functions.values()}
    paths = {
        path: {method: _operation(dict(op), functions[op["operationId"]]) for method, op in methods.items()}
        for path, methods in told["paths"].items()
    }
    schemas = {name: _said(schema) for name, schema in told["components"]["schemas"].items()}
    for says in map(declared, functions.values()):
        if says is not None and says.sends is not None:
            shape = says.sends.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= {name: _said(part) for name, part in {**shape.pop("$defs", {}), says.sends.__name__: shape}.items()}
    return {
        "openapi": told["openapi"],
        "info": {
            "title": "Jamsostek",
            "version": "1",
            "description": _(ABOUT),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": one.name, "description": _(one.title)} for one in resources],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "jk_…", "description": _(N_("Token API."))},
                "signature": {
                    "type": "apiKey", "in": "header", "name": signature.SIGNATURE,
                    "description": _(N_("Tanda tangan bank atas isi permintaan (Standard Webhooks, v1).")),
                },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "jamsostek_session",
                    "description": _(N_("Masuk lewat portal, dari peramban yang sama; penulisan memerlukan X-CSRFToken.")),
                },
            },
        },
    }  # fmt: skip


def _operation(told: dict[str, Any], function: Function) -> dict[str, Any]:
    says = declared(function)
    assert says is not None, told["operationId"]
    told = _said(told)
    told["summary"] = _(told["summary"])
    if language() != "en":  # the words of the code are English; people read the summary
        told.pop("description", None)
    told["parameters"] = [*told["parameters"], *_headers(says)]
    if says.sends is not None:
        shape = {"$ref": f"#/components/schemas/{says.sends.__name__}"}
        told["requestBody"] = {"content": {says.body: {"schema": shape}}, "required": True}
    told["responses"] = _responses(told["responses"], says)
    told["security"] = _security(says)
    told["x-needs"] = list(says.needs) if isinstance(says.needs, tuple) else says.needs
    return told


def _security(says: Declared) -> list[dict[str, list[str]]]:
    if says.signed:
        return [{"signature": []}]
    return [{}, {"token": []}, {"session": []}] if says.needs == PUBLIC else [{"token": []}, {"session": []}]


def _headers(says: Declared) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if says.writes:
        text = _(N_("Kunci baru untuk setiap tindakan; kunci yang sama untuk mengulanginya tanpa menulis dua kali."))
        schema = {"type": "string", "pattern": PATTERN}
        found.append({"in": "header", "name": HEADER, "required": True, "schema": schema, "description": text})
    if says.signed:
        found += _signed_headers()
    if says.versioned:
        text = _(N_("ETag dari bacaan terakhir."))
        least: dict[str, Any] = {"type": "string", "minLength": 1}
        found.append({"in": "header", "name": "If-Match", "required": True, "schema": least, "description": text})
    return found


def _signed_headers() -> list[dict[str, Any]]:
    """What is signed beside the body (Standard Webhooks); the signature itself is how the operation knows who calls."""
    told = (
        (signature.ID, r"^[!-\-/-~]{1,255}$", N_("Sama setiap kali pemberitahuan ini dikirim ulang; tanpa titik dan spasi.")),
        (signature.TIMESTAMP, "^[0-9]{1,12}$", N_("Detik sejak 1970 saat dikirim; paling jauh lima menit dari sekarang.")),
    )
    return [
        {"in": "header", "name": name, "required": True, "schema": {"type": "string", "pattern": pattern}, "description": _(text)}
        for name, pattern, text in told
    ]


def statuses(says: Declared) -> list[int]:
    """The problems an operation may answer with."""
    found = {400, 401, 403, 422, 429} | says.problems
    if says.body:
        found |= {413, 415}
    if says.writes or says.versioned:
        found |= {409}
    if says.versioned:
        found |= {412, 428}
    return sorted(found)


def _responses(given: Mapping[Any, Any], says: Declared) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, told in given.items():
        headers: dict[str, Any] = dict(_LIMITS)
        if says.located:
            headers["Location"] = _TEXT
        if says.writes:
            headers["Idempotent-Replay"] = _TEXT
        content = told.get("content", {})
        if says.gives != "application/json":
            content = {says.gives: {"schema": {"type": "string", "contentMediaType": says.gives}}}
        found[str(status)] = {**told, "headers": headers, **({"content": content} if content else {})}
    for status in statuses(says):
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        found[str(status)] = {"description": _(TITLES[status][1]), "content": content}
    return found


def _said(node: Any) -> Any:
    """A part of the description in the language in force: texts for people are translated, words of the code only in English."""
    if isinstance(node, list):
        return [_said(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: _said(value) for name, value in node.items() if name != "description" or not isinstance(value, str)}
    text = node.get("description")
    if isinstance(text, str) and (language() == "en" or "properties" not in node):
        found["description"] = _(" ".join(text.split()))
    return found
