"""One candidate: what is known and from where, each condition, the points, the steps, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach import eligibility
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.models import Candidate
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries.candidates import About
from jamsostek.outreach.queries.programmes import STATES
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import READERS, Section
from jamsostek.portal.programmes.rules import SEXES
from jamsostek.portal.programmes.words import fact_words, occupation_words, reason_words
from jamsostek.portal.screens import Column, Event, Fact, Link, table
from jamsostek.portal.screens.words import NOTHING, date

LOOKED = "halaman calon"
ENDS = ("waiting", "verified", "funded", "enrolled")
"""Where somebody can only be stopped: no way of these is the one to be taken."""
SEEN = ("name", "nik", "birth_date", "state")


@door(*READERS)
@require_safe
def show(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """All that is known of somebody."""
    row = people.one(candidate_id)
    people.looked([row], SEEN, LOOKED)
    told = people.about(row)
    context = {
        "about": told.title,
        "tag": frame.state_tag(row.state),
        "ways": ways(row),
        "plain_ways": row.state in ENDS,
        "sections": sections(row, told),
    }
    return frame.screen(request, context, title=frame.name_of(row), crumbs=above(told))


def above(told: About, row: Candidate | None = None) -> list[Link]:
    """The pages above a candidate's, or above what is done with one."""
    listed = Link(_("Calon"), reverse("programmes:candidates", args=[told.number]))
    home = Link(told.title, reverse("programmes:programme", args=[told.number]))
    return frame.above(home, listed, *([frame.candidate_link(row)] if row is not None else []))


def sections(row: Candidate, told: About, *, linked: bool = True) -> list[Section]:
    """What both the office and the village are shown."""
    names = frame.village_names(told.region_code)
    source = (
        _("Sumber: {register}, data per {day}. Jawaban desa didahulukan.").format(
            register=told.register, day=date(told.snapshot_on)
        )
        if told.snapshot_on
        else ""
    )
    return [
        Section(notice=reason_words(row.reason) if row.state in ("refused", "lapsed", "waiting") else ""),
        Section(facts=_money(row, told, linked)),
        Section(_("Setiap syarat"), table=_conditions(row)),
        Section(
            _("Yang diketahui"), source, facts=_facts(row, names)
        ),
        Section(
            _("Skor"), _("Menurut aturan {name} (versi {version}).").format(name=told.rule.name, version=told.rule.version),
            table=_points(row, told, names),
        ),
        Section(_("Riwayat"), events=_steps(row)),
    ]  # fmt: skip


def _money(row: Candidate, told: About, linked: bool) -> list[Fact]:
    facts = []
    if row.state == "waiting":
        facts.append(Fact(_("Nomor antrean"), format_number(people.place_in_line(row))))
    if row.from_month is not None:
        facts += [
            Fact(_("Dibayari oleh"), told.source or NOTHING),
            Fact(_("Bulan yang dibayari"), frame.months_words(row.from_month, row.to_month)),
            Fact(_("Biayanya"), format_rupiah(row.rupiah)),
        ]
    before = people.replaces(row) if linked else None
    return [*facts, Fact(_("Menggantikan"), frame.candidate_link(before))] if before is not None else facts


def _conditions(row: Candidate) -> Any:
    columns = [
        Column(_("Syarat"), lambda one: _(one.title)),
        Column(_("Terpenuhi?"), lambda one: frame.answer_tag(row.answers.get(one.key, eligibility.UNKNOWN))),
        Column(_("Asal jawaban"), lambda one: _origin(row, one.key)),
    ]
    return table(_("Setiap syarat"), columns, eligibility.CONDITIONS)


def _origin(row: Candidate, key: str) -> str:
    told = people.ASKED.get(key)
    if told and row.told.get(told) is not None:
        return _("Dijawab desa atau kantor")
    return _("Pemadanan dengan peserta") if key == "uncovered" else _("Daftar dan pemadanannya")


def _facts(row: Candidate, names: Mapping[int, str]) -> list[Fact]:
    person, sex = row.person, row.facts.get("sex")
    facts = [
        Fact(_("Nama"), frame.name_of(row)), Fact(_("NIK"), people.masked_nik(row) or NOTHING),
        Fact(_("Desa"), frame.village_words(row.village_code, names)),
        Fact(_("Jenis kelamin"), _(SEXES[sex]) if sex else NOTHING),
        Fact(_("Pekerjaan"), occupation_words(row)),
    ]  # fmt: skip
    if person is not None:
        born = date(person.birth_date) if person.birth_date else NOTHING
        facts += [Fact(_("Tanggal lahir"), born), Fact(_("Pekerjaan menurut daftar"), person.occupation or NOTHING)]
        if person.hamlet:
            facts.append(Fact(_("Dusun"), person.hamlet))
    return facts


def _points(row: Candidate, told: About, names: Mapping[int, str]) -> Any:
    rows = people.points_explained(row, told.rule)
    columns = [
        Column(_("Ukuran"), lambda one: one[1]),
        Column(_("Yang diketahui"), lambda one: fact_words(one[0], one[2], dict(names))),
        Column(_("Skor"), lambda one: format_number(one[3]), number=True),
    ]
    return table(_("Dari mana nilainya"), columns, rows, total=[_("Jumlah"), "", format_number(sum(one[3] for one in rows))])


def _steps(row: Candidate) -> list[Event]:
    return [
        Event(
            _(STATES[one.state]),
            f"{date(one.on_date)}, {name_of(one.by)}" if one.by else date(one.on_date),
            reason_words(one.reason),
        )
        for one in people.steps(row)
    ]


def ways(row: Candidate) -> list[Link]:
    """What an office may do with somebody now."""
    if not frame.verifies(row):
        return []

    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"programmes:{name}", args=[row.pk]))

    found = []
    if row.state == "proposed" and row.person is not None:
        if not people.unknown_of(row):
            found.append(way(_("Sahkan"), "verify"))
        found.append(way(_("Jawab pertanyaan"), "tell"))
    if row.state in actions.IN_LINE:
        found.append(way(_("Tolak"), "refuse"))
    if row.state in ("refused", "lapsed") and not row.rupiah:
        found.append(way(_("Ajukan kembali"), "propose"))
    if row.state in ("funded", "enrolled"):
        found.append(way(_("Hentikan perlindungan"), "lapse"))
    return found
