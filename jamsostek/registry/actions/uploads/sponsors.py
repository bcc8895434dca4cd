"""A batch of a sponsor's list: people who begin to be covered, changes, and those whose cover ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from jamsostek.access.scope import Place
from jamsostek.core.months import month_of
from jamsostek.core.text import N_
from jamsostek.law.parameters import law_at
from jamsostek.registry.actions import sponsors
from jamsostek.registry.actions.people import KNOWN, NEW, REPEATED, register_people
from jamsostek.registry.actions.uploads.contacts import Contact, replace_contacts
from jamsostek.registry.actions.uploads.finding import by_number, names_differ
from jamsostek.registry.actions.uploads.rows import Batch, Cells
from jamsostek.registry.actions.uploads.verdicts import Verdicts
from jamsostek.registry.choices import Via
from jamsostek.registry.models import Cover, Upload

NO_OCCUPATION = N_("Pekerja rentan")
"""Written where a list names no occupation; stored in Indonesian."""


@dataclass
class SponsorList:
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

    def _join(self, batch: Batch, verdicts: Verdicts) -> None:
        ready = batch.prepared
        answers = register_people(
            ready.people, via=Via.UPLOAD, today=self.today, place=self.place, reason=self._reason, prepared=ready
        )
        found = {at: answer.participant_id for at, answer in zip(batch.joins, answers, strict=True) if answer.status != NEW}
        differ = names_differ(batch, found, verdicts)
        people: dict[int, int] = {}
        for at, answer in zip(batch.joins, answers, strict=True):
            row = batch.rows[at]["row"]
            if at in differ:
                continue
            if answer.died:
                verdicts.say(row, "died", answer.participant_id)
                continue
            people[at] = answer.participant_id
            if answer.asked:
                verdicts.say(row, "maybe_same", answer.participant_id)
            if answer.status in (KNOWN, REPEATED):
                verdicts.say(row, answer.status, answer.participant_id)
        wanted = [self._covering(batch.rows[at], one) for at, one in people.items()]
        covered = sponsors.cover_by_sponsor(
            sponsor_id=self._sponsor_id, people=wanted, reason=self._reason, upload_id=self.upload.pk
        )
        there = {
            at: (one, wish, done)
            for (at, one), wish, done in zip(people.items(), wanted, covered, strict=True)
            if done.status == sponsors.ALREADY
        }
        self._already(batch, there, verdicts)

    def _covering(self, row: Cells, participant_id: int) -> sponsors.Covering:
        start = max(month_of(row["start_date"]), self.upload.month) if row["start_date"] else self.upload.month
        last = self.upload.to_month
        return sponsors.Covering(
            participant_id,
            start if last is None else min(start, last),
            int(row["income_rupiah"] or self._least_income),
            row["occupation"] or NO_OCCUPATION,
            last,
        )

    def _already(
        self, batch: Batch, there: dict[int, tuple[int, sponsors.Covering, sponsors.Covered]], verdicts: Verdicts
    ) -> None:
        """Cover that was there: whole months are nothing to do, a part of them is for a human."""
        changing = {}
        for at, (one, wish, cover) in there.items():
            whole = cover.from_month <= wish.from_month and (cover.to_month or 999912) >= (wish.to_month or 999912)
            row = batch.rows[at]
            if not whole:
                verdicts.say(row["row"], "covered_by_other_months", one)
            elif self.upload.overwrite if row["overwrite"] is None else row["overwrite"]:
                changing[at] = one
            else:
                verdicts.say(row["row"], "already_there", one)
        self._replace(batch, changing, verdicts)

    def _replace(self, batch: Batch, people: dict[int, int], verdicts: Verdicts) -> None:
        if not people:
            return
        contacts = {
            one: Contact((batch.rows[at]["address"] or "")[:200], batch.rows[at]["phone"] or "") for at, one in people.items()
        }
        changed, elsewhere = replace_contacts(contacts, sponsor_id=self._sponsor_id, reason=self._reason)
        for at, one in people.items():
            if one in elsewhere:
                verdicts.say(batch.rows[at]["row"], "not_only_here", one)
            verdicts.say(batch.rows[at]["row"], "updated" if one in changed else "unchanged", one)

    def _change(self, batch: Batch, verdicts: Verdicts) -> None:
        places = batch.does("change")
        found = by_number(batch, places, verdicts)
        mine = set(
            Cover.objects.filter(
                sponsor_id=self._sponsor_id, participant_id__in=[who.participant_id for who in found.values()]
            ).values_list("participant_id", flat=True)
        )
        people = {at: who.participant_id for at, who in found.items() if who.participant_id in mine}
        for at in places:
            if at not in people:
                verdicts.say(batch.rows[at]["row"], "not_found")
        differ = names_differ(batch, people, verdicts)
        people = {at: one for at, one in people.items() if at not in differ}
        self._replace(batch, people, verdicts)

    def _leave(self, batch: Batch, verdicts: Verdicts) -> None:
        places = batch.does("leave")
        found = by_number(batch, places, verdicts)
        differ = names_differ(batch, {at: who.participant_id for at, who in found.items()}, verdicts)
        found = {at: who for at, who in found.items() if at not in differ}
        ends = [(who.participant_id, month_of(batch.rows[at]["end_date"])) for at, who in found.items()]
        answers = sponsors.end_covers(sponsor_id=self._sponsor_id, people=ends, reason=self._reason)
        for (at, who), answer in zip(found.items(), answers, strict=True):
            if answer != sponsors.ENDED:
                verdicts.say(batch.rows[at]["row"], _END_VERDICTS[answer], who.participant_id)
        for at in places:
            if at not in found and at not in differ:
                verdicts.say(batch.rows[at]["row"], "not_found")

    @property
    def _sponsor_id(self) -> int:
        return int(self.upload.sponsor_id or 0)

    @cached_property
    def _reason(self) -> str:
        return f"unggahan {self.upload.pk}"

    @cached_property
    def _least_income(self) -> int:
        """The base of the lowest income band of the law."""
        return int(law_at(self.upload.month).table("bpu.bands")["base_rupiah"][0])


_END_VERDICTS = {
    sponsors.NOT_FOUND: "not_found",
    sponsors.ALREADY_ENDED: "already_left",
    sponsors.BEFORE_STARTING: "before_joining",
}
