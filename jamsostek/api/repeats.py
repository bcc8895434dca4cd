"""A write sent twice under one key happens once: the key is unique in the transaction of its effect, and kept."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from jamsostek.access.models import DoneRequest
from jamsostek.access.vault import blind_index
from jamsostek.api.problems import Problem, Wrong
from jamsostek.core.text import _

HEADER = "Idempotency-Key"
PATTERN = r"^[A-Za-z0-9._:\-]{8,120}$"
KEPT_HEADERS = ("Location", "ETag")


@dataclass(frozen=True)
class Claim:
    """A key taken for this request; the answer is written to it when there is one."""

    row_id: int

    def keep(self, response: HttpResponse) -> None:
        """Keeps the answer in the transaction of the effect."""
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        answer = {"body": response.content.decode(), "headers": headers}
        DoneRequest.objects.filter(pk=self.row_id).update(status=response.status_code, answer=answer)


def key_of(request: HttpRequest) -> str:
    """The key a write came with; raises a 400 without one."""
    key = request.headers.get(HEADER, "")
    if re.fullmatch(PATTERN, key):
        return key
    wrong = Wrong(HEADER, _("Kunci ini belum ada atau bentuknya lain."), None, _("8 sampai 120 huruf, angka, titik, garis."))
    raise Problem(
        400,
        _("Setiap penulisan memerlukan Idempotency-Key."),
        _("Kirim kunci baru untuk setiap tindakan, dan kunci yang sama saat mengulang tindakan itu."),
        errors=(wrong,),
    )


def claim(user_id: int, key: str, digest: bytes) -> Claim | HttpResponse:
    """The key taken, or the answer it has already. Waits for another request with the same key to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_donerequest (user_id, key, request_digest, status, answer, at)"
            " VALUES (%s, %s, %s, 0, %s, now()) ON CONFLICT (user_id, key) DO NOTHING RETURNING id",
            [user_id, key, digest, json.dumps({})],
        )
        row = cursor.fetchone()
    if row is not None:
        return Claim(row[0])
    done = DoneRequest.objects.get(user_id=user_id, key=key)
    if bytes(done.request_digest) != digest:
        raise Problem(
            409,
            _("Kunci ini sudah dipakai untuk permintaan lain."),
            _("Pakai kunci baru; kunci yang sama hanya untuk mengulang permintaan yang sama persis."),
        )
    return _again(done)


def _again(done: DoneRequest) -> HttpResponse:
    headers = {**done.answer["headers"], "Idempotent-Replay": "true"}
    return HttpResponse(done.answer["body"], status=done.status, content_type="application/json; charset=utf-8", headers=headers)


def digest_of(request: HttpRequest) -> bytes:
    """What makes a request the same: method, address and content. Keyed, for a content may hold a NIK."""
    told = hashlib.sha256()
    for part in (request.method or "", request.get_full_path()):
        told.update(f"{part}\0".encode("utf-8", "surrogateescape"))
    if request.content_type == "multipart/form-data":  # its boundary is another one each time
        told.update(json.dumps(_form(request), sort_keys=True).encode())
    else:
        told.update(request.body)
    return blind_index("api_request", told.hexdigest())


def _form(request: HttpRequest) -> dict[str, Any]:
    fields: dict[str, Any] = dict(request.POST.lists())
    for name, files in request.FILES.lists():
        fields[f"file:{name}"] = [_file(one) for one in files]
    return fields


def _file(given: Any) -> str:
    told = hashlib.sha256()
    for chunk in given.chunks():
        told.update(chunk)
    given.seek(0)
    return f"{given.name}:{told.hexdigest()}"
