"""Priority rules: their versions, writing one, what it would change, adopting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach import priority
from jamsostek.outreach.actions import rules as actions
from jamsostek.outreach.models import Rule
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.effects import effect_of
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import HEADS, READERS, Section
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.registry import occupations

SAMPLE = N_("Aturan ini contoh yang dikarang untuk peragaan; bukan aturan daerah mana pun.")
MOST_LINES = 200
"""So many lines of an effect are shown; those that change most, where there are more."""
FLAGS = {"true": N_("Ya"), "false": N_("Tidak")}
EACH = {
    "occupation_risk": N_("Tiap tingkat risiko, paling banyak {most}"),
    "children_school": N_("Tiap anak, paling banyak {most}"),
    "age": N_("Tiap tahun umur, paling banyak {most}"),
    "decile": N_("Tiap desil, paling banyak {most}"),
}
"""What points are given for each of."""
EACH_OTHER = N_("Tiap satuan, paling banyak {most}")
SEXES = {"f": N_("Perempuan"), "m": N_("Laki-laki")}


def value_words(field: str, value: str, names: Mapping[int, str] | None = None) -> str:
    """A value of a criterion, in words."""
    if value == "":
        return _("Tidak diketahui")
    if field in ("disability", "woman_head"):
        return _(FLAGS.get(value, value))
    if field == "sex":
        return _(SEXES.get(value, value))
    if field == "occupation":
        return _(occupations.BY_KEY[value].title) if value in occupations.BY_KEY else value
    if field == "village_code" and value.isdecimal():
        return frame.village_words(int(value), names or {})
    return value


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All versions, the newest first."""
    found = paged(request, queries.rules())
    columns = [
        Column(_("Aturan"), frame.rule_link),
        Column(_("Daerah"), lambda one: frame.region_words(one.region_code)),
        Column(_("Dasar hukum"), lambda one: one.regulation),
        Column(_("Diusulkan"), lambda one: date(one.proposed_on)),
        Column(_("Ditetapkan"), _adopted),
        Column(_("Sifat"), lambda one: Tag(_("Contoh"), "warn") if one.sample else _("Aturan daerah")),
    ]
    context = {
        "tabs": frame.tabs("rules"),
        "ways": [Link(_("Tulis aturan"), reverse("programmes:rule_write"))] if frame.regions() else [],
        "sections": [
            Section(
                text=_(
                    "Aturan menentukan siapa yang didahulukan. Perubahan selalu menjadi versi baru; versi lama tetap terbaca."
                ),
                table=table(_("Aturan prioritas"), columns, found.rows),
                empty=Empty(_("Belum ada aturan"), _("Tulis aturan pertama, lalu minta kepala daerah menetapkannya.")),
            )
        ],
        "paged": found,
    }
    return frame.screen(request, context, title=_("Aturan prioritas"), crumbs=frame.above())


def _adopted(rule: Rule) -> Tag | str:
    return date(rule.adopted_on) if rule.adopted_on else Tag(_("Belum"), "warn")


@door(*READERS)
@require_safe
def show(request: HttpRequest, rule_id: int) -> HttpResponseBase:
    """One version: its points, what it would change or changed, who adopted it."""
    rule = queries.rule(rule_id)
    names = frame.village_names(rule.region_code)
    facts = [
        Fact(_("Daerah"), frame.region_words(rule.region_code)),
        Fact(_("Dasar hukum"), rule.regulation),
        Fact(_("Diusulkan"), f"{date(rule.proposed_on)}, {name_of(rule.proposed_by)}"),
    ]
    if rule.adopted_on:
        facts.append(Fact(_("Ditetapkan"), f"{date(rule.adopted_on)}, {name_of(rule.adopted_by)}"))
    decides = frame.decides(rule.region_code) and not rule.adopted_on
    # Of an adopted rule only what it changed then is worth telling.
    effects = effect_sections(rule.effect if rule.adopted_on else effect_of(rule), names)
    if rule.adopted_on and not rule.effect.get("programmes"):
        effects = []
    context = {
        "tag": Tag(_("Sudah ditetapkan"), "good") if rule.adopted_on else Tag(_("Menunggu ditetapkan"), "warn"),
        "sample": _(SAMPLE) if rule.sample else "",
        "ways": [Link(_("Tetapkan aturan"), reverse("programmes:rule_adopt", args=[rule.pk]))] if decides else [],
        "sections": [
            Section(facts=facts),
            _points(rule, names),
            *effects,
        ],
    }
    return frame.screen(request, context, title=frame.rule_words(rule), crumbs=above())


def above(*more: Link) -> list[Link]:
    """The pages above one of the rules."""
    return frame.above(Link(_("Aturan prioritas"), reverse("programmes:rules")), *more)


def _points(rule: Rule, names: Mapping[int, str]) -> Section:
    rows = []
    for one in rule.rule["criteria"]:
        field = _(priority.FIELDS[one["field"]])
        for value, points in (one["values"] or {}).items():
            rows.append((field, value_words(one["field"], value, names), format_number(points)))
        if one["values"] is None:
            words = _(EACH.get(one["field"], EACH_OTHER)).format(most=format_number(one["most"]))
            rows.append((field, words, format_number(one["each"])))
    columns = [
        Column(_("Ukuran"), lambda row: row[0]), Column(_("Pilihan"), lambda row: row[1]),
        Column(_("Skor"), lambda row: row[2], number=True),
    ]  # fmt: skip
    text = _("Nilai dijumlahkan. Yang nilainya sama diurutkan dengan undian yang tetap sama setiap kali dihitung.")
    return Section(_("Skor"), text, table=table(_("Nilai tiap ukuran"), columns, rows))


def effect_sections(effect: Mapping[str, Any], names: Mapping[int, str]) -> list[Section]:
    """What a rule changes in each programme: who stays, enters and leaves, in numbers."""
    found = effect.get("programmes", [])
    if not found:
        return [Section(_("Akibatnya"), _("Belum ada program yang calonnya dapat dibandingkan."))]
    return [one for change in found for one in _change(change, names)]


def _change(change: Mapping[str, Any], names: Mapping[int, str]) -> list[Section]:
    text = _("Dari {count} orang yang cukup dananya: {stay} tetap, {enter} masuk, {leave} keluar.").format(
        **{name: format_number(change[name]) for name in ("count", "stay", "enter", "leave")}
    )
    sections = [Section(_("Akibatnya pada {title}").format(title=change["title"]), text)]
    titles = {
        "village_code": _("Menurut desa"), "sex": _("Menurut jenis kelamin"), "disability": _("Menurut disabilitas"),
        "occupation": _("Menurut pekerjaan"),
    }  # fmt: skip
    for field, cells in change["by"].items():
        rows = [(value, *counts) for value, counts in cells.items() if any(counts)]
        columns = [
            Column(_(priority.FIELDS[field]), lambda row, field=field: value_words(field, row[0], names)),  # type: ignore[misc]
            frame.count_column(_("Tetap"), lambda row: row[1]),
            frame.count_column(_("Masuk"), lambda row: row[2]),
            frame.count_column(_("Keluar"), lambda row: row[3]),
        ]
        if rows:
            text = ""
            if len(rows) > MOST_LINES:
                words = _("{count} baris yang paling berubah, dari {whole}.")
                text = words.format(count=format_number(MOST_LINES), whole=format_number(len(rows)))
                rows = sorted(rows, key=lambda row: -(row[2] + row[3]))[:MOST_LINES]
            sections.append(Section(text=text, table=table(titles[field], columns, rows)))
    return sections


class YesForm(Form):
    """Nothing to fill in."""


@door(*HEADS)
def adopt(request: HttpRequest, rule_id: int) -> HttpResponseBase:
    """Another than who wrote it adopts it, and sees what it changes."""
    rule = queries.rule(rule_id)
    changes = effect_of(rule)["programmes"]

    def counted(change: Mapping[str, Any]) -> str:
        words = _("{stay} tetap, {enter} masuk, {leave} keluar")
        return words.format(**{name: format_number(change[name]) for name in ("stay", "enter", "leave")})

    it: Ask[Rule] = Ask(
        title=_("Tetapkan aturan"), crumbs=above(frame.rule_link(rule)), yes=_("Tetapkan aturan"), base=frame.BASE,
        about=frame.rule_words(rule),
        text=_(SAMPLE) if rule.sample else _("Aturan yang ditetapkan tidak dapat diubah lagi; perubahan menjadi versi baru."),
        act=lambda _told: actions.adopt_rule(rule_id=rule.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Dasar hukum"), rule.regulation), *(Fact(change["title"], counted(change)) for change in changes)
        ],
        done=lambda row, _told: done(request, reverse("programmes:rule", args=[row.pk]), _("Aturan ditetapkan.")),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form that may have nothing to fill in."""
    return request.POST if request.method == "POST" else None
