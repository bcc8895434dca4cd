"""What every operation passes: language, sign-in, limits, right, idempotency; then one transaction in the caller's scope.

An answer of 400 or more takes back whatever the operation wrote.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.scope import acting, nobody
from jamsostek.api import limits, repeats
from jamsostek.api.callers import CHALLENGE, Caller, NotAToken, caller_of
from jamsostek.api.limits import Standing
from jamsostek.api.operations import Declared, Function, declared, query_names
from jamsostek.api.problems import Problem, Wrong
from jamsostek.core.text import LANGUAGES, _, speaking

_log = logging.getLogger(__name__)
LARGEST_JSON = 1 << 20
LARGEST_FILE = 64 << 20
_NIK_IN_ADDRESS = re.compile(r"(?<!\d)\d{16}(?!\d)")
View = Callable[..., HttpResponse]


def guarded(view: View, functions: Mapping[str, Function]) -> View:
    """A view of django-ninja behind the API's own door; `functions` are its operations by method."""

    @wraps(view)
    def operation(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with in_language(request) as chosen:
            try:
                response = _answer(request, view, functions, address_of(request), args, kwargs)
            except Problem as problem:
                response = problem.response(request.id)  # type: ignore[attr-defined]
            except Exception:  # our fault: told in the same form, and written down for us
                _log.exception("%s %s", request.method, request.resolver_match and request.resolver_match.route)
                response = Problem(500, _("Terjadi kesalahan pada kami. Tidak ada yang tersimpan.")).response(request.id)  # type: ignore[attr-defined]
        response.headers["Content-Language"] = chosen
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    operation.door = frozenset({PUBLIC})  # type: ignore[attr-defined]
    operation.own_sign_in = True  # type: ignore[attr-defined]
    operation.own_scope = all(_is_signed(function) for function in functions.values())  # type: ignore[attr-defined]
    return operation


def _is_signed(function: Function) -> bool:
    told = declared(function)
    return told is not None and told.signed


@door(PUBLIC)
@csrf_exempt
def lost(request: HttpRequest) -> HttpResponse:
    """An address that the API does not know."""
    with in_language(request) as chosen:
        told = Problem(404, _("Alamat ini tidak ada."), _("Semua alamat: GET /api/v1/openapi.json."))
        response = told.response(request.id)  # type: ignore[attr-defined]
    response.headers["Content-Language"] = chosen
    return response


def _answer(
    request: HttpRequest, view: View, functions: Mapping[str, Function], address: str, args: Any, kwargs: Any
) -> HttpResponse:
    told = _declaration(request, functions)
    _check_address(request, functions[request.method or ""])
    now = timezone.now()
    if told.signed:
        return _by_signature(request, told, address, now, lambda: view(request, *args, **kwargs))
    caller, known = _sign_in(request, told, now, address)
    for one in known:
        if not one.left:
            raise one.problem()
    _check_right(caller, told)
    _check_body(request, told)
    response, counted = _acted(request, caller, told, lambda: view(request, *args, **kwargs), known, now)
    passed = next((one for one in counted if one.used > one.limit.most), None)
    if passed is not None:
        raise passed.problem()
    for name, value in counted[0].headers.items():
        response.headers[name] = value
    return response


def _by_signature(
    request: HttpRequest, told: Declared, address: str, now: dt.datetime, run: Callable[[], HttpResponse]
) -> HttpResponse:
    """An operation that sees by a signature who calls: a bank sends as much as comes; only who cannot sign is slowed down.

    It acts in a scope of its own, in a transaction of its own.
    """
    _check_body(request, told)
    response = run()
    if response.status_code == 401:
        with acting(nobody(request.id)):  # type: ignore[attr-defined]
            guesses = limits.count(limits.caller_key(f"address:{address}"), [limits.SIGN_IN], now)[0]
        if guesses.used > limits.SIGN_IN.most:
            raise guesses.problem()
    return response


def _acted(
    request: HttpRequest, caller: Caller, told: Declared, run: Callable[[], HttpResponse], known: list[Standing], now: dt.datetime
) -> tuple[HttpResponse, list[Standing]]:
    """The answer, and how far the limits are used with it. What is refused leaves its count and nothing else."""
    by, asked = limits.caller_key(caller.known_by), [one.limit for one in known]
    counted: list[Standing] = []
    with acting(caller.scope) as scope:
        request.scope = scope  # type: ignore[attr-defined]
        try:
            response = _once(request, told, run)
        except Problem as problem:
            response = problem.response(request.id)  # type: ignore[attr-defined]
        if response.status_code < 400:
            counted = limits.count(by, asked, now)
        if not counted or any(one.used > one.limit.most for one in counted):
            transaction.set_rollback(True)
            counted = []
    return response, counted or limits.count(by, asked, now)


def _declaration(request: HttpRequest, functions: Mapping[str, Function]) -> Declared:
    if request.method is None or request.method not in functions:
        allowed = ", ".join(sorted(functions))
        raise Problem(405, _("Alamat ini mengenal {methods}.").format(methods=allowed), headers={"Allow": allowed})
    found = declared(functions[request.method])
    if found is None:
        raise Problem(403, _("Tindakan ini belum menyebut hak yang diperlukannya."))
    return found


def _check_address(request: HttpRequest, function: Function) -> None:
    """A NIK in an address would stay in logs; a zero byte is no text; a filter that nobody knows would filter nothing."""
    asked = unquote_plus(request.get_full_path())
    if _NIK_IN_ADDRESS.search(asked):
        raise Problem(
            400, _("Alamat memuat nomor 16 angka."), _("Kirim NIK di dalam isi permintaan: POST /api/v1/participants/lookup.")
        )
    if "\0" in asked:
        raise Problem(400, _("Alamat memuat tanda yang bukan teks."))
    strange = sorted(set(request.GET) - query_names(function))
    if strange:
        told = Wrong(strange[0][:80], _("Isian ini tidak dikenal."))
        raise Problem(422, _("Alamat memuat isian yang tidak dikenal."), errors=(told,))


def _sign_in(request: HttpRequest, told: Declared, now: dt.datetime, address: str) -> tuple[Caller, list[Standing]]:
    """The caller, and how far their limits are used."""
    by_address = limits.caller_key(f"address:{address}")
    try:
        caller = caller_of(request, now, timezone.localdate(now), address)
    except NotAToken:
        if limits.count(by_address, [limits.SIGN_IN], now)[0].used > limits.SIGN_IN.most:
            raise Standing(limits.SIGN_IN, limits.SIGN_IN.most, now).problem() from None
        raise
    if caller.scope.user_id is None and told.needs != PUBLIC:
        raise Problem(
            401,
            _("Tindakan ini memerlukan token."),
            _("Kirim Authorization: Bearer jk_…; token dibuat di halaman akun Anda."),
            headers=CHALLENGE,
        )
    ordinary = limits.VISITOR if caller.scope.user_id is None else limits.CALLER
    return caller, limits.standing(limits.caller_key(caller.known_by), [ordinary, *told.limits], now)


def _check_right(caller: Caller, told: Declared) -> None:
    if isinstance(told.needs, str) or any(caller.scope.may(one) for one in told.needs):
        return
    raise Problem(
        403,
        _("Anda atau token ini tidak berhak: {right}.").format(right=", ".join(told.needs)),
        _("Pakai token dengan hak itu, atau minta hak akses kepada penyelia atau admin perusahaan Anda."),
    )


def _check_body(request: HttpRequest, told: Declared) -> None:
    if not told.body:
        return
    if request.content_type != told.body:
        raise Problem(415, _("Isi permintaan harus berupa {kind}.").format(kind=told.body), headers={"Accept-Post": told.body})
    largest = told.largest or (LARGEST_JSON if told.body == "application/json" else LARGEST_FILE)
    told_length = request.META.get("CONTENT_LENGTH") or "0"
    if told_length.isdecimal() and int(told_length) > largest:
        raise Problem(413, _("Isi permintaan lebih dari {size} MB.").format(size=largest >> 20))
    try:
        _read(request, told)
    except RequestDataTooBig:
        raise Problem(413, _("Isi permintaan lebih dari {size} MB.").format(size=largest >> 20)) from None
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError):
        raise Problem(400, _("Isi permintaan tidak utuh.")) from None


def _read(request: HttpRequest, told: Declared) -> object:
    return request.FILES if told.body == "multipart/form-data" else request.body


def _once(request: HttpRequest, told: Declared, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Runs the operation, or gives the answer that its key has already."""
    if told.versioned and not request.headers.get("If-Match"):
        raise Problem(
            428, _("Perubahan memerlukan If-Match."), _("Baca dahulu datanya, lalu kirim ETag yang diterima sebagai If-Match.")
        )
    if not told.writes:
        return run()
    user_id = request.scope.user_id  # type: ignore[attr-defined]
    claimed = repeats.claim(user_id, repeats.key_of(request), repeats.digest_of(request))
    if isinstance(claimed, HttpResponse):
        return claimed
    response = run()
    if response.status_code < 400:
        claimed.keep(response)
    return response


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the lock against guessing sees it; of IPv6 the network, for a visitor has many addresses."""
    told: str = import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)
    try:
        address = ip_address(told)
    except ValueError:
        return told
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else told


@contextmanager
def in_language(request: HttpRequest) -> Iterator[str]:
    """Speaks what Accept-Language asks for; Indonesian where it asks for nothing that we speak."""
    chosen = language_of(request)
    with speaking(chosen), translation.override(chosen):
        yield chosen


def language_of(request: HttpRequest) -> str:
    """'id' or 'en'."""
    for told, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if told.partition("-")[0] in LANGUAGES:
            return told.partition("-")[0]
    return "id"
