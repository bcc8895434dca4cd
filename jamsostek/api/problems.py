"""What went wrong, as `application/problem+json` (RFC 9457) in the caller's language, with the way out of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from jamsostek.core.errors import InputError
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import N_, _

MEDIA_TYPE = "application/problem+json"
LONGEST = 80

TITLES: dict[int, tuple[str, str]] = {
    400: ("malformed", N_("Permintaan tidak dapat dibaca")),
    401: ("sign-in", N_("Belum masuk")),
    403: ("forbidden", N_("Tidak berhak")),
    404: ("not-found", N_("Tidak ditemukan")),
    405: ("method", N_("Metode tidak dikenal di alamat ini")),
    409: ("conflict", N_("Bertentangan dengan yang sudah ada")),
    412: ("changed", N_("Sudah diubah orang lain")),
    413: ("too-large", N_("Terlalu besar")),
    415: ("media-type", N_("Jenis isi tidak didukung")),
    422: ("input", N_("Isian perlu diperbaiki")),
    428: ("if-match", N_("Versi belum disebut")),
    429: ("too-many", N_("Terlalu sering")),
    500: ("ours", N_("Kesalahan pada kami")),
}
"""The last part of a problem's `type`, and its title."""

_HIDDEN = frozenset({"mother_name", "bank_account", "phone", "text", "token"})
"""Fields whose value is never repeated."""
_LONG_NUMBER = re.compile(r"\d(?:[\s.,'\u2010-\u2015\-]?\d){11,}")


def without_numbers(text: str) -> str:
    """A text in which no number of twelve digits or more, a NIK or an account, can be read."""
    return _LONG_NUMBER.sub(lambda found: mask_nik(re.sub(r"\D", "", found[0])), text)


@dataclass(frozen=True)
class Wrong:
    """One field that is wrong: what was seen (masked), what is wrong with it, and the way out."""

    field: str
    message: str
    value: str | None = None
    remedy: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Its members, those that say nothing left out."""
        members = {"field": self.field, "value": self.value, "message": self.message, "remedy": self.remedy}
        return {name: without_numbers(text) for name, text in members.items() if text is not None}


@dataclass(eq=False)
class Problem(Exception):
    """A request that cannot be answered as asked."""

    status: int
    detail: str
    remedy: str | None = None
    errors: tuple[Wrong, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, request_id: str = "") -> HttpResponse:
        """The answer to send."""
        name, title = TITLES[self.status]
        told: dict[str, Any] = {
            "type": f"/api/v1/#{name}",
            "title": _(title),
            "status": self.status,
            "detail": without_numbers(self.detail),
        }
        if self.remedy:
            told["remedy"] = without_numbers(self.remedy)
        if self.errors:
            told["errors"] = [one.as_dict() for one in self.errors]
        if request_id:
            told["instance"] = f"urn:jamsostek:request:{request_id[:8]}-{request_id[8:]}"  # sixteen signs may all be digits
        body = json.dumps(told, ensure_ascii=False)
        return HttpResponse(body, status=self.status, content_type=MEDIA_TYPE, headers=dict(self.headers))


def unknown(what: str = "") -> Problem:
    """Nothing there, or nothing that this caller may see; the two look the same."""
    return Problem(404, what or _("Tidak ada yang bernomor ini, atau tidak dalam wewenang Anda."))


def refused(error: InputError) -> Problem:
    """A refusal of the registry."""
    return Problem(403, error.message, error.remedy)


def of_input(errors: Iterable[InputError]) -> Problem:
    """Fields that a rule of the registry or the law refuses."""
    found = tuple(Wrong(one.field or "", one.message, _value(one), one.remedy) for one in errors)
    return Problem(422, " ".join(one.message for one in found), errors=found)


def _value(error: InputError) -> str | None:
    if error.value is None or (error.field or "") in _HIDDEN:
        return None
    return str(error.value)[:LONGEST]


# --- what pydantic finds ----------------------------------------------------------------------------------------------

_SAID: dict[str, str] = {
    "missing": N_("Isian ini wajib."),
    "extra_forbidden": N_("Isian ini tidak dikenal."),
    "string_type": N_("Harus berupa teks."),
    "string_unicode": N_("Teks ini bukan Unicode yang sah."),
    "string_too_long": N_("Lebih dari {max_length} huruf."),
    "string_too_short": N_("Kurang dari {min_length} huruf."),
    "string_pattern_mismatch": N_("Bentuknya lain dari yang diminta."),
    "int_type": N_("Harus berupa bilangan bulat."),
    "int_parsing": N_("Harus berupa bilangan bulat."),
    "int_from_float": N_("Harus berupa bilangan bulat."),
    "int_parsing_size": N_("Angka ini terlalu besar."),
    "bool_type": N_("Harus true atau false."),
    "bool_parsing": N_("Harus true atau false."),
    "enum": N_("Pilihan: {expected}."),
    "literal_error": N_("Pilihan: {expected}."),
    "greater_than_equal": N_("Paling sedikit {ge}."),
    "less_than_equal": N_("Paling banyak {le}."),
    "too_long": N_("Lebih dari {max_length} baris."),
    "dict_type": N_("Harus berupa objek JSON."),
    "model_type": N_("Harus berupa objek JSON."),
    "model_attributes_type": N_("Harus berupa objek JSON."),
    "list_type": N_("Harus berupa daftar JSON."),
}


def of_shape(found: Iterable[Mapping[str, Any]]) -> Problem:
    """What pydantic found wrong with the shape of a request."""
    wrong = tuple(_wrong(one) for one in found)
    return Problem(422, _("Isian tidak sesuai dengan bentuk yang diminta."), errors=wrong)


def _wrong(found: Mapping[str, Any]) -> Wrong:
    name = ".".join(str(part) for part in found["loc"] if not str(part).startswith("function-"))[:LONGEST]
    context = found.get("ctx") or {}
    error = context.get("error")
    if isinstance(error, InputError):
        return Wrong(name, error.message, None if name in _HIDDEN else _value(error), error.remedy)
    text = _SAID.get(found["type"])
    if "expected" in context:  # pydantic's own words are English: 'm' or 'f'
        context = {"expected": ", ".join(re.findall(r"'([^']*)'", context["expected"]))}
    return Wrong(name, _(text).format(**context) if text else _("Isian ini tidak dapat dibaca."))
