"""The parts of the monthly page in words: tiles, tables, reasons. A group of fewer than five people is not told."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from jamsostek.collection.queries.visits import Firm
from jamsostek.core.months import add_months
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah, format_share
from jamsostek.core.text import _
from jamsostek.coverage.denominators import denominator
from jamsostek.outreach import plan
from jamsostek.outreach.queries.half_figures import LEAST, one_told
from jamsostek.outreach.queries.half_figures import told as tellable
from jamsostek.outreach.queries.monthly import VISITED_FIRMS, VISITED_VILLAGES, Monthly, Place
from jamsostek.portal.coverage.denominators import about, share_words
from jamsostek.portal.coverage.history import source_link
from jamsostek.portal.coverage.words import moment
from jamsostek.portal.officer.shown import SEGMENTS
from jamsostek.portal.screens import Column, Fact, Link, Tile, status_tag, table
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.screens.words import short_rupiah, signed
from jamsostek.portal.templatetags.words import regions_name

OF_WHOM = ("ucj", "labour_force", "employed")
"""Definitions that a region's people are held against; the first known of them where none was published."""


def some(count: int | None) -> str:
    """`12`, `kurang dari 5`, or that it is not told because it would tell a small one beside it."""
    if count is None:
        return _("tidak disebut")
    told = one_told(count)
    return _("kurang dari {least}").format(least=LEAST) if told is None else format_number(told)


# --- where we are -----------------------------------------------------------------------------------------------------------


def tiles(found: Monthly) -> list[Tile]:
    """The headline."""
    now, before, year_ago = (found.count(name) for name in ("now", "before", "year_ago"))
    ending = found.changes.ends_now + found.changes.ends_next
    themselves = sum(one.now for one in found.segments if one.segment == "bpu_self")
    shown = [
        Tile(
            _("Orang terlindungi"), format_number(now),
            _("{more} dari sebulan sebelumnya, {most} dari setahun sebelumnya").format(
                more=signed(now - before), most=signed(now - year_ago)
            ) + (_("; tanpa {count} orang yang membayar sendiri").format(count=some(themselves)) if themselves else ""),
            tone="good",
        ),
        Tile(_("Perempuan"), some(found.count("now", "f")), format_share(found.count("now", "f"), now)),
        Tile(
            _("Segera berakhir"), format_number(ending),
            _("sesudah {first} atau {second}").format(
                first=month_words(found.month), second=month_words(add_months(found.month, 1))
            ),
            tone="warn" if ending else "good",
        ),
        Tile(
            _("Ditemukan belum terlindungi"), some(found.found), _("tercatat di program, belum didaftarkan"),
            reverse("programmes:home"), "warn" if found.found else "good",
        ),
    ]  # fmt: skip
    if found.money is not None:
        left = sum(one.left_rupiah for one in found.money)
        shown.append(Tile(_("Sisa dana"), short_rupiah(left), tone="info"))
    return shown


def of_whom(region: int, month: int, now: int) -> Table:
    """Of how many: what was published for the region by each definition; else its labour force, as we assume it."""
    found = [one for name in OF_WHOM if (one := denominator(region, month, name))]
    told = [one for one in found if one.status != "assumed"] or found[:1]
    columns = [
        Column(_("Pengertian"), lambda one: _(one.title)),
        Column(_("Orang"), lambda one: format_number(one.persons), number=True),
        Column(_("Terlindungi"), lambda one: share_words(now, one.persons), number=True),
        Column(_("Kapan"), lambda one: moment(one.as_of)),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), source_link),
        Column(_("Catatan"), about),
    ]
    return table(_("Dari berapa pekerja"), columns, told)


def segments(found: Monthly) -> Table | None:
    """By way of cover: both sexes, women, and before."""
    names = [name for name in SEGMENTS if any(one.segment == name for one in found.segments)]

    def people(field: str) -> Mapping[str, int | None]:
        return tellable({
            name: sum(getattr(one, field) for one in found.segments if one.segment == name) for name in names
        })  # fmt: skip

    def women(name: str) -> int | None:
        sexes = {"m": 0, "f": 0} | {
            sex: sum(one.now for one in found.segments if (one.segment, one.sex) == (name, sex)) for sex in "mf"
        }
        return tellable(sexes)["f"]

    now, before, year_ago = people("now"), people("before"), people("year_ago")
    columns = [
        Column(_("Cara"), lambda name: _(SEGMENTS[name])),
        Column(_("Bulan ini"), lambda name: some(now[name]), number=True),
        Column(_("Perempuan"), lambda name: some(women(name)), number=True),
        Column(_("Sebulan sebelumnya"), lambda name: some(before[name]), number=True),
        Column(_("Setahun sebelumnya"), lambda name: some(year_ago[name]), number=True),
    ]
    return table(_("Menurut cara terlindungi"), columns, names) if names else None


def changes(found: Monthly) -> list[Fact]:
    """What changed since the month before, and the edge ahead."""
    it, after = found.changes, month_words(add_months(found.month, 1))
    people = _("{count} orang")
    return [
        Fact(_("Baru terlindungi"), people.format(count=format_number(it.joined))),
        Fact(_("Terlindungi lagi"), people.format(count=format_number(it.returned))),
        Fact(_("Berakhir"), people.format(count=format_number(it.ended))),
        Fact(_("Didaftarkan lewat program"), people.format(count=format_number(it.enrolled))),
        Fact(
            _("Berakhir sesudah {month}").format(month=month_words(found.month)), people.format(count=format_number(it.ends_now))
        ),
        Fact(_("Berakhir sesudah {month}").format(month=after), people.format(count=format_number(it.ends_next))),
    ]


# --- where to go ------------------------------------------------------------------------------------------------------------


def _with_change(now: int, before: int) -> str:
    """`532 (-1)`; without the difference where it would tell a few people."""
    return some(now) if None in (one_told(now), one_told(before)) else f"{format_number(now)} ({signed(now - before)})"


def village_reason(one: Place) -> str:
    """Why a village is on the list, in a sentence or two."""
    told = []
    if one.found:
        told.append(_("{count} orang ditemukan dan belum didaftarkan.").format(count=some(one.found)))
    if one.ending:
        told.append(_("Perlindungan {count} orang berakhir dalam dua bulan.").format(count=some(one.ending)))
    if not one.now:
        told.append(_("Belum ada seorang pun yang terlindungi."))
    return " ".join(one[:1].upper() + one[1:] for one in told)


def firm_reason(one: Firm) -> str:
    """Why a firm is on the list."""
    told = []
    if one.months:
        told.append(
            _("Iuran terlambat {months} bulan, {bills} tagihan.").format(months=one.months, bills=format_number(one.bills))
        )
    if one.unregistered:
        told.append(
            _("Menurut daftar lain, {count} pekerja belum terdaftar; mintalah penjelasan.").format(
                count=format_number(one.unregistered)
            )
        )
    if one.case:
        told.append(_("Kasus sanksinya terbuka di kantor cabang."))
    return " ".join(told)


def villages(found: Monthly, names: Mapping[int, str], query: str) -> Table | None:
    """The ten villages, numbered."""
    rows = list(enumerate(found.places[:VISITED_VILLAGES], 1))

    def name(row: tuple[int, Place]) -> str:
        code = row[1].code
        told = names.get(code, str(code))
        return f"{row[0]}. {told}" if found.region > 100 else f"{row[0]}. {told}, {regions_name(code // 1_000_000)}"

    def act(row: tuple[int, Place]) -> Link | str:
        one = row[1]
        if one.programme is None:
            return Link(_("Program perlindungan"), reverse("programmes:home"))
        return Link(_("Daftar calon"), f"{reverse('programmes:candidates', args=[one.programme])}?desa={one.code}")

    def letter(row: tuple[int, Place]) -> Link:
        return Link(_("Surat (PDF)"), reverse("strategy:month_village", args=[found.region, row[1].code]) + query)

    columns = [
        Column(_("Desa"), name),
        Column(_("Alasan"), lambda row: village_reason(row[1])),
        Column(_("Terlindungi (beda sebulan)"), lambda row: _with_change(row[1].now, row[1].before), number=True),
        Column(_("Bertindak"), act),
        Column(_("Kepada kepala desa"), letter),
    ]
    return table(_("Desa yang didatangi"), columns, rows) if rows else None


def firms(found: Monthly, query: str) -> Table | None:
    """The five firms, numbered."""
    rows = list(enumerate(found.firms[:VISITED_FIRMS], 1))

    def letter(row: tuple[int, Firm]) -> Link:
        return Link(_("Surat (PDF)"), reverse("strategy:month_firm", args=[found.region, row[1].npp]) + query)

    columns = [
        Column(_("Perusahaan"), lambda row: f"{row[0]}. {row[1].name}"),
        Column(_("NPP"), lambda row: format_public("npp", row[1].npp)),
        Column(_("Alasan"), lambda row: firm_reason(row[1])),
        Column(_("Pekerja terdaftar"), lambda row: format_number(row[1].workers), number=True),
        Column(_("Kepada pimpinan"), letter),
    ]
    return table(_("Perusahaan yang didatangi"), columns, rows) if rows else None


# --- money ------------------------------------------------------------------------------------------------------------------


def money(found: Monthly) -> Table | None:
    """Sources of open programmes."""
    columns = [
        Column(_("Sumber"), lambda one: Link(one.title, reverse("programmes:money", args=[one.programme]))),
        Column(_("Jenis dana"), lambda one: _(plan.KINDS[one.kind])),
        Column(_("Sisa dana"), lambda one: format_rupiah(one.left_rupiah), number=True),
        Column(_("Dibayari"), lambda one: some(one.people), number=True),
        Column(_("Cukup untuk lagi"), lambda one: _("{count} orang").format(count=format_number(one.more)), number=True),
        Column(_("Membayar sampai"), lambda one: month_words(one.to_month)),
    ]
    return table(_("Sisa dana tiap sumber"), columns, found.money) if found.money else None


def cliff(found: Monthly) -> str:
    """Whether cover ends with the year."""
    if not found.year_end:
        return ""
    year = found.month // 100
    return _(
        "{count} orang dibayari hanya sampai Desember {year}."
        " Tanpa keputusan baru, mereka tidak terlindungi mulai Januari {next}."
    ).format(count=some(found.year_end), year=year, next=year + 1)
