"""The yearly rate where the law's data have none: one person declares it with its source, another confirms it.

Rows are never changed. A correction is a further declaration for months that are not credited yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.accounts.errors import refusals
from jamsostek.accounts.models import Crediting
from jamsostek.accounts.queries.rates import Declaration, declarations, known_to_law
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import _

MOST_PPM = 200_000
"""As the law's rule takes it: 20 % a year."""


@dataclass(frozen=True)
class NewRate:
    """What is declared: the yearly rate for the months from `from_month` to December, and where it was published.

    `decree` and `decreed_on` are the number and day of the decision, both or neither. `invented` marks an example, which only
    an installation for demonstrations takes.
    """

    from_month: int
    rate_ppm: int
    source: str
    decree: str = ""
    decreed_on: dt.date | None = None
    invented: bool = False


def takes_examples() -> bool:
    """Whether this installation is one for demonstrations: money of real people never stands on an invented rate."""
    return bool(get_user_model().objects.filter(is_demo=True).exists())


def declare(new: NewRate) -> Declaration:
    """Writes a rate down; it holds once another person has confirmed it. Raises `InputError`, `Refused`."""
    current().need(Can.RUN_MONTH)
    _check(new)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_rate (from_month, rate_ppm, source, decree, decreed_on, invented, declared_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [new.from_month, new.rate_ppm, new.source.strip(), new.decree.strip(), new.decreed_on, new.invented,
             current().user_id],
        )  # fmt: skip
        (made,) = declarations(ids=[cursor.fetchone()[0]])
    audit.record("accounts.rate_declared", "rate", made.id, fields=("rate_ppm",))
    return made


def _check(new: NewRate) -> None:
    if not 0 <= new.rate_ppm <= MOST_PPM:
        raise InputError(
            _("Tingkat setahun harus antara 0 dan {most}.").format(most=format_percent(MOST_PPM)), field="rate",
            value=new.rate_ppm, remedy=_("Tulis dalam persen setahun, misalnya 5,63."),
        )  # fmt: skip
    if not new.source.strip():
        raise InputError(_("Sumbernya belum diisi."), field="source", remedy=_("Tulis di mana tingkat ini diumumkan."))
    if bool(new.decree.strip()) != (new.decreed_on is not None):
        raise InputError(
            _("Nomor keputusan dan tanggalnya diisi bersama."), field="decree", remedy=_("Isi keduanya, atau kosongkan keduanya.")
        )
    if new.invented and not takes_examples():
        raise InputError(
            _("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Catat tingkat yang sungguh diumumkan.")
        )
    known = known_to_law(new.from_month)
    if known is not None:
        raise InputError(
            _("Data hukum sudah memuat tingkat {month}: {rate}.").format(
                month=format_month(new.from_month), rate=format_percent(known)
            ),
            field="from_month", remedy=_("Angka itu yang dipakai; perbaikannya ada di data hukum."),
        )  # fmt: skip
    _refuse_credited(new.from_month)


def _refuse_credited(from_month: int) -> None:
    newest = Crediting.objects.order_by("-month").values_list("month", flat=True).first()
    if newest is not None and from_month <= newest:
        raise InputError(
            _("Hasil JHT bulan {month} sudah dikreditkan.").format(month=format_month(from_month)), field="from_month",
            value=from_month, remedy=_("Catat tingkatnya mulai bulan yang belum dikreditkan."),
        )  # fmt: skip


def answer(*, rate_id: int, confirmed: bool, reason: str = "") -> Declaration:
    """Confirms a declaration, another person than who declared it; or refuses it and says why. Raises as `declare`."""
    current().need(Can.CLOSE_BOOKS)
    asked = next(iter(declarations(ids=[rate_id])), None)
    if asked is None:
        raise not_yours(_("Catatan tingkat ini tidak ada."))
    if asked.confirmed is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus disahkan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    if confirmed:
        if user == asked.declared_by:
            raise Refused(
                _("Anda sendiri yang mencatatnya."), remedy=_("Orang lain yang memeriksa sumbernya dan mengesahkannya.")
            )
        _refuse_credited(asked.from_month)
    elif not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_rateanswer (rate_id, confirmed, reason, answered_by) VALUES (%s, %s, %s, %s)",
            [rate_id, confirmed, reason.strip(), user],
        )
    audit.record("accounts.rate_confirmed" if confirmed else "accounts.rate_refused", "rate", rate_id, reason=reason.strip())
    return declarations(ids=[rate_id])[0]


__all__ = ["MOST_PPM", "NewRate", "answer", "declare", "takes_examples"]
