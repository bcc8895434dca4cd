"""`jamsostek coverage forecast` and `jamsostek coverage plan`: where members are heading, and what must be true. No database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.installation import set_up_django
from jamsostek.cli.registry import say
from jamsostek.cli.screen import console, percent
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.rupiah import format_decimal, format_number, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.coverage.levers import Plan
    from jamsostek.coverage.nation_history import Outlook
    from jamsostek.coverage.starts import Members, Start


def register(group: typer.Typer) -> None:
    """Adds both commands to the group `coverage`."""
    group.command("forecast", help="Perkiraan peserta aktif sampai suatu tahun, dan galatnya di masa lalu.")(forecast_command)
    group.command("plan", help="Jalan termurah ke sebuah bagian dari orang yang bekerja.")(plan_command)


def forecast_command(
    until: Annotated[int, typer.Option(min=2026, max=2060, help="Sampai akhir tahun ini.")] = 2030,
    way: Annotated[str, typer.Option("--way", help="last, last_growth, drift, logistic, flows; kosong: yang paling tepat.")] = "",
    growth: Annotated[
        float | None, typer.Option(min=-2, max=5, help="Pertumbuhan orang bekerja setahun, persen; kosong: anggapan kami.")
    ] = None,
) -> None:
    """The projection year by year, and the back-test that chose its way."""
    from jamsostek.coverage.forecast import WAYS
    from jamsostek.coverage.nation_history import GROWTH, outlook

    if way and way not in WAYS:
        raise unknown_name(_("Cara memperkirakan"), way, list(WAYS))
    told = outlook(way=way, growth=GROWTH if growth is None else growth / 100, last_year=until)
    _print_years(told)
    _print_test(told)


def _millions(value: float) -> str:
    return format_decimal(value / 1_000_000)


def _print_years(told: Outlook) -> None:
    table = Table(box=None)
    table.add_column(_("Akhir tahun"))
    for title in (_("Juta peserta aktif"), _("80 dari 100"), _("95 dari 100"), _("Juta orang bekerja")):
        table.add_column(title, justify="right")
    for one in told.told:
        table.add_row(
            str(round(one.time) - 1), _millions(one.middle), f"{_millions(one.low_80)} – {_millions(one.high_80)}",
            f"{_millions(one.low_95)} – {_millions(one.high_95)}", _millions(one.most),
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)


def _print_test(told: Outlook) -> None:
    from jamsostek.coverage.forecast import WAY_TITLES

    table = Table(box=None)
    table.add_column(_("Cara"))
    years = sorted(told.scores[0].by_years)
    for title in (*(_("{years} tahun").format(years=one) for one in years), _("Rata-rata")):
        table.add_column(title, justify="right")
    for score in told.scores:
        mark = " *" if score.way == told.way else ""
        table.add_row(
            _(WAY_TITLES[score.way]) + mark, *(percent(score.by_years[one]) for one in years), percent(score.mean)
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)
    chosen = told.score(told.way)
    say(
        _("* dipakai. Galat mutlak rata-rata pada 2016 sampai 2024; {inside} dari angka di dalam rentang 80.").format(
            inside=percent(chosen.inside_80, 0)
        )
    )


def plan_command(
    share: Annotated[float, typer.Argument(metavar="SHARE", min=0.1, max=100, help="Sasaran, persen dari orang yang bekerja.")],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Tercapai pada akhir tahun ini.")],
    region: Annotated[int, typer.Option("--region", help="Kode provinsi, kabupaten, atau kota; 0: Indonesia.")] = 0,
    members: Annotated[
        str, typer.Option("--members", help="published atau registry; kosong: terbitan, bila tidak ada daftar pemasangan ini.")
    ] = "",
    own: Annotated[
        str | None, typer.Option("--own", metavar="PU,BPU,LAPSED", help="Peserta menurut catatan Anda sendiri: tiga angka.")
    ] = None,
    budget: Annotated[int | None, typer.Option("--budget", min=0, help="Batas anggaran iuran setahun, rupiah.")] = None,
    first: Annotated[int | None, typer.Option("--first", help="Tahun pertama rencana; biasanya tahun depan.")] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="NAME=VALUE", help="Ganti satu anggapan, seperti campaign_keep=0.7; boleh berulang."),
    ] = None,
) -> None:
    """What each year must deliver, and what that costs; status 1 where the goal is out of reach."""
    from dataclasses import replace

    from jamsostek.coverage.assumptions import Assumed
    from jamsostek.coverage.levers import Goal, next_percent, plan
    from jamsostek.coverage.starts import PUBLISHED, REGISTRY, start_of

    if members not in ("", PUBLISHED, REGISTRY):
        raise unknown_name(_("Dasar peserta"), members, [PUBLISHED, REGISTRY])
    set_up_django()  # only for the folder of the snapshot: no database is read
    begin = first or dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).year + 1
    assumed = replace(Assumed(budget_rupiah=budget), **_given(assume or []))
    start, goal = start_of(region, begin, basis=members, own=_own(own)), Goal(share / 100, year, begin)
    made = plan(start, assumed, goal)
    _print_start(start)
    _print_plan(made)
    if not made.reachable:
        last = made.years[-1]
        say(
            _("Tidak terjangkau: pada akhir {year} paling jauh {reached}, kurang {short} orang.").format(
                year=year, reached=percent(made.share), short=format_number(last.short)
            )
        )
        raise typer.Exit(1)
    more = next_percent(start, assumed, goal)
    say(
        _("Seluruhnya {rupiah}; satu persen berikutnya {more}.").format(
            rupiah=format_rupiah(made.rupiah), more=_("tidak terjangkau") if more is None else format_rupiah(more)
        )
    )


def _own(text: str | None) -> Members | None:
    """`120,45,30` as members. Raises: InputError."""
    from jamsostek.coverage.starts import Members

    if text is None:
        return None
    parts = [one.strip() for one in text.split(",")]
    if len(parts) != 3 or not all(one.isdecimal() for one in parts):
        raise InputError(_("Tulis tiga bilangan bulat dipisah koma."), field="own", value=text)
    return Members(*map(int, parts))


def _print_start(start: Start) -> None:
    """Where the plan sets out, and how that is known."""
    from jamsostek.coverage.starts import BASES

    say(
        _("Titik berangkat: {active} peserta aktif dari {workers} orang bekerja ({basis}{when}).").format(
            active=format_number(start.active), workers=format_number(start.workers), basis=_(BASES[start.basis]).lower(),
            when=f", {start.as_of}" if start.as_of else "",
        )
    )  # fmt: skip
    if start.workers_assumed:
        say(_("Orang bekerja adalah anggapan: angka provinsi dibagi menurut penduduk 2024."))


def _given(assume: list[str]) -> dict[str, Any]:
    """`campaign_keep=0.7` as the assumption and its value. Raises: InputError naming what cannot be read."""
    from jamsostek.coverage.assumptions import Assumed

    found: dict[str, Any] = {}
    for text in assume:
        name, _sign, value = text.partition("=")
        if name not in Assumed.__dataclass_fields__:
            raise unknown_name(_("Anggapan"), name, list(Assumed.__dataclass_fields__))
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        growth = name.endswith("_growth")
        if not (-0.05 <= number <= 0.05 if growth else 0 <= number <= (10**15 if name.endswith("_rupiah") else 1)):
            raise InputError(_("Nilai anggapan ini tidak masuk akal."), field=name, value=value)
        found[name] = round(number) if name.endswith("_rupiah") else number
    return found


def _print_plan(made: Plan) -> None:
    from jamsostek.coverage.levers import LEVER_TITLES, LEVERS

    table = Table(box=None)
    table.add_column(_("Akhir tahun"))
    for title in (_("Harus ada"), _("Akan ada"), *(_(LEVER_TITLES[one]) for one in LEVERS), _("Biaya")):
        table.add_column(title, justify="right")
    for one in made.years:
        figures = (one.needed, one.had, *one.persons)
        table.add_row(str(one.year), *map(format_number, figures), format_rupiah(sum(one.rupiah)))
    console().print(table, highlight=False, markup=False)
