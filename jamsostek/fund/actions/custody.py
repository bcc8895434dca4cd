"""Statements of custodians: kept as they came; what differs is explained by one person and confirmed by another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.fund.actions.price_files import LARGEST_BYTES, RETENTION, plain_name
from jamsostek.fund.actions.securities import check_example, need_keeper
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import Custody, Explanation
from jamsostek.fund.queries.custody import Kept, Matched, kept, reconciliation, statement
from jamsostek.ledger.chart import FUND_TITLES, PROGRAMMES
from jamsostek.messages.securities.reader import read_holdings

LONGEST_REASON = 1_000


def record_custody(
    *, content: bytes, file_name: str, fund: str, custodian: str, stated_on: dt.date, today: dt.date, invented: bool = False
) -> Custody:
    """Keeps what a custodian says it held for a fund at the end of a day; rows that cannot stand are told by `problems_of`.

    A statement is of the whole fund. The same file for the same fund and day is the same statement; another one of that day takes
    its place. Raises `FileUnreadable`, `InputError`, `Refused`.
    """
    need_keeper()
    check_example(invented)
    _check(content, fund, custodian, stated_on, today)
    name = plain_name(file_name, "kustodian")
    table = read_holdings(content, name, today=today)
    rows, problems = kept(table, stated_on=stated_on)
    if not rows:
        raise InputError(
            _("Tidak ada satu baris pun yang dapat dipakai."), field="file",
            remedy=problems[0].remedy if problems else _("Periksa apakah ini laporan posisi efek."),
        )  # fmt: skip
    digest = files.store(content, retention=RETENTION)
    left_out = len({one.row for one in problems if one.severity == "error"})
    made = _insert(digest, name, fund, custodian.strip(), stated_on, left_out, invented)
    if made is None:
        return Custody.objects.get(fund=fund, stated_on=stated_on, file_digest=digest)
    _insert_lines(made, rows)
    audit.record("fund.custody_recorded", "custody", made, fields=("file",))
    return statement(made)


def explain_difference(*, custody_id: int, code: str, reason: str) -> Explanation:
    """Says why a statement and our books differ in one instrument; it holds once another person has confirmed it."""
    need_keeper()
    user = _somebody()
    custody = statement(custody_id)
    line = _difference(custody, code)
    if line.standing != "open":
        raise InputError(
            _("Selisih ini sudah dijelaskan."), field="code", remedy=_("Lihat penjelasannya di halaman laporan itu.")
        )
    _check_reason(reason, _("Tulis mengapa berbeda, misalnya penyelesaian transaksi sehari kemudian."))
    nth = Explanation.objects.filter(custody=custody, code=line.code).count() + 1
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_explanation (custody_id, code, nth, units_here, units_there, reason, explained_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [custody.pk, line.code, nth, line.units_here, line.units_there, reason.strip(), user],
        )
        made = cursor.fetchone()[0]
    audit.record("fund.difference_explained", "difference", made, fields=("reason",))
    return Explanation.objects.get(pk=made)


def answer_explanation(*, explanation_id: int, confirmed: bool, reason: str = "") -> Explanation:
    """Confirms an explanation, another person than who gave it, or refuses it and says why. Raises `InputError`, `Refused`."""
    scope = current()
    if not (scope.may(Can.CHECK_TRADE) or scope.may(Can.APPROVE_FUND)):
        raise not_yours()
    user = _somebody()
    given = Explanation.objects.select_related("custody", "answer").filter(pk=explanation_id).first()
    if given is None:
        raise not_yours(_("Penjelasan ini tidak ada."))
    if getattr(given, "answer", None) is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    if confirmed and user == given.explained_by:
        raise Refused(
            _("Anda sendiri yang menjelaskannya."), remedy=_("Orang lain yang memeriksa penjelasan ini dan mengesahkannya.")
        )
    if confirmed:
        _refuse_stale(given)
    else:
        _check_reason(reason, _("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_explanationanswer (explanation_id, confirmed, reason, answered_by) VALUES (%s, %s, %s, %s)",
            [given.pk, confirmed, reason.strip()[:LONGEST_REASON], user],
        )
    action = "fund.difference_confirmed" if confirmed else "fund.difference_refused"
    audit.record(action, "difference", given.pk, fields=("reason",) if reason.strip() else ())
    return Explanation.objects.select_related("answer").get(pk=given.pk)


# --- inside -----------------------------------------------------------------------------------------------------------


def _check(content: bytes, fund: str, custodian: str, stated_on: dt.date, today: dt.date) -> None:
    if fund not in PROGRAMMES:
        raise InputError(
            _("Dana ini tidak dikenal."), field="fund", value=fund,
            remedy=_("Yang dapat: {kinds}.").format(kinds=", ".join(_(FUND_TITLES[one]) for one in PROGRAMMES)),
        )  # fmt: skip
    if not custodian.strip() or len(custodian) > 200:
        raise InputError(_("Nama bank kustodian belum diisi."), field="custodian", remedy=_("Tulis nama bank kustodiannya."))
    if stated_on > today:
        raise InputError(_("Tanggal ini belum tiba."), field="stated_on", value=stated_on, remedy=_("Periksa tanggalnya."))
    if len(content) > LARGEST_BYTES:
        raise InputError(
            _("Berkas lebih besar dari {size} MB.").format(size=LARGEST_BYTES >> 20), field="file",
            remedy=_("Bagi menjadi beberapa berkas."),
        )  # fmt: skip


def _somebody() -> int:
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus dilakukan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    return user


def _difference(custody: Custody, code: str) -> Matched:
    found = next((one for one in reconciliation(custody).lines if one.code == code.strip().upper()), None)
    if found is None or found.state == "agree":
        raise InputError(
            _("Tidak ada selisih untuk efek ini."), field="code", value=code, remedy=_("Lihat pencocokan di halaman laporan itu.")
        )
    return found


def _refuse_stale(given: Explanation) -> None:
    line = _difference(given.custody, given.code)
    if (line.units_here, line.units_there) != (given.units_here, given.units_there):
        raise InputError(
            _("Selisihnya sudah berubah sejak dijelaskan."), field="code", value=given.code,
            remedy=_("Tolak penjelasan ini; selisih yang sekarang dijelaskan lagi."),
        )  # fmt: skip


def _check_reason(reason: str, remedy: str) -> None:
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=remedy)
    if len(reason) > LONGEST_REASON:
        raise InputError(_("Alasannya terlalu panjang."), field="reason", remedy=_("Paling banyak 1.000 huruf."))


def _insert(
    digest: str, name: str, fund: str, custodian: str, stated_on: dt.date, left_out: int, invented: bool
) -> int | None:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_custody (fund, custodian, stated_on, file_digest, file_name, left_out, invented, recorded_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [fund, custodian, stated_on, digest, name, left_out, invented, current().user_id],
        )
        made = cursor.fetchone()
        return None if made is None else int(made[0])


def _insert_lines(custody_id: int, rows: list[Kept]) -> None:
    insert_rows(
        "fund_custodyline",
        {
            "custody_id": ("bigint", [custody_id] * len(rows)),
            "instrument_id": ("bigint", [one.instrument_id for one in rows]),
            "code": ("text", [one.code for one in rows]),
            "units": ("text", [format(one.units.quantize(Decimal("0.0001")), "f") for one in rows]),
            "value_rupiah": ("bigint", [one.value_rupiah for one in rows]),
        },
        casts={"units": "numeric"},
    )
