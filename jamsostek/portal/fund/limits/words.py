"""How limits are told: shares, states, where they are written."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.urls import reverse

from jamsostek.core.rupiah import PPM, format_percent
from jamsostek.core.text import N_, _
from jamsostek.fund.limits.checking import Finding
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.limits.rules import BASES, BOARD, BOUNDS, Limit
from jamsostek.fund.queries.breaches import STATES, rule_title
from jamsostek.law.labels import GRADES
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.screens import Link, Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING

NEAR_PPM = 900_000
"""From nine tenths of a limit on it is told as near."""
TITLE, BREACHES, BOARD_TITLE, TRY = N_("Batas investasi"), N_("Pelampauan"), N_("Batas internal"), N_("Coba transaksi")
TONES: dict[str, Tone] = {
    "none": "bad", "waiting": "warn", "running": "info", "overdue": "bad", "mended": "good", "refused": "plain",
}  # fmt: skip
FUND_CHOICES = [(fund, fund.upper()) for fund in PROGRAMMES]


class FundField(forms.ChoiceField):
    """One of the five funds."""

    def __init__(self) -> None:
        super().__init__(label=N_("Dana"), choices=FUND_CHOICES)


def limit_words(limit: Limit) -> str:
    """`paling banyak 5 % dari investasi dana ini`."""
    words = _("{bound} {share} dari {base}")
    return words.format(bound=_(BOUNDS[limit.rule.bound]), share=format_percent(limit.ppm), base=_(BASES[limit.rule.base]))


def short_limit(limit: Limit) -> str:
    """`paling banyak 5 %`; of what it is, only where that is not the fund's own investments."""
    if limit.rule.base != "investments":
        return limit_words(limit)
    return _("{bound} {share}").format(bound=_(BOUNDS[limit.rule.bound]), share=format_percent(limit.ppm))


def share_words(part: int, whole: int) -> str:
    """A part of a base with four digits at most; a dash where there is no base."""
    return format_percent((2 * part * PPM + whole) // (2 * whole)) if whole > 0 else NOTHING


def state_tag(one: Standing) -> Tag:
    """Kept, nearly used up, or broken."""
    if one.broken:
        return Tag(_("Dilampaui"), "bad")
    if one.limit.ppm == 0 or one.base_rupiah == 0 or one.used_ppm < NEAR_PPM:
        return Tag(_("Dipatuhi"), "good")
    return Tag(_("Hampir penuh"), "warn")


def finding_tag(one: Finding) -> Tag:
    """What a trade does to a limit."""
    if one.breach:
        return Tag(_("Dilampaui oleh transaksi ini"), "bad")
    if one.broken_after:
        return Tag(_("Sudah dilampaui sebelumnya"), "warn")
    return Tag(_("Dipatuhi"), "good")


def plan_tag(state: str) -> Tag:
    """Where a plan stands."""
    return Tag(_(STATES[state]), TONES[state])


def grade_tag(limit: Limit) -> Tag:
    """How well the figure is known; the board's own is its decree."""
    if limit.basis == BOARD:
        return Tag(_("batas internal"), "info")
    return Tag(_(GRADES[limit.grade]), "good" if limit.grade == "gazette" else "warn")


def cited(regulation: str, article: str) -> str:
    """`PP 99/2013, Pasal 41`; a decree has no article, nor has a regulation that was not read."""
    return f"{regulation}, {article}" if article else regulation


def basis_words(limit: Limit) -> str:
    """Where a limit is written, with how well that is known where it is not the regulation itself."""
    told = cited(limit.regulation, limit.article)
    if limit.basis == BOARD:
        return _("{decree} (internal)").format(decree=told)
    return told if limit.grade == "gazette" else f"{told} ({_(GRADES[limit.grade])})"


def of_fund(fund: str, base: str) -> str:
    """Whose limit it is: a fund's, or that of all together."""
    return _("Semua dana") if base == "all_investments" else fund_title(fund)


def subject_words(name: str) -> str:
    """What a limit is about; a class is told by the limit's own title."""
    return name or _("seluruhnya")


def limit_link(one: Standing) -> Link:
    """To the page of a limit of a fund."""
    return Link(one.limit.rule.title, limit_url(one.limit.fund, one.limit.id))


def limit_url(fund: str, rule: str) -> str:
    """The page of a limit of a fund."""
    return reverse("limits:limit", args=[fund, rule])


def finding_title(one: Finding) -> str:
    """What is limited, and whose limit it is where it is not the law's."""
    title = rule_title(one.rule)
    return title if one.basis != BOARD else _("{title} (internal)").format(title=title)


def above() -> Link:
    """The page above the others."""
    return Link(_(TITLE), reverse("limits:home"))


def first_day() -> dt.date:
    """The first day that can be asked for."""
    return dt.date(2014, 1, 1)
