"""An edition as everybody reads it: its days, who competes, what is announced; its rules and every version of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards import outcome
from jamsostek.awards.choices import AGGREGATIONS, EDITION_STATES, LEVELS, MISSING, NORMALISATIONS, SUBJECTS, EditionState
from jamsostek.awards.comparing import AREAS, Difference, differences
from jamsostek.awards.edition import Category, Edition, Weighed, told
from jamsostek.awards.queries import results
from jamsostek.awards.queries.editions import Standing, versions
from jamsostek.awards.queries.entries import entries
from jamsostek.awards.queries.results import ResultRow
from jamsostek.awards.reading import read
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number, format_percent
from jamsostek.core.text import _
from jamsostek.portal.award.committee.contents import who_may
from jamsostek.portal.award.committee.told import difference_table
from jamsostek.portal.award.frame import edition_of, sample_words, screen
from jamsostek.portal.award.public.home import ceremony
from jamsostek.portal.award.shown import area_words, contest_url, criterion_words, is_firm, measure_words
from jamsostek.portal.coverage.grid import PLACES, WEST, Class, Map, Place, class_of
from jamsostek.portal.screens import Column, Empty, Fact, Link, Table, Tag, Tile, export, paged, table, with_query
from jamsostek.portal.screens.words import NOTHING, date, moment, month

HONOURS = [1, 2, 3, 4, 6, 7]
ENTRY_STATES_SHOWN = ("accepted",)


def public_edition(code: str) -> Standing:
    """An edition that was opened once; a page that does not exist where it was not."""
    found = edition_of(code)
    if found.state not in (EditionState.OPEN, EditionState.CLOSED):
        raise Http404
    return found


def edition_link(one: Standing) -> Link:
    """The way up from an edition's pages."""
    return Link(told(one.says.title), reverse("award:edition", args=[one.code]))


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, edition: str) -> HttpResponseBase:
    """An edition: three dates, categories, and what was announced."""
    one = public_edition(edition)
    public = announced(one)
    gone = annulled(one)
    honoured = [(row, place) for row in public for place in outcome.winners_in(row.said)]
    context = {
        "sample": sample_words(one),
        "facts": _facts(one),
        "tiles": _tiles(one, public, honoured),
        "table": _contests(one, public),
        "annulled": _annulled(one, gone) if gone else None,
        "categories": _categories(one),
        "map": _map(one, honoured) if honoured else None,
        "empty": Empty(_("Hasil belum diumumkan"), _("Hasil tampak di sini sesudah panitia mengumumkannya.")),
        "rules": reverse("award:rules", args=[one.code]),
        "nominees": reverse("award:nominees", args=[one.code]),
        "export_url": f"{reverse('award:honoured', args=[one.code])}?bentuk=",
        "charts": True,
    }
    return screen(request, "public/edition.html", context, title=told(one.says.title), here="award:home")


def announced(one: Standing) -> list[ResultRow]:
    """Results of an edition that are public and hold, by level, area and category."""
    public = results.publications(one.id)
    return [row for row in results.decided(one.id) if results.place_of(row.level, row.area) in public]


def annulled(one: Standing) -> list[ResultRow]:
    """Results of an edition that were public and annulled, while no other took their place; by level, area and category."""
    public = results.publications(one.id)
    return [row for row in results.annulled(one.id) if results.place_of(row.level, row.area) in public]


def _annulled(one: Standing, gone: Sequence[ResultRow]) -> Table:
    columns = [
        Column(_("Lomba"), lambda row: Link(_category_name(one, row), contest_url(one.code, *row.of))),
        Column(_("Tingkat"), lambda row: _(LEVELS[row.level])),
        Column(_("Di"), lambda row: area_words(one.says, row.level, row.area)),
        Column(_("Dibatalkan karena"), lambda row: row.annulled_why),
    ]
    return table(_("Hasil dibatalkan"), columns, gone)


def _category_name(one: Standing, row: ResultRow) -> str:
    return one.says.categories[row.category].name if row.category in one.says.categories else row.category


def _facts(one: Standing) -> list[Fact]:
    days = one.says.days
    words = _("{first} sampai {last}")
    return [
        Fact(_("Tahun yang dinilai"), str(one.says.assessment_year)),
        Fact(_("Sebutan"), one.says.label),
        Fact(_("Penyerahan"), ceremony(one)),
        Fact(_("Keadaan"), _(EDITION_STATES[one.state])),
        Fact(_("Bulan ukuran"), month(one.says.measured_month)),
        Fact(_("Bulan pembanding"), month(one.says.baseline_month)),
        Fact(_("Pencalonan"), words.format(first=date(days.nominate_from), last=date(days.nominate_until))),
        Fact(_("Bukti paling lambat"), date(days.evidence_until)),
        *(Fact(_("Penilaian juri, {level}").format(level=_(LEVELS[level]).lower()), _("sampai {day}").format(day=date(day)))
          for level, day in days.marks_until.items()),
        Fact(_("Versi aturan"), Link(str(one.version), f"{reverse('award:rules', args=[one.code])}#versi")),
    ]  # fmt: skip


def _tiles(one: Standing, public: Sequence[ResultRow], honoured: Sequence[Any]) -> list[Tile]:
    competing = sum(row.state in ENTRY_STATES_SHOWN and row.promoted_from_id is None for row in entries(one.id))
    return [
        Tile(_("Kategori"), format_number(len(one.says.categories))),
        Tile(_("Calon yang diterima"), format_number(competing), url=reverse("award:nominees", args=[one.code])),
        Tile(_("Lomba yang diumumkan"), format_number(len(public))),
        Tile(_("Penerima penghargaan"), format_number(len(honoured))),
    ]


def _contests(one: Standing, public: Sequence[ResultRow]) -> Table:
    columns = [
        Column(_("Lomba"), lambda row: Link(one.says.category(row.category).name, contest_url(one.code, *row.of))),
        Column(_("Tingkat"), lambda row: _(LEVELS[row.level])),
        Column(_("Di"), lambda row: area_words(one.says, row.level, row.area)),
        Column(_("Penerima"), lambda row: _names(row)),
        Column(_("Calon"), lambda row: format_number(len(row.said["rows"])), number=True),
    ]
    return table(_("Hasil yang diumumkan"), columns, public)


def _names(row: ResultRow) -> str:
    found = outcome.winners_in(row.said)
    return "; ".join(f"{place['place']}. {place['name']}" for place in found) or _("tidak ada pemenang")


def _categories(one: Standing) -> Table:
    columns = [
        Column(_("Kategori"), lambda row: Link(row.name, f"{reverse('award:rules', args=[one.code])}#{row.key}")),
        Column(_("Yang dinilai"), lambda row: _(SUBJECTS[row.subject])),
        Column(_("Diputuskan"), lambda row: "; ".join(_stage(stage) for stage in row.stages)),
        Column(_("Ukuran"), lambda row: format_number(len(row.criteria)), number=True),
    ]
    return table(_("Kategori"), columns, one.says.categories.values())


def _stage(stage: Any) -> str:
    words = _("{level}, {area}: {count} penerima")
    text = words.format(level=_(LEVELS[stage.level]).lower(), area=_(AREAS[stage.area]).lower(), count=stage.winners)
    return text if not stage.promoted else _("{stage}, {count} maju").format(stage=text, count=stage.promoted)


def _map(one: Standing, honoured: Sequence[Any]) -> Map:
    counts = Counter(int(place["province"]) for _row, place in honoured)
    url = reverse("award:honoured", args=[one.code])
    placed = {
        (x, y): Place(
            short, PROVINCES[code].name, format_number(counts[code]) if counts[code] else NOTHING, f"{url}?provinsi={code}",
            class_of(counts[code] or None, HONOURS),
        )
        for code, (short, x, y) in PLACES.items()
    }  # fmt: skip
    bounds = ["1", "2", "3", "4–5", _("6 atau lebih")]
    return Map(
        _("Penerima per provinsi"),
        [placed.get((x, y)) for y in range(7) for x in range(WEST)],
        [placed.get((x, y)) for y in range(7) for x in range(WEST, 15)],
        [*(Class(at, text) for at, text in enumerate(bounds, 1)), Class(0, _("tidak ada"))],
    )


@door(PUBLIC)
@require_safe
def honoured(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Everybody who is honoured (`?provinsi=`): the list as a page, CSV or XLSX."""
    one = public_edition(edition)
    asked = request.GET.get("provinsi", "")
    province = int(asked) if asked.isascii() and asked.isdecimal() and int(asked[:4]) in PROVINCES else None
    found = [
        (row, place) for row in announced(one) for place in outcome.winners_in(row.said)
        if province is None or place["province"] == province
    ]  # fmt: skip
    given = results.certificates(row.id for row, _place in found)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return _export(request, one, found)
    shown = paged(request, found, total=len(found))
    columns = [
        Column(_("Penerima"), lambda pair: pair[1]["name"]),
        Column(_("Peringkat"), lambda pair: str(pair[1]["place"])),
        Column(_("Lomba"), lambda pair: Link(one.says.category(pair[0].category).name, contest_url(one.code, *pair[0].of))),
        Column(_("Di"), lambda pair: area_words(one.says, pair[0].level, pair[0].area)),
        Column(_("Provinsi"), lambda pair: PROVINCES[pair[1]["province"]].name),
        Column(_("Sertifikat"), lambda pair: certificate_link(given.get((pair[0].id, pair[1]["entry"])))),
    ]
    context = {
        "sample": sample_words(one),
        "table": table(_("Penerima penghargaan"), columns, shown.rows), "paged": shown,
        "empty": Empty(_("Tidak ada yang ditemukan"), _("Hasil tampak di sini sesudah panitia mengumumkannya.")),
        "csv": with_query(request, bentuk="csv", hal=None), "xlsx": with_query(request, bentuk="xlsx", hal=None),
    }  # fmt: skip
    title = _("Penerima penghargaan") if province is None else _("Penerima di {name}").format(name=PROVINCES[province].name)
    return screen(request, "public/list.html", context, title=title, here="award:home", above=[edition_link(one)])


def certificate_link(one: Any) -> Link | str:
    """Where a certificate is checked."""
    return Link(one.code, reverse("award:certificate", args=[one.code])) if one is not None else NOTHING


def _export(request: HttpRequest, one: Standing, found: Iterable[Any]) -> HttpResponseBase:
    headings = [_("Edisi"), _("Tingkat"), _("Di"), _("Kategori"), _("Peringkat"), _("Penerima"), _("Provinsi"), _("Keterangan")]
    note = sample_words(one)
    rows = [
        [
            told(one.says.title), _(LEVELS[row.level]), area_words(one.says, row.level, row.area),
            one.says.category(row.category).name, place["place"], place["name"], PROVINCES[place["province"]].name, note,
        ]
        for row, place in found
    ]  # fmt: skip
    return export(request, f"{_('paritrana-penerima')}-{one.code}", headings, rows)


@door(PUBLIC)
@require_safe
def nominees(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Who was accepted: regions and villages by name; firms are counted, for nobody is shown who does not win.

    Who went on stands in a line of each level, and is counted once.
    """
    one = public_edition(edition)
    accepted = [row for row in entries(one.id) if row.state in ENTRY_STATES_SHOWN]
    open_rows = [row for row in accepted if row.subject != "employer"]
    shown = paged(request, open_rows, total=len(open_rows))
    columns = [
        Column(_("Nama calon"), lambda row: row.name),
        Column(_("Kategori"), lambda row: one.says.category(row.category).name),
        Column(_("Tingkat"), lambda row: _(LEVELS[row.level])),
        Column(_("Di"), lambda row: area_words(one.says, row.level, row.area)),
        Column(_("Sifat"), lambda row: Tag(_("rekaan"), "warn") if row.invented else NOTHING),
    ]
    firms = sum(row.subject == "employer" and row.promoted_from_id is None for row in accepted)
    count = sum(row.promoted_from_id is None for row in open_rows)
    context = {
        "sample": sample_words(one),
        "table": table(_("Calon yang diterima: {count}").format(count=format_number(count)), columns, shown.rows),
        "paged": shown,
        "note": _("{count} pencalonan perusahaan diterima. Nama perusahaan hanya tampak bila menerima penghargaan.").format(
            count=format_number(firms)
        ),
        "empty": Empty(_("Belum ada calon yang diterima"), _("Calon tampak di sini sesudah panitia menerimanya.")),
    }
    return screen(request, "public/list.html", context, title=_("Calon"), here="award:home", above=[edition_link(one)])


# --- rules and versions ------------------------------------------------------------------------------------------------------


@door(PUBLIC)
@require_safe
def rules(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Zones, categories with weights and arithmetic, juries, and how the rules came to be what they are."""
    one = public_edition(edition)
    says = one.says
    kept = versions(one.id)
    context = {
        "sample": sample_words(one),
        "zones": [(name, ", ".join(PROVINCES[code].name for code in members)) for name, members in says.zones.items()],
        "categories": [(row, _how(row), _criteria(says, row)) for row in says.categories.values()],
        "juries": [(_(LEVELS[level]), [told(seat.title) for seat in jury.seats], jury) for level, jury in says.juries.items()],
        "versions": _versions(kept),
    }
    return screen(
        request, "public/rules.html", context, title=_("Aturan dan versinya"), here="award:home", above=[edition_link(one)]
    )  # fmt: skip


def _how(row: Category) -> list[Fact]:
    facts = [
        Fact(_("Yang boleh ikut"), who_may(row)),
        Fact(_("Ukuran disamakan dengan"), _(NORMALISATIONS[row.normalise])),
        Fact(_("Dijumlahkan dengan"), _(AGGREGATIONS[row.aggregate])),
        Fact(_("Yang tidak dapat dihitung"), _(MISSING[row.missing])),
        Fact(_("Nilai terendah"), format_percent(row.least_ppm) if row.least_ppm else _("tidak ada")),
        Fact(_("Diputuskan"), "; ".join(_stage(stage) for stage in row.stages)),
    ]
    prizes = "; ".join(told(prize) for stage in row.stages for prize in stage.prizes)
    return [*facts, Fact(_("Hadiah"), prizes)] if prizes else facts


def _criteria(says: Edition, row: Category) -> Table:
    def title(one: Weighed) -> str:
        return criterion_words(says, one.criterion)

    columns = [
        Column(_("Ukuran"), title),
        Column(_("Bobot"), lambda one: format_percent(one.weight_ppm), number=True),
        Column(_("Dari"), lambda one: _("sistem") if says.criteria[one.criterion].kind == "measured" else _("juri")),
        Column(_("Yang dilihat"), lambda one: told(says.criteria[one.criterion].about)),
        Column(_("Nilai terendah"), lambda one: format_percent(one.least_ppm) if one.least_ppm else NOTHING, number=True),
        Column(
            _("Patokan"),
            lambda one: NOTHING if one.benchmark_ppm is None else measure_words(says, one.criterion, one.benchmark_ppm),
            number=True,
        ),
        Column(_("Penentu nilai sama"), lambda one: _order(row, one.criterion)),
    ]
    return table(_("Ukuran {name}").format(name=row.name), columns, row.criteria)


def _order(row: Category, criterion: str) -> str:
    return str(row.tie_breaks.index(criterion) + 1) if criterion in row.tie_breaks else NOTHING


def _versions(kept: Sequence[Any]) -> list[dict[str, Any]]:
    """The newest first, each with what it changed."""
    read_of = [read(one.content) for one in kept]
    before = [*read_of[1:], None]
    return [
        {
            "number": one.number, "when": moment(one.made_at), "reason": one.reason or _("naskah pertama"), "digest": one.digest,
            "table": _changes(differences(old, new)) if old is not None else None,
        }
        for one, new, old in zip(kept, read_of, before, strict=True)
    ]  # fmt: skip


def _changes(found: list[Difference]) -> Table | None:
    return difference_table(_("Yang berubah"), found) if found else None


__all__ = ["announced", "annulled", "certificate_link", "edition_link", "is_firm", "public_edition"]
