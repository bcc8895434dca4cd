"""What would be paid if something happened today, from a person's own record: the same conditions and rules as a claim's.

An estimate, and said to be one: nothing is written, and what only papers can show is taken as shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek import law as rules
from jamsostek.claims.choices import COMPONENTS, Component, Kind
from jamsostek.claims.computing import Part, assessed
from jamsostek.claims.facts import Facts, Known, Source
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import records
from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import Condition, Met, Outcome, years_after
from jamsostek.law.parameters import law_on
from jamsostek.registry.models import Participant


@dataclass(frozen=True)
class Line:
    """One part of what would be paid; whole rupiah, of a month where `monthly`."""

    title: str
    rupiah: int
    monthly: bool
    part: Part


@dataclass(frozen=True)
class Scenario:
    """What would follow from one event; `wrong` are the conditions that stand in the way today.

    `on` is the day of it: today, or the birthday that has to come first. `notes` say what of it is only assumed.
    """

    key: str
    title: str
    outcome: Outcome
    lines: Sequence[Line]
    wrong: Sequence[Condition]
    on: dt.date
    notes: Sequence[str]

    @property
    def once_rupiah(self) -> int:
        """All that would be paid at once."""
        return sum(one.rupiah for one in self.lines if not one.monthly)


@dataclass(frozen=True)
class _Event:
    key: str
    title: str
    kind: Kind
    told: Mapping[str, Any]
    on: dt.date
    notes: Sequence[str] = ()


AS_TODAY = N_("Dihitung dengan saldo dan bulan iuran hari ini; iuran dan hasil sesudahnya belum dihitung.")
NOT_INDEXED = N_("Upah rata-rata belum disesuaikan dengan inflasi; pensiun yang sebenarnya biasanya lebih besar.")
FAMILY = N_("Dianggap ada pasangan atau anak yang tercatat.")


def _events(today: dt.date) -> tuple[_Event, ...]:
    """What may happen today, with the facts that papers would show."""
    day = today.isoformat()
    by_work = {"happened_on": day, "kind": "accident", "by_work": True, "reported_on": day, "concluded_on": day}
    heirs = {"claimant_step": "widow_widower_or_child", "entitled_step": "widow_widower_or_child", "spouses": 1, "minors": 0}
    thumb = [{"code": "thumb_right", "loss": 1, "left_handed": False}]
    return (
        _Event(
            "death", N_("Bila saya meninggal karena sakit"), Kind.JKM,
            {"died_on": day, "cause": "illness", "known_dead": True} | heirs, today, (FAMILY,),
        ),
        _Event(
            "death_at_work", N_("Bila saya meninggal karena kecelakaan kerja"), Kind.JKK,
            by_work | heirs | {"result": "dead", "died_on": day, "known_dead": True}, today, (FAMILY,),
        ),
        _Event(
            "injury", N_("Bila saya kehilangan ibu jari kanan karena kerja"), Kind.JKK,
            by_work | {"result": "partial", "injuries": thumb}, today,
        ),
        _Event("disability", N_("Bila saya cacat total karena kerja"), Kind.JKK, by_work | {"result": "total"}, today),
        _Event(
            "dismissal", N_("Bila saya diberhentikan (PHK)"), Kind.JKP,
            {"left_on": day, "reason": "dismissed", "willing": True, "citizen": True, "proof": True, "working_again": False},
            today,
        ),
        _Event(
            "stopping", N_("Bila saya berhenti dan mengambil tabungan hari tua"), Kind.JHT,
            {"cause": "contract_ended", "event_on": day, "working": False}, today,
        ),
        _Event(
            "pension_disability", N_("Pensiun bila saya cacat total"), Kind.JP_DISABILITY,
            {"event_on": day, "total_disability": True}, today, (NOT_INDEXED,),
        ),
    )  # fmt: skip


def _retiring(born: dt.date, today: dt.date) -> tuple[_Event, ...]:
    """Old age: savings at the age of the law, the pension at its own; from today where that day is past."""
    full = max(today, years_after(born, law_on(today).number("jht.full_age")))
    told = rules.calculate("benefit.jp.pension_age", date=today, birth_date=born)
    reached = max(today, dt.date.fromisoformat(str(told["reached_on"])))
    later = {"claimed_on": full.isoformat(), "event_on": full.isoformat(), "cause": "age_56"}
    pension = {"claimed_on": reached.isoformat(), "event_on": reached.isoformat(), "working": False}
    return (
        _Event("old_age", N_("Bila saya mencapai usia JHT"), Kind.JHT, later, full, (AS_TODAY,)),
        _Event("pension", N_("Bila saya mencapai usia pensiun"), Kind.JP_OLD_AGE, pension, reached, (AS_TODAY, NOT_INDEXED)),
    )


def scenarios(participant_id: int, *, today: dt.date) -> list[Scenario]:
    """Every event of today and old age for one person, in the order people ask; shown to nobody but that person."""
    return [_scenario(participant_id, event, today) for event in _all(participant_id, today)]


def scenario(participant_id: int, key: str, *, today: dt.date) -> Scenario | None:
    """One of them; None where there is none of that name."""
    event = next((one for one in _all(participant_id, today) if one.key == key), None)
    return None if event is None else _scenario(participant_id, event, today)


def _all(participant_id: int, today: dt.date) -> tuple[_Event, ...]:
    born = Participant.objects.values_list("birth_date", flat=True).get(pk=participant_id)
    return (*_events(today), *_retiring(born, today))


def _scenario(participant_id: int, event: _Event, today: dt.date) -> Scenario:
    claim = Claim(kind=event.kind, participant_id=participant_id, opened_on=today)
    told = _with_mean_wage(records.told(claim, OF[event.kind].records, event_on=today, claimed_on=today))
    known = {name: Known(value, Source.RECORD) for name, value in told.items()}
    known |= {name: Known(value, Source.STATED) for name, value in event.told.items()}
    found = assessed(event.kind, Facts(known), today=today)
    lines = [_line(part) for part in found.parts]
    wrong = [one for one in found.conditions if one.required and one.met == Met.NOT_MET]
    lump = any(one.part.component == Component.JP_LUMP for one in lines)
    notes = [_(text) for text in event.notes if not (lump and text == NOT_INDEXED)]
    return Scenario(event.key, _(event.title), found.outcome, lines if not wrong else [], wrong, event.on, notes)


def _with_mean_wage(told: Mapping[str, Any]) -> dict[str, Any]:
    """The mean of the wages paid in, not indexed: what an officer finds with the inflation of each year is not known here."""
    years = told.get("jp_years") or []
    months = sum(one["months"] for one in years)
    if not months:
        return dict(told)
    return {**told, "mean_indexed_wage_rupiah": sum(one["wage_rupiah"] * one["months"] for one in years) // months}


def _line(part: Part) -> Line:
    return Line(_(COMPONENTS[part.component].title), part.rupiah, part.recurs is not None, part)
