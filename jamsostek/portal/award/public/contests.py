"""A contest that was announced: ranking, of what scores are made, how sure the ranking is, and how to compute it again.

Firms stand here only by name and rank, and only where they are honoured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards.choices import AGGREGATIONS, LEVELS, NORMALISATIONS
from jamsostek.awards.edition import Edition
from jamsostek.awards.models import Version
from jamsostek.awards.outcome import winners_in
from jamsostek.awards.queries import results
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.results import ResultRow, ResultState
from jamsostek.awards.reading import read
from jamsostek.awards.rights import runs
from jamsostek.awards.scoring import HOW, said
from jamsostek.core.rupiah import format_number, format_percent
from jamsostek.core.text import _
from jamsostek.portal.award.frame import sample_words, screen
from jamsostek.portal.award.public.editions import certificate_link, edition_link, public_edition
from jamsostek.portal.award.shown import (
    area_words,
    contest_url,
    contest_words,
    criterion_words,
    is_firm,
    measure_words,
    points,
    profile_link,
    rank_words,
)
from jamsostek.portal.screens import Chart, Column, Empty, Fact, Measure, Table, Tag, chart, export, table
from jamsostek.portal.screens.words import NOTHING, moment

DRAWN = 12
"""So many of the best are drawn; the table has all."""


def public_result(one: Standing, category: str, level: str, area: int) -> ResultRow:
    """The result of a contest that is public: the one that holds, or else the last one that was annulled."""
    if results.place_of(level, area) not in results.publications(one.id):
        raise Http404
    of = results.results(one.id, level=level, area=area, category=category)
    found = next((row for row in of if row.state == ResultState.DECIDED), None)
    found = found or next((row for row in of if row.state == ResultState.ANNULLED), None)
    if found is None:
        raise Http404
    return found


def edition_then(row: ResultRow) -> Edition:
    """What the edition said when a result was computed."""
    return read(Version.objects.get(edition_id=row.edition_id, number=row.version).content)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, edition: str, category: str, level: str, area: int) -> HttpResponseBase:
    """The contest, as a page, or its rows as CSV or XLSX."""
    one = public_edition(edition)
    row = public_result(one, category, level, area)
    says = edition_then(row)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return _export(request, one, says, row)
    firms = is_firm(one, row)
    rows = row.said["rows"]
    context = {
        "sample": sample_words(one),
        "annulled": row.annulled_why,
        "facts": _facts(says, row),
        "table": _honoured(one, row) if firms else _ranking(one, says, row),
        "firms": _("{count} perusahaan dinilai. Yang tidak menerima penghargaan tidak ditampilkan.").format(
            count=format_number(len(rows))
        ) if firms else "",
        "winners": _winner_words(row),
        "ties": _tie_words(row),
        "drawings": [] if firms else [_parts_chart(one, says, row)],
        "sure": [] if firms else _sure(row),
        "between": None if firms else _between(says, row),
        "empty": Empty(_("Tidak ada pemenang"), _("Tidak ada calon yang mencapai nilai terendah lomba ini.")),
        "again": [] if row.annulled_why else _again(one, row),
        "raw": reverse("award:contest_raw", args=[one.code, *row.of]) if _may_have_raw(one, row) else "",
        "export_url": f"{contest_url(one.code, *row.of)}?bentuk=",
        "charts": True,
    }  # fmt: skip
    title = contest_words(says, row.category, row.level, row.area)
    return screen(request, "public/contest.html", context, title=title, here="award:home", above=[edition_link(one)])


def _facts(says: Edition, row: ResultRow) -> list[Fact]:
    category = says.category(row.category)
    return [
        Fact(_("Tingkat"), _(LEVELS[row.level])),
        Fact(_("Di"), area_words(says, row.level, row.area)),
        Fact(_("Ukuran disamakan dengan"), _(NORMALISATIONS[category.normalise])),
        Fact(_("Dijumlahkan dengan"), _(AGGREGATIONS[category.aggregate])),
        Fact(_("Nilai terendah"), format_percent(category.least_ppm) if category.least_ppm else _("tidak ada")),
        Fact(_("Calon"), format_number(len(row.said["rows"]))),
        Fact(_("Diputuskan"), moment(row.answered_at) if row.answered_at else NOTHING),
        Fact(_("Versi aturan"), str(row.version)),
        *([Fact(_("Dihitung lagi karena"), row.reason)] if row.reason else []),
    ]


def _winner_words(row: ResultRow) -> str:
    """How many are honoured, and why more than there are places."""
    found, places = winners_in(row.said), int(row.said["winners"])
    if len(found) > places:
        words = _("{count} penerima untuk {places} tempat: yang berbagi peringkat terakhir semuanya menerima penghargaan.")
        return words.format(count=len(found), places=places)
    if len(found) < places:
        words = _("{count} penerima dari {places} tempat: yang lain tidak mencapai nilai terendah, atau calonnya kurang.")
        return words.format(count=len(found), places=places)
    return ""


def _tie_words(row: ResultRow) -> str:
    shared = [one for one in row.said["rows"] if one["place"] and _shared(one, row.said["rows"])]
    return _("Peringkat yang sama dibagi: penentu nilai sama pun tidak memisahkan mereka.") if shared else ""


def _shared(one: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    return sum(1 for other in rows if other["place"] == one["place"]) > 1


def _honoured(one: Standing, row: ResultRow) -> Table:
    given = results.certificates([row.id])
    columns = [
        Column(_("Penerima"), lambda place: place["name"]),
        Column(_("Peringkat"), lambda place: rank_words(place, row.said["rows"])),
        Column(_("Sertifikat"), lambda place: certificate_link(given.get((row.id, place["entry"])))),
    ]
    return table(_("Penerima penghargaan"), columns, winners_in(row.said))


def _ranking(one: Standing, says: Edition, row: ResultRow) -> Table:
    given = results.certificates([row.id])
    band = {entry: at for at, entries in enumerate(row.said["bands"], 1) for entry in entries}
    columns = [
        Column(_("Nama calon"), lambda place: profile_link(one.code, place)),
        Column(_("Peringkat"), lambda place: rank_words(place, row.said["rows"])),
        Column(_("Nilai keseluruhan"), lambda place: points(place["score"]), number=True),
        Column(_("Penghargaan"), lambda place: _prize(says, place)),
        Column(_("Peringkat bila bobot diubah"), lambda place: _range(place)),
        Column(_("Setara dalam kenyataan"), lambda place: str(band[place["entry"]]) if place["entry"] in band else NOTHING),
        Column(_("Sertifikat"), lambda place: certificate_link(given.get((row.id, place["entry"])))),
    ]
    return table(_("Peringkat"), columns, row.said["rows"])


def _prize(says: Edition, place: Mapping[str, Any]) -> Tag | str:
    if place["honoured"]:
        return Tag(_("menerima"), "good")
    why = [said(reason, dict(says.criteria)) for reason in place["why"]]
    return "; ".join(why) or NOTHING


def _range(place: Mapping[str, Any]) -> str:
    if place["low"] == place["high"]:
        return str(place["low"])
    return _("{low} sampai {high}").format(low=place["low"], high=place["high"])


def _parts_chart(one: Standing, says: Edition, row: ResultRow) -> Chart:
    """Of what the best scores are made."""
    rows = [
        {
            "name": place["name"], "order": at, "criterion": criterion_words(says, criterion), "points": part / 10_000,
            "measure": measure_words(says, criterion, value),
        }
        for at, place in enumerate(row.said["rows"][:DRAWN])
        for criterion, part, value in zip(row.said["criteria"], place["parts"], place["values"], strict=True)
    ]  # fmt: skip
    spec = {
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": {"field": "order"}, "title": None},
            "x": {"field": "points", "type": "quantitative", "title": _("angka"), "stack": "zero"},
            "color": {
                "field": "criterion",
                "type": "nominal",
                "sort": None,
                "title": None,
                "legend": {"columns": 1, "orient": "bottom"},
            },
        },
    }
    columns = [
        Measure(_("Nama calon"), "name"), Measure(_("Ukuran"), "criterion"), Measure(_("Hasil ukur"), "measure"),
        Measure(_("Sumbangan"), "points", lambda value: points(round(value * 10_000)), number=True),
    ]  # fmt: skip
    exact = says.category(row.category).aggregate == "weighted_sum"
    text = _("Sumbangan tiap ukuran kepada nilai; jumlahnya nilai akhir.") if exact else _(
        "Sumbangan tiap ukuran kepada jumlah tertimbang; menunjukkan letak kekuatan, bukan cara nilainya dibentuk."
    )  # fmt: skip
    tall = 90 + 28 * min(DRAWN, len(row.said["rows"])) + 18 * len(row.said["criteria"])
    return chart(
        "sumbangan", _("Dari mana nilainya"), spec, columns, rows, text=text,
        source=_("hasil {digest}").format(digest=row.digest[:16]), status="simulated" if one.says.invented else "registry",
        height=tall, csv_url=f"{contest_url(one.code, *row.of)}?bentuk=csv",
    )  # fmt: skip


def _sure(row: ResultRow) -> list[str]:
    """What draws of weights say of the first, in words."""
    rows, told_of = row.said["rows"], []
    draws = format_number(row.said["draws"])
    words = _("{name} pertama dalam {share} dari {draws} undian bobot.")
    told_of += [
        words.format(name=place["name"], share=format_percent(round(place["first"], -4)), draws=draws)
        for place in rows
        if place["place"] == 1
    ]
    names = {one["entry"]: one["name"] for one in rows}
    words = _("Setara dalam kenyataan ({number}): {names}. Urutannya berubah begitu bobotnya sedikit berubah.")
    for number, band in enumerate(row.said["bands"], 1):
        told_of.append(words.format(number=number, names=", ".join(names[one] for one in band)))
    return told_of


def _between(says: Edition, row: ResultRow) -> Table | None:
    names = {one["entry"]: one["name"] for one in row.said["rows"]}
    columns = [
        Column(_("Di depan"), lambda pair: names[pair["ahead"]]),
        Column(_("Di belakang"), lambda pair: names[pair["behind"]]),
        Column(_("Selisih"), lambda pair: points(pair["lead"]), number=True),
        Column(_("Yang menentukan"), lambda pair: criterion_words(says, pair["criterion"]) if pair["criterion"] else NOTHING),
        Column(_("Bagaimana"), lambda pair: _(HOW[pair["how"]])),
    ]
    rows = row.said["between"][:DRAWN]
    return table(_("Apa yang memisahkan tetangga"), columns, rows) if rows else None


def _again(one: Standing, row: ResultRow) -> list[tuple[str, str]]:
    contest = f"--category {row.category} --level {row.level} --area {row.area}"
    return [
        (_("Akar potret"), row.root),
        (_("Sidik digital hasil (SHA-256)"), row.digest),
        (_("Perintah"), f"jamsostek award score {one.code} --data POTRET {contest}"),
    ]  # fmt: skip


def _may_have_raw(one: Standing, row: ResultRow) -> bool:
    """Of regions everybody; of firms those who may have the snapshot too, for it names who does not win."""
    return not is_firm(one, row) or runs(*results.place_of(row.level, row.area))


@door(PUBLIC)
@require_safe
def raw(request: HttpRequest, edition: str, category: str, level: str, area: int) -> HttpResponseBase:
    """The result as it is kept, byte for byte: its SHA-256 is the digest on the page. Of firms for its committee alone."""
    one = public_edition(edition)
    row = public_result(one, category, level, area)
    if not _may_have_raw(one, row):
        raise Http404
    from jamsostek.awards.models import Result

    content = Result.objects.get(pk=row.id).content
    response = HttpResponse(content.encode(), content_type="application/json")
    if is_firm(one, row):
        response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'attachment; filename="hasil-{one.code}-{row.category}-{row.level}-{row.area}.json"'
    return response


def _export(request: HttpRequest, one: Standing, says: Edition, row: ResultRow) -> HttpResponseBase:
    """Every figure of a region's contest; of firms the honoured by name and rank."""
    note = sample_words(one)
    name = f"paritrana-{one.code}-{row.category}-{row.level}-{row.area}"
    if is_firm(one, row):
        headings = [_("Penerima"), _("Peringkat"), _("Keterangan")]
        return export(request, name, headings, ([place["name"], place["place"], note] for place in winners_in(row.said)))
    criteria = row.said["criteria"]
    headings = [
        _("Nama calon"), _("Kode wilayah"), _("Peringkat"), _("Nilai (ppm)"), _("Penghargaan"),
        *(_("{name}: {what}").format(name=criterion_words(says, one_), what=what)
          for one_ in criteria for what in (_("ukuran (ppm)"), _("disamakan (ppm)"), _("sumbangan (ppm)"))),
        _("Keterangan"),
    ]  # fmt: skip
    rows = (
        [
            place["name"], place["code"], place["place"] or None, place["score"], _("menerima") if place["honoured"] else "",
            *(figure for three in zip(place["values"], place["normal"], place["parts"], strict=True) for figure in three), note,
        ]
        for place in row.said["rows"]
    )  # fmt: skip
    return export(request, name, headings, rows)


__all__ = ["edition_then", "public_result"]
