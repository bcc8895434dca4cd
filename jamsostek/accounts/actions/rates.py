"""The yearly rate where the law's data have none: one person declares it with its source, another confirms it.

Rows are never changed. A correction is a further declaration for months that are not credited yet. None lies below the floor that
is recorded for its months (`accounts.actions.floors`), and where none is recorded, that comes first.
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
from jamsostek.accounts.queries.floors import floor_from
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
    an installation for demonstrations takes. `hands` says who may declare and confirm it (`HANDS`).
    """

    from_month: int
    rate_ppm: int
    source: str
    decree: str = ""
    decreed_on: dt.date | None = None
    invented: bool = False
    hands: str = "books"


HANDS: dict[str, tuple[Can, Can]] = {"books": (Can.RUN_MONTH, Can.CLOSE_BOOKS), "fund": (Can.PROJECT, Can.APPROVE_FUND)}
"""Who declares and who confirms: the books write down what was published, the fund decides on a proposal."""


def takes_examples() -> bool:
    """Whether this installation is one for demonstrations: money of real people never stands on an invented rate."""
    return bool(get_user_model().objects.filter(is_demo=True).exists())


def declare(new: NewRate) -> Declaration:
    """Writes a rate down; it holds once another person has confirmed it. Raises `InputError`, `Refused`."""
    current().need(HANDS[new.hands][0])
    _check(new)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_rate (from_month, rate_ppm, source, decree, decreed_on, invented, hands, declared_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [new.from_month, new.rate_ppm, new.source.strip(), new.decree.strip(), new.decreed_on, new.invented, new.hands,
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
    _check_decree(new.decree, new.decreed_on)
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
    _refuse_below(new.from_month, new.rate_ppm)


def _check_decree(decree: str, decreed_on: dt.date | None) -> None:
    if bool(decree.strip()) != (decreed_on is not None):
        raise InputError(
            _("Nomor keputusan dan tanggalnya diisi bersama."), field="decree", remedy=_("Isi keduanya, atau kosongkan keduanya.")
        )


def _refuse_below(from_month: int, rate_ppm: int) -> None:
    """PP 46/2015 Pasal 27 ayat (3). The database refuses the same; here it is said at the field."""
    least = floor_from(from_month)
    if least is None:
        raise InputError(
            _("Rata-rata bunga deposito bank pemerintah untuk {month} belum dicatat.").format(month=format_month(from_month)),
            field="from_month", value=from_month,
            remedy=_("Kantor pusat atau aktuaris mencatatnya dahulu di halaman Bunga deposito; orang lain mengesahkannya."),
        )  # fmt: skip
    if rate_ppm < least:
        raise InputError(
            _("Tingkat {rate} di bawah rata-rata bunga deposito bank pemerintah, {least}.").format(
                rate=format_percent(rate_ppm), least=format_percent(least)
            ),
            field="rate", value=rate_ppm, remedy=_("PP 46/2015 Pasal 27 ayat (3): paling sedikit sebesar itu."),
        )  # fmt: skip


def _refuse_credited(from_month: int) -> None:
    newest = Crediting.objects.order_by("-month").values_list("month", flat=True).first()
    if newest is not None and from_month <= newest:
        raise InputError(
            _("Hasil JHT bulan {month} sudah dikreditkan.").format(month=format_month(from_month)), field="from_month",
            value=from_month, remedy=_("Catat tingkatnya mulai bulan yang belum dikreditkan."),
        )  # fmt: skip


def answer(
    *, rate_id: int, confirmed: bool, reason: str = "", decree: str = "", decreed_on: dt.date | None = None
) -> Declaration:
    """Confirms a declaration, another person than who declared it; or refuses it and says why. Raises as `declare`.

    `decree` and `decreed_on` where the decision gets them only now.
    """
    asked = next(iter(declarations(ids=[rate_id])), None)
    current().need(HANDS[asked.hands if asked else "books"][1])
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
        _refuse_below(asked.from_month, asked.rate_ppm)
        _check_decree(decree, decreed_on)
    elif not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_rateanswer (rate_id, confirmed, reason, answered_by, decree, decreed_on)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [rate_id, confirmed, reason.strip(), user, decree.strip(), decreed_on],
        )
    audit.record("accounts.rate_confirmed" if confirmed else "accounts.rate_refused", "rate", rate_id, reason=reason.strip())
    return declarations(ids=[rate_id])[0]


__all__ = ["HANDS", "MOST_PPM", "NewRate", "answer", "declare", "takes_examples"]
