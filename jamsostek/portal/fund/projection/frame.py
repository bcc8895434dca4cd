"""What the pages of projections share: crumbs, words, money of any sign, a run by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.core.rupiah import format_decimal, format_rupiah, separated
from jamsostek.core.text import N_, _
from jamsostek.fund.projection import UNITS, Assumption
from jamsostek.fund.queries import projections as queries
from jamsostek.fund.queries.projections import Run
from jamsostek.portal.fund.frame import screen as fund_screen
from jamsostek.portal.screens import Link, Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import short_rupiah

HERE = "projection:home"
PROJECTORS = (Role.ACTUARY,)
DECIDERS = (Role.CHIEF,)
STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Menunggu giliran"), "info"), "running": (N_("Sedang berjalan"), "info"),
    "cancelled": (N_("Dihentikan"), "plain"), "stopped": (N_("Berhenti"), "bad"),
    "done": (N_("Selesai, belum diputuskan"), "warn"), "approved": (N_("Asumsi disahkan"), "good"),
    "refused": (N_("Asumsi ditolak"), "plain"),
}  # fmt: skip
ESTIMATE = N_(
    "Proyeksi adalah perkiraan menurut asumsi, bukan ramalan dan bukan uang yang terutang."
    " Setiap asumsi punya sumber dan mutunya."
)
PUBLISHED = N_("Penduduk dasar: angka peserta terbitan 2015–2025, bukan daftar pemasangan ini.")


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, above: Iterable[Link] = (),
    first: bool = False, here: str = HERE, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page under the tab of projections; `here` is the view it is, `more` are `live` and `charts`."""
    way = [] if first else [Link(_("Proyeksi"), reverse(HERE)), *above]
    return fund_screen(request, f"projection/{template}", {**more, **context}, title=title, here=here, above=way)


def found(id: int) -> Run:
    """A run, or a page that is not there."""
    one = queries.run(id)
    if one is None:
        raise Http404
    return one


def told(id: int) -> dict[str, Any]:
    """What came of a run, or a page that is not there."""
    result = queries.result(id)
    if result is None:
        raise Http404
    return result


def link(run: Run) -> Link:
    """To its page."""
    return Link(title(run), reverse("projection:run", args=[run.id]))


def title(run: Run) -> str:
    """Its own words, with its number."""
    return _("{title} (nomor {number})").format(title=run.title, number=run.id)


def tag(run: Run) -> Tag:
    """How it stands."""
    text, tone = STATES[run.state]
    return Tag(_("Resmi"), "good") if run.official else Tag(_(text), tone)


def money(amount: int | float) -> str:
    """In miliar and triliun, with its sign."""
    return f"−{short_rupiah(-round(amount))}" if amount < 0 else short_rupiah(round(amount))


def percent(share: float, digits: int = 2) -> str:
    """A share in per cent, with its sign."""
    return f"{'−' if share < 0 else ''}{format_decimal(abs(share) * 100, digits)} %"


def year(value: int | float | None, last: int = 2100) -> str:
    """A year; beyond the horizon it is said so."""
    return _("setelah {year}").format(year=last) if value is None else str(int(value))


def value(one: Assumption, amount: float) -> str:
    """A figure in its unit."""
    if one.unit == "rupiah":
        return format_rupiah(round(amount))
    return f"{number(amount)} {_(UNITS[one.unit])}"


def number(amount: float) -> str:
    """Every digit that counts, in the reader's separators."""
    return separated(f"{amount:,.6f}".rstrip("0").rstrip("."))
