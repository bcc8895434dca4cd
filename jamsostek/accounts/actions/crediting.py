"""The return of a month, credited to every JHT account: begun once, done part by part, ended when all parts are there.

A part is the participants of a range of ids: their lines, balances, the group in the ledger and the note that the part is done
are one transaction. Whatever is killed, the next run does the parts that are missing, and what it writes does not depend on
who did which part when. Two processes at once: the one that holds the lock works, the other says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from django.db import connection, transaction

from jamsostek import law
from jamsostek.access import audit
from jamsostek.access.background import alone
from jamsostek.access.roles import Can
from jamsostek.access.rows import copy_in, copy_out
from jamsostek.access.scope import Scope, acting, current, system_scope
from jamsostek.accounts.actions.lines import open_month
from jamsostek.accounts.earning import RULE, Earned, Overdrawn, earned
from jamsostek.accounts.errors import refusals
from jamsostek.accounts.models import Crediting, CreditingPart, LineKind, Programme
from jamsostek.accounts.queries.crediting import LOCK
from jamsostek.accounts.queries.rates import Rate, declared_rate
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, last_day, month_of
from jamsostek.core.text import N_, _
from jamsostek.ledger.actions import Leg, Posting, post
from jamsostek.registry.queries.registers import kpj_in_sight

PART_SIZE, MOST_PARTS = 250_000, 64
"""Ids of one part: so many are in memory at a time, and done again after a kill. More of them, rather than more parts than this:
each part is two tables a month, for ever."""
ACTOR = N_("Pengkreditan JHT")
_LINES_LOCK = 820_211

_BEFORE = """
    SELECT participant_id, balance_rupiah, year_return_rupiah FROM accounts_balance
    WHERE month = %s AND participant_id > %s AND participant_id <= %s
"""
_LINES = """
    SELECT participant_id, kind, effective_on, amount_rupiah FROM accounts_line
    WHERE month = %s AND programme = 1 AND participant_id > %s AND participant_id <= %s
"""


def begin(*, month: int, today: dt.date, part_size: int | None = None) -> Crediting:
    """Begins the run of a month, or gives back the one that was begun and has not ended.

    From here on nothing more is written into the month's JHT lines. Raises `Refused`; `InputError` where the month is not over,
    was credited, has one before it that was not, where no rate is declared for it, or where the law changed since the run began.
    """
    current().need(Can.CLOSE_BOOKS)
    run = Crediting.objects.filter(pk=month).first()
    if run is not None:
        return _again(run)
    if month >= month_of(today):
        raise InputError(
            _("Bulan {month} belum berakhir.").format(month=format_month(month)), field="month", value=month,
            remedy=_("Kreditkan hasil JHT sesudah bulan itu berakhir."),
        )  # fmt: skip
    rate = declared_rate(month)
    with transaction.atomic(), refusals():
        open_month(month)
        last = _last_participant(month)
        size = part_size or max(PART_SIZE, -(-last // MOST_PARTS))
        _insert(month, rate, size, -(-last // size))
        audit.record("accounts.crediting_begun", "period", month, fields=("rate_ppm",))
    return Crediting.objects.get(pk=month)


def _insert(month: int, rate: Rate, part_size: int, parts: int) -> None:
    figures = law.figures_in_force(RULE, month)
    stands_on = rate.declaration.id if rate.declaration else None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_crediting (month, rate_ppm, rate_id, law_digest, figures, part_size, parts, started_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [month, rate.ppm, stands_on, figures["digest"], json.dumps(figures), part_size, parts, current().user_id],
        )


def _again(run: Crediting) -> Crediting:
    if run.ended_at is not None:
        raise InputError(
            _("Hasil JHT bulan {month} sudah dikreditkan.").format(month=format_month(run.month)), field="month", value=run.month,
            remedy=_("Lihat hasilnya di halaman pengkreditan."),
        )  # fmt: skip
    _refuse_other_law(run)
    return run


def _refuse_other_law(run: Crediting) -> None:
    """Parts of one run stand under one law."""
    changes = law.differences(run.figures, law.figures_in_force(RULE, run.month))
    if changes:
        raise InputError(
            _("Hukum berubah sejak pengkreditan {month} dimulai: {changes}.").format(
                month=format_month(run.month), changes="; ".join(one.text() for one in changes)
            ),
            remedy=_("Selesaikan dengan versi perangkat lunak yang memulainya; perubahannya menjadi koreksi di bulan terbuka."),
        )


def _last_participant(month: int) -> int:
    """The largest id with a JHT account. Whoever still writes lines is waited for, and comes later than this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINES_LOCK])
        cursor.execute(
            "SELECT greatest((SELECT max(participant_id) FROM accounts_balance WHERE month = %s),"
            " (SELECT max(participant_id) FROM accounts_line WHERE month = %s AND programme = 1), 0)",
            [add_months(month, -1), month],
        )
        return int(cursor.fetchone()[0])


def credit(*, month: int, told: Callable[[int, int], None] = lambda _done, _parts: None) -> Crediting:
    """Does what is left of a run that was begun, and ends it. `told` hears how many parts are done, of how many.

    Not inside a transaction: each part is one. Raises `InputError` where another process is at it, or an account cannot be
    credited.
    """
    with alone(LOCK, month) as mine:
        if not mine:
            raise InputError(
                _("Pengkreditan {month} sedang dijalankan proses lain.").format(month=format_month(month)),
                remedy=_("Tunggu sampai selesai; kemajuannya ada di halaman pengkreditan."),
            )
        run = _begun(month)
        if run.ended_at is None:
            _refuse_other_law(run)
            scope = Scope(run.started_by, ACTOR, system=True)
            for part in range(1, run.parts + 1):
                with refusals(), acting(scope):
                    _credit_part(run, part)
                told(part, run.parts)
            with refusals(), acting(scope):
                _end(run)
        return _begun(month)


def _begun(month: int) -> Crediting:
    with acting(system_scope(ACTOR)):
        run = Crediting.objects.filter(pk=month).first()
    if run is None:
        raise InputError(
            _("Pengkreditan {month} belum dimulai.").format(month=format_month(month)), remedy=_("Mulai dari kantor pusat.")
        )
    return run


def _credit_part(run: Crediting, part: int) -> None:
    """One part, unless it is done."""
    with connection.cursor() as cursor:
        # What a crash of the server could lose is a whole part with its note, so the next run writes it again.
        cursor.execute("SET LOCAL synchronous_commit TO off")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, run.month])
    if CreditingPart.objects.filter(month=run.month, part=part).exists():
        return
    first, last = (part - 1) * run.part_size, part * run.part_size
    before = copy_out(_BEFORE, [add_months(run.month, -1), first, last])
    lines = copy_out(_LINES, [run.month, first, last])
    found = _earned(run, before, lines)
    if len(found.participant_id):
        _write(run, part, found)
    _note(run, part, found)


def _earned(run: Crediting, before: object, lines: object) -> Earned:
    """What they earned; an account that cannot be credited is named by its number."""
    try:
        rate_ppm = None if run.rate_id is None else run.rate_ppm
        return earned(run.month, before, lines, rate_ppm=rate_ppm)  # type: ignore[arg-type]
    except Overdrawn as error:
        raise InputError(
            _("Saldo JHT peserta {kpj} kurang dari nol pada {month}.").format(
                kpj=kpj_in_sight(error.participant_id) or error.participant_id, month=format_month(run.month)
            ),
            remedy=_("Periksa baris peserta itu, lalu lanjutkan pengkreditan."),
        ) from error


def _write(run: Crediting, part: int, found: Earned) -> None:
    """The group, the lines of those who earned something, and everybody's balance."""
    total, day = int(found.credited_rupiah.sum()), last_day(run.month)
    if total:
        legs = (Leg("credited:jht", "members:jht", total),)
        posting = Posting(f"return:{run.month}:{part}", "jht_return", day, legs)
        post(posting)
        gets = found.credited_rupiah > 0
        _load(
            "accounts_line", run.month, part,
            group_id=("bigint", posting.group_id), participant_id=("bigint", found.participant_id[gets]),
            programme=("smallint", Programme.JHT), for_month=("int", run.month), kind=("smallint", LineKind.RETURN),
            source_id=("bigint", 0), amount_rupiah=("bigint", found.credited_rupiah[gets]), effective_on=("date", day),
        )  # fmt: skip
    _load(
        "accounts_balance", run.month, part,
        participant_id=("bigint", found.participant_id), balance_rupiah=("bigint", found.balance_rupiah),
        year_return_rupiah=("bigint", found.year_return_rupiah), return_rupiah=("bigint", found.return_rupiah),
    )  # fmt: skip


def _load(table: str, month: int, part: int, **columns: tuple[str, object]) -> None:
    """A leaf beside its table, filled, checked whole by the database, and attached."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_begin_leaf(%s, %s, %s)", [table, month, part])
        leaf = cursor.fetchone()[0]
        copy_in(leaf, {"month": ("int", month), "part": ("int", part), **columns}, fresh=True)  # type: ignore[dict-item]
        cursor.execute("SELECT ledger_attach_leaf(%s, %s, %s)", [table, month, part])


def _note(run: Crediting, part: int, found: Earned) -> None:
    sums = [found.credited_rupiah, found.balance_rupiah, found.year_return_rupiah]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_creditingpart (month, part, accounts, return_rupiah, balance_rupiah, year_return_rupiah)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [run.month, part, len(found.participant_id), *(int(one.sum()) for one in sums)],
        )


def _end(run: Crediting) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_crediting SET ended_at = now() WHERE month = %s AND ended_at IS NULL", [run.month])
        if cursor.rowcount:
            audit.record("accounts.crediting_ended", "period", run.month)


def stop(*, month: int, problem: str) -> None:
    """Keeps why a run stopped, for whoever takes it up again."""
    with acting(system_scope(ACTOR)), connection.cursor() as cursor:
        cursor.execute("INSERT INTO accounts_creditingstop (month, problem) VALUES (%s, %s)", [month, problem])


__all__ = ["PART_SIZE", "begin", "credit", "stop"]
