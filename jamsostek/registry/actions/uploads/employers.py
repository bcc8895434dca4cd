"""A batch of an employer's list: joins, then wages and changes, then leavings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from jamsostek.access.scope import Place
from jamsostek.core.months import month_of
from jamsostek.law.parameters import law_at
from jamsostek.registry.actions import employ
from jamsostek.registry.actions.people import KNOWN, NEW, REPEATED, register_people
from jamsostek.registry.actions.uploads.contacts import Contact, replace_contacts
from jamsostek.registry.actions.uploads.finding import Who, by_number, names_differ
from jamsostek.registry.actions.uploads.rows import LEAVINGS, Batch, Cells, same_person
from jamsostek.registry.actions.uploads.verdicts import Verdicts
from jamsostek.registry.choices import Leaving, Segment, Via
from jamsostek.registry.models import EmployerUnit, Participant, Upload


@dataclass
class EmployerList:
    """What is the same for all batches of one upload."""

    upload: Upload
    place: Place
    today: dt.date
    regency_code: int

    def write(self, batch: Batch) -> Verdicts:
        """Writes a batch; answers its rows."""
        verdicts = Verdicts()
        self._join(batch, verdicts)
        self._change(batch, verdicts)
        self._leave(batch, verdicts)
        return verdicts

    # --- joining ---

    def _join(self, batch: Batch, verdicts: Verdicts) -> None:
        people = self._people(batch, verdicts)
        differ = names_differ(batch, {at: who.participant_id for at, who in people.items() if not who.fresh}, verdicts)
        work, at_of = [], []
        for at, who in people.items():
            row = batch.rows[at]
            if at in differ:
                continue
            if who.died:
                verdicts.say(row["row"], "died", who.participant_id)
                continue
            work.append(self._work(row, who.participant_id, verdicts))
            at_of.append(at)
        taken = employ.take_on(employer_id=self._employer_id, work=work, reason=self._reason, upload_id=self.upload.pk)
        there = [at for at, answer in zip(at_of, taken, strict=True) if answer.status == employ.WORKING]
        self._overwrite(batch, {at: people[at].participant_id for at in there}, verdicts)

    def _people(self, batch: Batch, verdicts: Verdicts) -> dict[int, Who]:
        """Those who join, registered where they are new; a row without an answer is not to be written."""
        numbered = by_number(batch, [at for at in batch.joins if batch.rows[at]["kpj"]], verdicts)
        places = [
            place for place, at in enumerate(batch.joins) if at not in numbered and batch.rows[at]["row"] not in verdicts.found
        ]
        ready = batch.prepared.only(places)
        answers = register_people(
            ready.people, via=Via.UPLOAD, today=self.today, place=self.place, reason=self._reason, prepared=ready
        )
        found = dict(numbered)
        for place, answer in zip(places, answers, strict=True):
            at = batch.joins[place]
            row = batch.rows[at]["row"]
            found[at] = Who(answer.participant_id, answer.died, answer.status == NEW)
            if answer.asked:
                verdicts.say(row, "maybe_same", answer.participant_id)
            if answer.status in (KNOWN, REPEATED):
                verdicts.say(row, answer.status, answer.participant_id)
        for at, who in numbered.items():
            verdicts.say(batch.rows[at]["row"], "known", who.participant_id)
        return dict(sorted(found.items()))

    def _work(self, row: Cells, participant_id: int, verdicts: Verdicts) -> employ.Work:
        unit = self._units.get((row["unit"] or "").casefold())
        if row["unit"] and unit is None:
            verdicts.say(row["row"], "unit_unknown", participant_id)
        return employ.Work(
            participant_id,
            month_of(row["start_date"]) if row["start_date"] else self.upload.month,
            self._wage(row),
            row["segment"] or Segment.PU,
            unit,
            None,
            row["occupation"] or "",
            row["start_date"],
        )

    def _wage(self, row: Cells) -> int:
        """A month's wage; a day's wage by the law's number of days."""
        if row["wage_rupiah"] is not None:
            return int(row["wage_rupiah"])
        return int(row["daily_wage_rupiah"]) * self._days

    # --- those who are there already ---

    def _overwrite(self, batch: Batch, people: dict[int, int], verdicts: Verdicts) -> None:
        """Replaces wages and contacts where the sender said so; leaves the others as they are."""
        chosen = {at: one for at, one in people.items() if self._may_overwrite(batch.rows[at])}
        for at in people.keys() - chosen.keys():
            verdicts.say(batch.rows[at]["row"], "already_there", people[at])
        self._replace(batch, chosen, verdicts)

    def _may_overwrite(self, row: Cells) -> bool:
        return self.upload.overwrite if row["overwrite"] is None else bool(row["overwrite"])

    def _replace(self, batch: Batch, people: dict[int, int], verdicts: Verdicts) -> None:
        if not people:
            return
        rows = batch.rows
        waged = [at for at in people if rows[at]["wage_rupiah"] is not None or rows[at]["daily_wage_rupiah"] is not None]
        answers = self._new_wages(batch, {at: people[at] for at in waged})
        contacts = {one: Contact((rows[at]["address"] or "")[:200], rows[at]["phone"] or "") for at, one in people.items()}
        changed, elsewhere = replace_contacts(contacts, employer_id=self._employer_id, reason=self._reason)
        for at, one in people.items():
            row = rows[at]["row"]
            if answers.get(at) == employ.NOT_THEN:
                verdicts.say(row, "not_then", one)
            if one in elsewhere:
                verdicts.say(row, "not_only_here", one)
            verdicts.say(row, "updated" if one in changed or answers.get(at) == employ.CHANGED else "unchanged", one)

    def _new_wages(self, batch: Batch, people: dict[int, int]) -> dict[int, str]:
        starts = self._starts(list(people.values()))
        wages = [
            employ.NewWage(one, max(self.upload.month, starts.get(one, self.upload.month)), self._wage(batch.rows[at]))
            for at, one in people.items()
        ]
        answers = employ.change_wages(employer_id=self._employer_id, wages=wages, reason=self._reason)
        return dict(zip(people, answers, strict=True))

    def _starts(self, people: list[int]) -> dict[int, int]:
        """When open spells there begin: a wage cannot begin earlier."""
        rows = self.upload.employer.employments.filter(participant_id__in=people, to_month=None)  # type: ignore[union-attr]
        return dict(rows.order_by("from_month").values_list("participant_id", "from_month"))

    # --- wages, changes, leavings ---

    def _change(self, batch: Batch, verdicts: Verdicts) -> None:
        found = by_number(batch, batch.does("wage") + batch.does("change"), verdicts)
        self._not_found(batch, batch.does("wage") + batch.does("change"), found, verdicts)
        there = employ.known_there(self._employer_id, [who.participant_id for who in found.values()])
        differ = names_differ(batch, {at: who.participant_id for at, who in found.items()}, verdicts)
        people = {}
        for at, who in found.items():
            if at in differ:
                continue
            if who.participant_id in there:
                people[at] = who.participant_id
            else:
                verdicts.say(batch.rows[at]["row"], "not_found", who.participant_id)
        wages = self._new_wages(batch, {at: people[at] for at in batch.does("wage") if at in people})
        for at, answer in wages.items():
            if answer == employ.NOT_THEN:
                verdicts.say(batch.rows[at]["row"], "not_then", people[at])
            elif answer == employ.SAME:
                verdicts.say(batch.rows[at]["row"], "unchanged", people[at])
        changes = {at: people[at] for at in batch.does("change") if at in people}
        self._name_differs(batch, changes, verdicts)
        self._replace(batch, changes, verdicts)

    def _name_differs(self, batch: Batch, people: dict[int, int], verdicts: Verdicts) -> None:
        """What only an office changes, against papers."""
        known = Participant.objects.only("name", "name_key", "birth_date", "sex").in_bulk(list(people.values()))
        for at, one in people.items():
            person = known.get(one)
            if person is not None and (not same_person(batch.rows[at], person.name_key, person.birth_date)):
                verdicts.say(batch.rows[at]["row"], "office_only", one)

    def _leave(self, batch: Batch, verdicts: Verdicts) -> None:
        places = batch.does("leave")
        found = by_number(batch, places, verdicts)
        self._not_found(batch, places, found, verdicts)
        differ = names_differ(batch, {at: who.participant_id for at, who in found.items()}, verdicts)
        found = {at: who for at, who in found.items() if at not in differ}
        going = [
            employ.Goodbye(
                who.participant_id, batch.rows[at]["end_date"], str(LEAVINGS.get(batch.rows[at]["leave_reason"], Leaving.OTHER))
            )
            for at, who in found.items()
        ]
        answers = employ.leave_many(employer_id=self._employer_id, people=going, reason=self._reason)
        for (at, who), answer in zip(found.items(), answers, strict=True):
            if answer != employ.LEFT:
                verdicts.say(batch.rows[at]["row"], answer, who.participant_id)

    def _not_found(self, batch: Batch, places: list[int], found: dict[int, Who], verdicts: Verdicts) -> None:
        for at in places:
            if at not in found:
                verdicts.say(batch.rows[at]["row"], "not_found")

    # --- what stays the same ---

    @property
    def _employer_id(self) -> int:
        return int(self.upload.employer_id or 0)

    @cached_property
    def _reason(self) -> str:
        return f"unggahan {self.upload.pk}"

    @cached_property
    def _days(self) -> int:
        return int(law_at(self.upload.month).number("wage.daily_multiplier"))

    @cached_property
    def _units(self) -> dict[str, int]:
        """Units by code and by name."""
        rows = EmployerUnit.objects.filter(employer_id=self._employer_id).values_list("pk", "code", "name")
        return {text.casefold(): pk for pk, code, name in rows for text in (name, code)}
