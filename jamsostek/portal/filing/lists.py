"""Lists of claims: number, what it is about, where it stands, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jamsostek.claims.queries.filing import Mine
from jamsostek.core.text import _
from jamsostek.portal.filing.holder import url
from jamsostek.portal.filing.words import kind_title, number_words, state_tag
from jamsostek.portal.screens import Column, Link, table
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date


def claims_table(caption: str, rows: Sequence[Mine], *, name: Callable[[str], str] | None = str) -> Table:
    """The claims; one that somebody may not open has no link and says nothing but its state. `name` says a name, or none does."""
    columns = [
        Column(_("Nomor klaim"), _number),
        Column(_("Tentang"), lambda one: kind_title(one.claim)),
        *([Column(_("Nama"), lambda one: name(one.name))] if name is not None else []),
        Column(_("Mulai"), lambda one: date(one.claim.submitted_on or one.claim.opened_on)),
        Column(_("Keadaan"), lambda one: state_tag(one.claim)),
        Column(_("Yang kurang"), _lacking),
    ]
    return table(caption, columns, rows)


def _number(one: Mine) -> Link | str:
    return Link(number_words(one.claim), url("show", one.claim)) if one.held else number_words(one.claim)


def _lacking(one: Mine) -> str:
    return _("{count} berkas").format(count=one.wanted) if one.wanted else ""
