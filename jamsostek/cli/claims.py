"""`jamsostek claims`: what waits and what is late, one claim, where it stands, what it comes to and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli import month as months
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, looked, say
from jamsostek.cli.screen import console
from jamsostek.cli.signed import signed
from jamsostek.core import numbers
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import format_month
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.claims.computing import Assessed, Part
    from jamsostek.claims.models import Claim
    from jamsostek.claims.queries.cases import Case, Waiting
    from jamsostek.claims.queries.simulating import Scenario

group = typer.Typer(help="Klaim: daftar, antrean, satu klaim, dan hitungannya sampai pasalnya.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Nomor klaim, 12 angka.")]
State = Annotated[str | None, typer.Option(help="Hanya yang di keadaan ini, misalnya submitted.")]
Kind = Annotated[str | None, typer.Option(help="Hanya jenis ini, misalnya jkm.")]
Region = Annotated[int | None, typer.Option(metavar="CODE", help="Hanya kabupaten atau kota ini.")]
Most = Annotated[int, typer.Option(min=1, max=100_000, help="Sebanyak-banyaknya sekian.")]
Format = Annotated[str, typer.Option(help="text atau json.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="claims")


# --- lists --------------------------------------------------------------------------------------------------------------


@group.command("list", help="Klaim yang sudah dikirim, yang terbaru di atas.")
def listing(state: State = None, kind: Kind = None, most: Most = 50) -> None:
    """Status 1 when there is none."""
    with installation("claims list") as now:
        from jamsostek.claims.choices import Kind as Kinds
        from jamsostek.claims.choices import State as States
        from jamsostek.claims.queries import cases, outside

        today = now.astimezone(JAKARTA).date()
        rows = outside.listed(state=_one_of(States, state), kind=_one_of(Kinds, kind), today=today)
        found = cases.waiting(list(rows.exclude(submitted_on=None)[:most]), today)
        _looked(found, "list")
    _table(found)


@group.command("queue", help="Klaim yang terbuka menurut urutan layanannya.")
def queue(state: State = None, kind: Kind = None, region: Region = None, most: Most = 50) -> None:
    """Status 1 when nobody waits."""
    _queue("queue", state, kind, region, most, late=False)


@group.command("late", help="Klaim yang lewat hari terakhirnya menurut undang-undang, yang terlama di atas.")
def late(kind: Kind = None, region: Region = None, most: Most = 50) -> None:
    """Status 1 when none is late."""
    _queue("late", None, kind, region, most, late=True)


def _queue(command: str, state: str | None, kind: str | None, region: int | None, most: int, *, late: bool) -> None:
    with installation(f"claims {command}") as now:
        from jamsostek.claims.choices import Kind as Kinds
        from jamsostek.claims.choices import State as States
        from jamsostek.claims.queries import cases

        today = now.astimezone(JAKARTA).date()
        rows = cases.queue(state=_one_of(States, state), kind=_one_of(Kinds, kind), regency=region, late=late, today=today)
        found = cases.waiting(list(rows[:most]), today)
        _looked(found, command)
    _table(found)


def _one_of(names: Any, given: str | None) -> Any:
    if given is None:
        return None
    if given not in list(names):
        raise unknown_name(_("Nama"), given, [str(one) for one in names])
    return names(given)


def _looked(found: Sequence[Waiting], command: str) -> None:
    looked([one.claim.participant_id for one in found], ("name", "claim"), f"jamsostek claims {command}")


def _table(found: Sequence[Waiting]) -> None:
    if not found:
        say(_("Tidak ada klaim seperti itu."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Nomor"), _("Jenis"), _("Nama"), _("Wilayah"), _("Dikirim"), _("Keadaan"), _("Hari terakhir")):
        table.add_column(title)
    table.add_column(_("Sisa hari"), justify="right")
    for one in found:
        claim = one.claim
        table.add_row(
            claim.number, one.kind_title, one.name, months.place(claim.regency_code), _day(claim.submitted_on), one.state_words,
            _day(claim.due_on), "" if one.left is None else format_number(one.left),
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)


def _day(day: Any) -> str:
    return "–" if day is None else str(day.isoformat())


# --- one of them --------------------------------------------------------------------------------------------------------


@group.command("track", help="Di mana sebuah klaim berada, seperti melacak paket.")
def track(number: Number) -> None:
    """The six steps, who acts now, and the money."""
    with installation("claims track"):
        from jamsostek.claims.queries import tracking

        claim = _claim(number)
        looked([claim.participant_id], ("claim",), "jamsostek claims track")
        told = tracking.tracked(claim)
        money = [(one.words, one.rupiah, one.paid_on) for one in told.money]
    table = Table(title=f"{told.kind_title} {claim.number}: {told.state_words}")
    for title in (_("Tahap"), _("Keadaan"), _("Tanggal")):
        table.add_column(title)
    words = {"done": _("selesai"), "now": _("sekarang"), "next": ""}
    for step in told.steps:
        table.add_row(
            step.title, words[step.state], _day(step.on) if step.on else "", style="bold" if step.state == "now" else ""
        )
    console().print(table, highlight=False)
    say(f"{told.acts}: {told.told}" if told.acts else told.told)
    for text, rupiah, paid_on in money:
        say(f"{format_rupiah(rupiah)} {text.lower()} {_day(paid_on) if paid_on else ''}".strip())


@group.command("show", help="Satu klaim: fakta, syarat, berkas, penerima, pembayaran; nomor rahasia tertutup bintang.")
def show(number: Number, format: Format = "text") -> None:
    """All that an office sees; the person finds in their trail that somebody looked."""
    _refuse_format(format)
    with installation("claims show") as now:
        from jamsostek.claims.queries import cases

        claim = _claim(number)
        looked([claim.participant_id], ("claim",), "jamsostek claims show")
        told = _told(cases.case(claim, today=now.astimezone(JAKARTA).date()))
    if format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    say(f"{told['title']} {told['number']}: {told['state']}")
    for title, names in (
        ("facts", (_("Fakta"), _("Nilai"), _("Dari mana"))), ("conditions", (_("Syarat"), _("Keadaan"), _("Fakta"), _("Pasal"))),
        ("papers", (_("Berkas"), _("Keadaan"))), ("parties", (_("Nama"), _("Hubungan"), _("Rekening"), _("Keadaan"))),
        ("parts", (_("Bagian"), _("Bulan"), _("Jumlah"))), ("payouts", (_("Bagian"), _("Bulan"), _("Jumlah"), _("Keadaan"))),
    ):  # fmt: skip
        _section(names, told[title])


def _section(names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(box=None)
    for name in names:
        table.add_column(name)
    for row in rows:
        table.add_row(*(format_rupiah(value) if key == "rupiah" else str(value) for key, value in row.items()))
    console().print(table, highlight=False, markup=False)


def _told(case: Case) -> dict[str, Any]:
    from jamsostek.claims.actions.parties import account_number
    from jamsostek.claims.choices import KIN, PAYOUTS, PayoutState
    from jamsostek.claims.queries.cases import component_title
    from jamsostek.claims.queries.payouts import starred

    claim = case.claim
    return {
        "number": claim.number, "kind": claim.kind, "title": case.kind_title, "state": case.state_words,
        "facts": [{"title": one.title, "value": one.words, "source": one.source} for one in case.facts if one.known is not None],
        "conditions": [
            {"title": one.title_words, "met": one.met_words, "fact": one.fact_words, "article": one.article_words}
            for one in case.now.conditions
        ],
        "papers": [{"title": one.title, "state": one.state} for one in case.papers],
        "parties": [
            {
                "name": one.name, "kin": _(KIN[one.kin]), "account": f"{one.account_bank} {starred(account_number(one))}".strip()
                if one.account_state else "", "account_state": one.account_state,
            }
            for one in case.parties
        ],
        "parts": [_part(one) for one in case.now.parts],
        "payouts": [
            {
                "title": component_title(one.component), "month": format_month(one.month),
                "rupiah": one.gross_rupiah - one.tax_rupiah, "state": _(PAYOUTS[PayoutState(one.state)]),
            }
            for one in case.payouts
        ],
    }  # fmt: skip


def _part(one: Part) -> dict[str, Any]:
    from jamsostek.claims.queries.cases import component_title

    return {"title": component_title(one.component), "month": format_month(one.month), "rupiah": one.rupiah}


# --- what it comes to ---------------------------------------------------------------------------------------------------


@group.command("assess", help="Hitung sebuah klaim dari yang diketahui sekarang; dengan --keep disimpan atas nama Anda.")
def assess(
    number: Number,
    keep: Annotated[str | None, typer.Option(metavar="REASON", help="Simpan, dan mengapa; memerlukan JAMSOSTEK_TOKEN.")] = None,
) -> None:
    """Writes nothing unless it is to be kept; that is done by somebody who signs with their token."""
    if keep is not None:
        with signed() as now:
            from jamsostek.claims.actions import work

            made = work.assess(claim_id=_claim(number).pk, because=keep, today=now.astimezone(JAKARTA).date())
        say(_("Hitungan {number} disimpan: {rupiah}.").format(number=made.number, rupiah=format_rupiah(made.rupiah)))
        return
    with installation("claims assess") as now:
        from jamsostek.claims.queries.knowing import comes_to

        claim = _claim(number)
        looked([claim.participant_id], ("claim",), "jamsostek claims assess")
        found = comes_to(claim, today=now.astimezone(JAKARTA).date())
        _assessed(found)


def _assessed(found: Assessed) -> None:
    from jamsostek.law.entitlement import OUTCOME_WORDS

    say(_(OUTCOME_WORDS[found.outcome]))
    conditions = [
        {"title": one.title_words, "met": one.met_words, "fact": one.fact_words, "article": one.article_words}
        for one in found.conditions
    ]  # fmt: skip
    _section((_("Syarat"), _("Keadaan"), _("Fakta"), _("Pasal")), conditions)
    _section((_("Bagian"), _("Bulan"), _("Jumlah")), [_part(one) for one in found.parts])
    say(_("Sekaligus: {rupiah}").format(rupiah=format_rupiah(found.rupiah)))


@group.command("simulate", help="Andai terjadi sesuatu pada seorang peserta: yang akan dibayar menurut catatan hari ini.")
def simulate(
    kpj: Annotated[str, typer.Argument(metavar="KPJ", help="Nomor peserta, 11 angka.")], format: Format = "text"
) -> None:
    """An estimate; writes nothing. The person finds in their trail that somebody looked."""
    _refuse_format(format)
    with installation("claims simulate") as now:
        from jamsostek.claims.queries import simulating
        from jamsostek.registry.models import Participant

        person = Participant.objects.filter(kpj=numbers.check("kpj", kpj)).first()
        if person is None:
            raise InputError(_("Nomor peserta ini tidak ada."), field="kpj", value=kpj, remedy=_("Periksa kartunya."))
        looked([person.pk], ("claim",), "jamsostek claims simulate")
        told = [_scenario(one) for one in simulating.scenarios(person.pk, today=now.astimezone(JAKARTA).date())]
    if format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in told:
        say(f"{one['title']} ({one['on']})")
        _section((_("Bagian"), _("Bulan"), _("Jumlah")), one["parts"])
        _section((_("Syarat"), _("Fakta"), _("Pasal")), one["in_the_way"])


def _scenario(one: Scenario) -> dict[str, Any]:
    return {
        "key": one.key, "title": one.title, "on": one.on.isoformat(), "outcome": str(one.outcome),
        "parts": [_part(line.part) for line in one.lines],
        "in_the_way": [{"title": c.title_words, "fact": c.fact_words, "article": c.article_words} for c in one.wrong],
        "notes": list(one.notes),
    }  # fmt: skip


@group.command("explain", help="Setiap bagian klaim sampai pasalnya: aturan, isian, langkah, angka hukum.")
def explain(number: Number, format: Format = "text") -> None:
    """What was decided; where nothing was decided yet, what it comes to now. Status 1 where there is nothing to explain."""
    _refuse_format(format)
    with installation("claims explain") as now:
        claim = _claim(number)
        looked([claim.participant_id], ("claim",), "jamsostek claims explain")
        parts = _parts(claim, now.astimezone(JAKARTA).date())
        told = [_explained(one, format) for one in parts]
    if format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        say("\n\n".join(told) if told else _("Belum ada yang dapat dijelaskan."))
    if not told:
        raise typer.Exit(1)


def _parts(claim: Claim, today: Any) -> Sequence[Part]:
    from jamsostek.claims.queries import cases, desk
    from jamsostek.claims.queries.knowing import comes_to

    made = desk.standing_decision(claim)
    if made is None:
        return comes_to(claim, today=today).parts
    return cases.parts_of(made.assessment) if made.approve else []


def _explained(part: Part, format: str) -> Any:
    """A part with the rules behind its inputs before it, and its tax after it."""
    every = [*part.basis_explained(), part.explained(), part.tax_explained()]
    if format == "json":
        return {**_part(part), "law_digest": part.digest, "explained": [one.as_dict() for one in every if one is not None]}
    head = f"{_part(part)['title']}: {format_rupiah(part.rupiah)}"
    return "\n\n".join([head, *([_(part.source)] if part.source else []), *(one.text() for one in every if one is not None)])


def _refuse_format(format: str) -> None:
    if format not in ("text", "json"):
        raise unknown_name("--format", format, ("text", "json"))


def _claim(number: str) -> Claim:
    from jamsostek.claims.queries.cases import claim_by_number

    if not number.isdecimal():
        raise InputError(_("Nomor klaim terdiri dari 12 angka."), remedy=_("Salin dari tanda terima."))
    return claim_by_number(numbers.check("claim", number))
