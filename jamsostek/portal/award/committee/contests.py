"""The contests of an edition: who competes where, and what still waits."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import current
from jamsostek.awards.choices import LEVELS
from jamsostek.awards.queries.contests import Contest, area_words, contests
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.evidence import unconfirmed
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.award.committee.told import edition_link, editions_link, state_tag, tabs, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, export, paged, table
from jamsostek.portal.screens.words import NOTHING


def my_provinces() -> frozenset[int] | None:
    """Provinces whose award whoever looks runs; None for all."""
    held = [one for one in current().held if one.role == Role.AWARD_COMMITTEE]
    return None if any(one.kind == Kind.NATION for one in held) else frozenset(one.target for one in held)


def category_words(of: Standing, key: str) -> str:
    """A category's title; its key where the version in force has it no more."""
    return of.says.categories[key].name if key in of.says.categories else key


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Those of the own provinces, or all in which somebody competes."""
    of = edition_of(edition)
    found = contests(of, my_provinces())
    files = {level: unconfirmed(of.id, level) for level in {one.level for one in found}}

    def open_files(one: Contest) -> int:
        return files[one.level][one.category, one.area]

    if request.GET.get("bentuk"):
        headings = [
            _("Kategori"), _("Tingkat"), _("Wilayah"), _("Dicalonkan"), _("Menunggu"), _("Diterima"),
            _("Berkas belum diperiksa dua orang"),
        ]  # fmt: skip
        return export(request, f"lomba-{of.code}", headings, ([*_line(of, one), open_files(one)] for one in found))
    shown = paged(request, found)
    columns = [
        Column(_("Kategori"), lambda one: category_words(of, one.category)),
        Column(_("Tingkat"), lambda one: _(LEVELS[one.level])),
        Column(_("Wilayah"), lambda one: area_words(of, one.level, one.area)),
        Column(_("Dicalonkan"), lambda one: format_number(one.entries), number=True),
        Column(_("Menunggu"), lambda one: format_number(one.waiting), number=True),
        Column(_("Diterima"), lambda one: format_number(one.accepted), number=True),
        Column(
            _("Berkas belum diperiksa dua orang"),
            lambda one: Tag(format_number(open_files(one)), "warn") if open_files(one) else NOTHING,
        ),
    ]
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "contests"), "paged": shown,
        "table": table(_("Siapa bersaing di mana"), columns, shown.rows),
        "empty": Empty(_("Belum ada calon"), _("Lomba muncul di sini begitu ada yang dicalonkan.")),
        "export_url": "?" if found else "",
    }  # fmt: skip
    above = [Link(_("Panitia"), reverse("award_committee:home")), editions_link(), edition_link(of)]
    title = _("Lomba {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here="award_committee:home", above=above)


def open_file_facts(of: Standing, category: str, level: str, area: int) -> list[Fact]:
    """How many files of a contest two have not agreed on, for whoever decides it; nothing where there are none."""
    count = unconfirmed(of.id, level)[category, area]
    return [Fact(_("Berkas belum diperiksa dua orang"), Tag(format_number(count), "warn"))] if count else []


def _line(of: Standing, one: Contest) -> list[object]:
    return [
        category_words(of, one.category), _(LEVELS[one.level]), area_words(of, one.level, one.area), one.entries, one.waiting,
        one.accepted,
    ]  # fmt: skip
