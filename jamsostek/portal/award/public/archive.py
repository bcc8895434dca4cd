"""The archive: editions that really were, who won as far as the press tells, and what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards import archive
from jamsostek.awards.archive import APPLIES, CATEGORIES, FIVE, SPLIT, Past, Source, Winner, told
from jamsostek.awards.choices import LEVELS
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.frame import screen
from jamsostek.portal.coverage.grid import PLACES, WEST, Class, Map, Place, class_of
from jamsostek.portal.screens import Column, Empty, Fact, Link, Table, Tag, Tile, export, paged, status_tag, table, with_query
from jamsostek.portal.screens.words import NOTHING, date, month

FORMS = ("csv", "xlsx")
MAP_BOUNDS = [1, 2, 3, 5, 8, 9]
KEPT = {"address": N_("alamat tercatat"), "site": N_("hanya medianya tercatat"), "none": N_("alamat tidak tercatat")}


@dataclass(frozen=True)
class Select:
    """A list to filter by: value, words, whether it was chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str, bool]]


def above() -> Link:
    """The way up from the archive's pages."""
    return Link(_("Arsip"), reverse("award:archive"))


def title_words() -> str:
    """Which editions are kept, by the years that were assessed: what the press calls them is another year at times."""
    years = [one.assessment_year for one in archive.editions()]
    return _("Arsip edisi tahun penilaian {first} sampai {last}").format(first=min(years), last=max(years))


@door(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """All editions, where honours went, what is known to be looked at, and from whom."""
    found = archive.winners()
    context = {
        "tiles": [
            Tile(_("Edisi"), format_number(len(archive.editions()))),
            Tile(_("Penerima yang ditemukan"), format_number(len(found)), url=reverse("award:winners")),
            Tile(_("Dibaca pada beritanya"), format_number(sum(one.status == "verified" for one in found))),
            Tile(_("Hanya dari kutipan"), format_number(sum(one.status != "verified" for one in found)), tone="warn"),
        ],
        "table": _editions(),
        "map": _map(),
        "criteria": _criteria(),
        "sources": sources_table(archive.sources().values()),
        "charts": True,
    }
    return screen(request, "public/archive.html", context, title=title_words(), here="award:home")


def _editions() -> Table:
    columns = [
        Column(_("Tahun yang dinilai"), lambda one: Link(str(one.assessment_year), past_url(one.assessment_year))),
        Column(_("Sebutan di berita"), lambda one: one.label),
        Column(_("Penyerahan"), ceremony),
        Column(_("Penerima yang ditemukan"), lambda one: format_number(len(archive.of_year(one.assessment_year))), number=True),
        Column(_("Sumber"), lambda one: ", ".join(one.sources)),
    ]
    return table(_("Edisi yang sungguh diadakan"), columns, archive.editions())


def past_url(year: int) -> str:
    """The page of an edition."""
    return reverse("award:past", args=[year])


def ceremony(one: Past) -> str:
    """The day, or the months of ceremonies in provinces, or that nobody kept it."""
    if one.ceremony_on is not None:
        return date(one.ceremony_on)
    if one.provincial_from:
        words = _("hanya tingkat provinsi, {first} sampai {last}")
        return words.format(first=_month(one.provincial_from), last=_month(one.provincial_until))
    return _("tidak tercatat")


def _month(text: str) -> str:
    return month(int(text.replace("-", "")))


def _map() -> Map:
    counts = archive.by_province()
    url = reverse("award:winners")
    placed = {
        (x, y): Place(
            short, PROVINCES[code].name, format_number(counts[code]) if counts[code] else NOTHING, f"{url}?provinsi={code}",
            class_of(counts[code] or None, MAP_BOUNDS),
        )
        for code, (short, x, y) in PLACES.items()
    }  # fmt: skip
    bounds = ["1", "2", "3–4", "5–7", _("8 atau lebih")]
    return Map(
        _("Penerima per provinsi"),
        [placed.get((x, y)) for y in range(7) for x in range(WEST)],
        [placed.get((x, y)) for y in range(7) for x in range(WEST, 15)],
        [*(Class(at, text) for at, text in enumerate(bounds, 1)), Class(0, _("tidak ada yang ditemukan"))],
    )


def _criteria() -> Table:
    columns = [
        Column(_("Bagi"), lambda one: _(APPLIES[one.applies_to])),
        Column(_("Ukuran"), lambda one: told(one.name)),
        Column(_("Yang dilihat"), lambda one: told(one.read) or NOTHING),
        Column(_("Bobot"), lambda one: one.weight or _("tidak diumumkan")),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: ", ".join(one.sources) or NOTHING),
        Column(_("Catatan"), lambda one: told(one.note) or NOTHING),
    ]
    return table(_("Apa yang dinilai, menurut berita"), columns, archive.criteria())


def sources_table(found: Iterable[Source]) -> Table:
    """Sources with what of their address was kept."""
    columns = [
        Column(_("Nomor"), lambda one: one.id),
        Column(_("Media"), lambda one: one.outlet),
        Column(_("Tentang"), lambda one: told(one.about)),
        Column(_("Alamat yang tercatat"), lambda one: one.address or NOTHING),
        Column(_("Keadaan"), lambda one: Tag(_(KEPT[one.kept]), "good" if one.kept == "address" else "warn")),
    ]
    return table(_("Sumber"), columns, found)


@door(PUBLIC)
@require_safe
def past(request: HttpRequest, year: int) -> HttpResponseBase:
    """An edition: its three dates, its winners by level, and what no source tells."""
    one = archive.edition(year)
    if one is None:
        raise Http404
    found = archive.of_year(year)
    cited = {*one.sources, *(name for row in found for name in row.sources)}
    context = {
        "facts": _facts(one),
        "gaps": archive.gaps(one),
        "split": year < SPLIT,
        "tables": [
            winners_table(_(words), [row for row in found if row.level == level])
            for level, words in LEVELS.items()
            if any(row.level == level for row in found)
        ],
        "sources": sources_table(source for name, source in archive.sources().items() if name in cited),
        "export_url": f"{reverse('award:winners')}?tahun={year}&",
    }
    title = _("Edisi tahun penilaian {year}").format(year=year)
    return screen(request, "public/past.html", context, title=title, here="award:home", above=[above()])


def _facts(one: Past) -> list[Fact]:
    counted = "; ".join(
        f"{_(CATEGORIES[name])} {format_number(one.participants[name] or 0)}" for name in FIVE if one.participants[name]
    )
    categories = ", ".join(_(CATEGORIES[name]) for name in one.categories)
    facts = [
        Fact(_("Tahun yang dinilai"), str(one.assessment_year)),
        Fact(_("Sebutan di berita"), one.label),
        Fact(_("Penyerahan"), ceremony(one)),
        Fact(_("Edisi ke"), str(one.number)),
        Fact(_("Kategori"), told(one.category_words) or categories),
        Fact(_("Peserta"), counted or _("tidak tercatat")),
        Fact(_("Hadiah menurut berita"), told(one.prizes) or _("tidak tercatat")),
        Fact(_("Status"), status_tag(one.status)),
        Fact(_("Sumber"), ", ".join(one.sources)),
    ]
    return [*facts, Fact(_("Catatan"), told(one.note))] if told(one.note) else facts


def winners_table(caption: str, rows: Iterable[Winner], *, with_year: bool = False) -> Table:
    """Winners, with status and source of each row."""
    year = Column(_("Tahun yang dinilai"), lambda one: Link(str(one.assessment_year), past_url(one.assessment_year)))
    columns = [
        Column(_("Penerima"), lambda one: one.name),
        *([year] if with_year else []),
        Column(_("Peringkat"), lambda one: str(one.rank) if one.rank else _("tidak tercatat")),
        Column(_("Kategori"), lambda one: one.category_words),
        Column(_("Di"), lambda one: one.area_words),
        Column(_("Provinsi sekarang"), _today),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: ", ".join(one.sources)),
        Column(_("Catatan"), _note),
    ]
    return table(caption, columns, rows)


def _today(one: Winner) -> str | Link:
    code = one.province
    return Link(PROVINCES[code].name, f"{reverse('award:winners')}?provinsi={code}") if code else NOTHING


def _note(one: Winner) -> str:
    held = _("penyerahan {when}").format(when=_when(one.ceremony)) if one.ceremony else ""
    return "; ".join(text for text in (told(one.note), held) if text) or NOTHING


def _when(text: str) -> str:
    return text if len(text) == 4 else date(dt.date.fromisoformat(text))


@door(PUBLIC)
@require_safe
def winners(request: HttpRequest) -> HttpResponseBase:
    """Every winner found: searched, filtered (`?tahun=&tingkat=&provinsi=`), taken away as CSV or XLSX."""
    asked = request.GET.get("cari", "").strip()[:60]
    year = _one_of(request, "tahun", [str(one.assessment_year) for one in archive.editions()])
    level = _one_of(request, "tingkat", LEVELS)
    province = _one_of(request, "provinsi", [str(code) for code in PROVINCES])
    found = archive.search(asked, year=int(year) if year else None, level=level, province=int(province) if province else None)
    if request.GET.get("bentuk") in FORMS:
        return _export(request, found)
    shown = paged(request, found, total=len(found))
    context = {
        "asked": asked,
        "selects": _selects(year, level, province),
        "table": winners_table(_("Penerima yang ditemukan: {count}").format(count=len(found)), shown.rows, with_year=True),
        "paged": shown,
        "empty": Empty(_("Tidak ada yang ditemukan"), _("Coba kata lain, atau hapus penyaringnya.")),
        "csv": with_query(request, bentuk="csv", hal=None), "xlsx": with_query(request, bentuk="xlsx", hal=None),
    }  # fmt: skip
    return screen(request, "public/winners.html", context, title=_("Cari penerima"), here="award:home", above=[above()])


def _one_of(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else ""


def _selects(year: str, level: str, province: str) -> list[Select]:
    def listed(every: str, options: Iterable[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
        return [("", every, not chosen), *((value, text, value == chosen) for value, text in options)]

    years = [(str(one.assessment_year), str(one.assessment_year)) for one in archive.editions()]
    places = [(str(code), one.name) for code, one in PROVINCES.items()]
    return [
        Select("tahun", _("Tahun yang dinilai"), listed(_("Semua tahun"), years, year)),
        Select("tingkat", _("Tingkat"), listed(_("Semua tingkat"), ((key, _(text)) for key, text in LEVELS.items()), level)),
        Select("provinsi", _("Provinsi sekarang"), listed(_("Semua provinsi"), places, province)),
    ]


def _export(request: HttpRequest, found: Iterable[Winner]) -> HttpResponseBase:
    headings = [
        _("Tahun yang dinilai"),
        _("Tingkat"),
        _("Di"),
        _("Kategori"),
        _("Peringkat"),
        _("Penerima"),
        _("Kode wilayah"),
        _("Status"),
        _("Sumber"),
        _("Catatan"),
    ]
    rows: list[Sequence[Any]] = [
        [
            one.assessment_year, _(LEVELS[one.level]), one.area_words, one.category_words, one.rank, one.name, one.region,
            status_tag(one.status).text, ", ".join(one.sources), _note(one),
        ]
        for one in found
    ]  # fmt: skip
    return export(request, _("paritrana-arsip"), headings, rows)
