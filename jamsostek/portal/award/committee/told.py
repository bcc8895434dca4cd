"""The words that the committee's pages of editions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from jamsostek.awards.choices import EDITION_STATES, EditionState
from jamsostek.awards.comparing import Difference
from jamsostek.awards.edition import told
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, Link, Tab, Table, Tag, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date, month

Section = tuple[str, str, list[Table]]
"""A heading, a sentence, tables."""
_TONES: dict[EditionState, Tone] = {
    EditionState.DRAFT: "warn", EditionState.OPEN: "info", EditionState.CLOSED: "good", EditionState.CANCELLED: "plain",
}  # fmt: skip
_KINDS = {"added": N_("ditambahkan"), "dropped": N_("dihapus"), "changed": N_("diubah")}


def state_tag(of: Standing) -> Tag:
    """Where it stands."""
    return Tag(_(EDITION_STATES[of.state]), _TONES[of.state])


def title_of(of: Standing) -> str:
    """In the reader's language."""
    return told(of.says.title)


def editions_link() -> Link:
    """The list above."""
    return Link(_("Edisi"), reverse("award_committee:editions"))


def edition_link(of: Standing) -> Link:
    """The page of an edition."""
    return Link(title_of(of), reverse("award_committee:edition", args=[of.code]))


def tabs(of: Standing, here: str) -> list[Tab]:
    """The parts of an edition."""
    shown = (
        ("edition", _("Ringkasan")), ("content", _("Isi edisi")), ("contests", _("Daftar lomba")), ("entries", _("Para calon")),
        ("juries", _("Juri")), ("interviews", _("Wawancara")), ("snapshots", _("Potret")), ("results", _("Hasil")),
        ("versions", _("Versi")),
    )  # fmt: skip
    return [Tab(text, reverse(f"award_committee:{name}", args=[of.code]), name == here) for name, text in shown]


# --- differences ------------------------------------------------------------------------------------------------------------


def value_words(value: Any, form: str) -> str:
    """A value of an edition as people read it."""
    if value is None or value == "":
        return NOTHING
    shown: dict[str, Callable[[Any], str]] = {"percent": format_percent, "day": date, "month": month, "rupiah": format_rupiah}
    return shown[form](value) if form in shown else str(value)


def difference_table(caption: str, found: list[Difference]) -> Table:
    """What changed, a line each."""
    columns = [
        Column(_("Di mana"), lambda one: one.where),
        Column(_("Apa"), lambda one: one.what),
        Column(_("Semula"), lambda one: value_words(one.before, one.form)),
        Column(_("Menjadi"), lambda one: value_words(one.after, one.form)),
        Column(_("Perubahan"), lambda one: _(_KINDS[one.kind])),
    ]
    return table(caption, columns, found)
