"""A projection: how far it is, what came of it, how much each figure matters, how the model did on the years behind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import projections as actions
from jamsostek.fund.projection import GRADES, PROGRAMMES, base
from jamsostek.fund.queries.projections import Run
from jamsostek.portal.fund.frame import READERS, fund_title
from jamsostek.portal.fund.projection import frame
from jamsostek.portal.fund.projection.shown import body, years_headings, years_rows
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Column,
    Confirm,
    Fact,
    Link,
    Progress,
    Quote,
    Tag,
    done,
    export,
    page,
    part,
    table,
    wants_part,
)

ITEMS = {"contributions": N_("Iuran"), "benefits": N_("Manfaat"), "assets": N_("Aset akhir tahun")}
LIVE = ("waiting", "running")


@door(*READERS)
@require_safe
def one(request: HttpRequest, id: int) -> HttpResponseBase:
    """Its state; once done, its result; with `?bentuk=csv` or `xlsx` every fund year by year."""
    run = frame.found(id)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        told = frame.told(id)
        rows = [row for p in PROGRAMMES for row in years_rows(told, p)]
        return export(request, f"proyeksi-{id}", years_headings(), rows)
    roles = request.scope.roles  # type: ignore[attr-defined]
    context: dict[str, Any] = {**_state(run), "facts": facts(run), "makes": Role.ACTUARY in roles}
    if run.finished:
        context |= body(request, run, frame.told(id))
        context["decides"] = Role.CHIEF in roles and run.state == "done"
    above = [Link(_("Semua proyeksi"), reverse("projection:list"))]
    return frame.screen(request, "run.html", context, title=frame.title(run), above=above, charts=True, live=run.state in LIVE)


@door(*READERS)
@require_safe
def state(request: HttpRequest, id: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    run = frame.found(id)
    if not wants_part(request):
        return done(request, reverse("projection:run", args=[id]))
    response = part(request, "fund/projection/state.html", _state(run))
    if request.GET.get("dari") != run.state:
        response["HX-Refresh"] = "true"
    return response


def _state(run: Run) -> dict[str, Any]:
    words = _("{share} selesai").format(share=frame.percent(run.done / 1000, 0))
    return {
        "run": run, "state": run.state, "tag": frame.tag(run),
        "progress": Progress(words, run.done, 1000) if run.state in LIVE else None,
    }  # fmt: skip


def facts(run: Run) -> list[Fact]:
    """Where it comes from."""
    found = [
        Fact(_("Disusun"), by(run.asked_by, run.asked_at)),
        Fact(_("Jalur ekonomi"), format_number(run.paths)),
        Fact(_("Benih"), str(run.seed)),
        Fact(_("Intisari asumsi"), run.digest[:16]),
        Fact(_("Intisari hukum"), run.law_digest[:16]),
    ]
    if run.milliseconds is not None:
        found.append(Fact(_("Lama menghitung"), _("{seconds} detik").format(seconds=format_decimal(run.milliseconds / 1000, 1))))
    if run.answered_at is not None:
        found.append(Fact(_("Diputuskan"), by(run.answered_by, run.answered_at)))
    if run.reason:
        found.append(Fact(_("Alasan"), run.reason))
    if run.invented:
        found.append(Fact(_("Contoh"), Tag(_("angka rekaan untuk peragaan"), "warn")))
    return found


@door(*frame.PROJECTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, id: int) -> HttpResponseBase:
    """Asks, then stops it."""
    run = frame.found(id)
    back = frame.link(run)
    if request.method == "POST":
        try:
            actions.cancel(projection_id=id)
        except InputError as error:
            return done(request, back.url, str(error))
        return done(request, back.url, _("Proyeksi dihentikan."))
    if run.state not in LIVE:
        return done(request, back.url)
    confirm = Confirm(
        _("Hentikan proyeksi ini?"), _("Ya, hentikan"), back, _("Yang sudah dihitung dibuang; permintaannya tetap di daftar."), []
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=confirm.question)


@door(*READERS)
@require_safe
def sensitivity(request: HttpRequest, id: int) -> HttpResponseBase:
    """Each figure a step down and up, those that move the premium most first; with `?bentuk=` as a file."""
    run, told = frame.found(id), frame.told(id)
    rows = sorted((one for one in told["sensitivity"] if one["id"] in base()), key=_weight(told), reverse=True)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return export(request, f"kepekaan-{id}", [_("Asumsi"), _("Ke"), _("Habis"), _("Premi"), _("Neraca")], _sides(rows))

    def side(name: str, key: str) -> Any:
        def show(one: dict[str, Any]) -> str:
            found = one[name]
            if found is None:
                return "–"
            if key == "value":
                return frame.value(base()[one["id"]], found["value"])
            return frame.year(found["crossing"]) if key == "crossing" else frame.percent(found[key])

        return show

    columns = [
        Column(_("Asumsi"), lambda one: base()[one["id"]].title),
        Column(_("Mutu"), lambda one: _(GRADES[base()[one["id"]].grade])),
    ]
    for name, words in (("low", _("turun")), ("high", _("naik"))):
        columns += [
            Column(_("{way}: menjadi").format(way=words), side(name, "value"), number=True),
            Column(_("{way}: JP habis").format(way=words), side(name, "crossing"), number=True),
            Column(_("{way}: premi").format(way=words), side(name, "premium"), number=True),
        ]
    jp = [one for one in rows if base()[one["id"]].group not in OTHERS]
    context = {
        "run": run, "table": table(_("Pengaruh pada JP, terbesar di atas"), columns, jp), "others": _other_funds(told, rows),
        "about": _("Satu asumsi diubah satu langkah, yang lain tetap. Dasarnya: JP habis {year}, premi {premium}.").format(
            year=frame.year(told["headline"]["exhausted"]), premium=frame.percent(told["headline"]["premium"])
        ),
        "none": not rows,
    }  # fmt: skip
    return frame.screen(request, "sensitivity.html", context, title=_("Kepekaan"), above=[frame.link(run)])


OTHERS = ("jht", "jkk", "jkm", "jkp", "law")


def _weight(told: dict[str, Any]) -> Any:
    def moved(one: dict[str, Any]) -> float:
        sides = [one[name] for name in ("low", "high") if one[name]]
        return max((abs(side["premium"] - told["headline"]["premium"]) for side in sides), default=0.0)

    return moved


def _sides(rows: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        [one["id"], str(side["value"]), str(side["crossing"] or ""), str(side["premium"]), str(side["balance"])]
        for one in rows
        for side in (one["low"], one["high"])
        if side
    ]


def _other_funds(told: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
    place = told["years"].index(2050)

    def moved(name: str) -> Any:
        def show(one: dict[str, Any]) -> str:
            p = _programme(base()[one["id"]].group)
            if one[name] is None:
                return "–"
            difference = one[name]["assets"][p] - told["funds"][p]["assets"][place]
            return f"{'+' if difference > 0 else ''}{frame.money(difference)}"

        return show

    columns = [
        Column(_("Asumsi"), lambda one: base()[one["id"]].title),
        Column(_("Dana"), lambda one: fund_title(_programme(base()[one["id"]].group))),
        Column(_("Aset 2050, satu langkah turun"), moved("low"), number=True),
        Column(_("Aset 2050, satu langkah naik"), moved("high"), number=True),
    ]
    return table(_("Pengaruh pada dana lainnya"), columns, [one for one in rows if base()[one["id"]].group in OTHERS])


def _programme(group: str) -> str:
    return "jkm" if group == "law" else group


@door(*READERS)
@require_safe
def backtest(request: HttpRequest, id: int) -> HttpResponseBase:
    """What was published beside what the model comes to on its own from 2015."""
    run, told = frame.found(id), frame.told(id)
    columns = [
        Column(_("Dana"), lambda one: fund_title(one["programme"])),
        Column(_("Tahun"), lambda one: str(one["year"])),
        Column(_("Apa"), lambda one: _(ITEMS[one["item"]])),
        Column(_("Terbit"), lambda one: frame.money(one["value"]), number=True),
        Column(_("Model"), lambda one: frame.money(one["modelled"]), number=True),
        Column(_("Model dibanding terbit"), lambda one: frame.percent(one["ratio"], 0), number=True),
        Column(_("Mutu"), lambda one: _(GRADES[one["grade"]])),
        Column(_("Sumber"), lambda one: Quote(one["source"], "id")),
    ]
    order = {p: at for at, p in enumerate(PROGRAMMES)}
    rows = sorted(told["backtest"], key=lambda one: (order[one["programme"]], one["item"], one["year"]))
    context = {"run": run, "table": table(_("Terbit dan model, 2016–2024"), columns, rows)}
    return frame.screen(request, "backtest.html", context, title=_("Uji balik 2016–2024"), above=[frame.link(run)])
