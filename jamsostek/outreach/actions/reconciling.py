"""Every month a look at everybody enrolled: who died, moved, found an employer, is paid for twice. Their money comes back.

A month in which somebody was still covered rightly stays paid; cover ends with it. What comes back goes to who waits.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, regencies_below, system_scope
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions.funding import end, replace_lapsed
from jamsostek.outreach.actions.holding import held
from jamsostek.outreach.models import Candidate, Programme, Reconciliation
from jamsostek.registry.queries.linking import Known, known_of
from jamsostek.registry.queries.timeline import Spell, spells_of

DIED, MOVED, EMPLOYED, TWICE = "died", "moved", "employed", "twice"
WHY = {
    DIED: N_("Tercatat meninggal."),
    MOVED: N_("Pindah ke daerah lain."),
    EMPLOYED: N_("Sudah dilindungi pemberi kerja."),
    TWICE: N_("Sudah dibayari pihak lain."),
}
BATCH = 5_000


def open_programmes() -> list[int]:
    """Whose people are looked at every month."""
    return list(Programme.objects.filter(state="open").values_list("pk", flat=True))


def reconcile(*, programme_id: int, today: dt.date, replace: bool = True) -> Reconciliation:
    """Looks at everybody enrolled in a programme; what comes back goes to who waits, from the next month on."""
    programme = held(programme_id, Can.PLAN_MOVEMENT, "open")
    month = month_of(today)
    lapsed: Counter[str] = Counter()
    looked, saved, last = 0, 0, 0
    while rows := list(_next(programme, month, last)):
        looked, last = looked + len(rows), rows[-1].pk
        ending = _ending(programme, rows, month)
        saved += end(programme, [(row, until, _(WHY[kind])) for row, until, kind in ending], today)
        lapsed.update(kind for _row, _until, kind in ending)
    given = (
        replace_lapsed(programme_id=programme.pk, from_month=add_months(month, 1), today=today) if replace and lapsed else None
    )
    kept = Reconciliation.objects.create(
        programme=programme, month=month, looked=looked, lapsed=dict(lapsed), saved_rupiah=saved,
        replaced=given.funded if given else 0, made_by=current().user_id,
    )  # fmt: skip
    audit.record("programme.reconciled", "programme", programme.pk, fields=("candidates",))
    return kept


def _next(programme: Programme, month: int, after: int) -> Sequence[Candidate]:
    rows = Candidate.objects.select_for_update(no_key=True, of=("self",)).select_related("source")
    mine = rows.filter(programme_id=programme.pk, state="enrolled", to_month__gte=month, pk__gt=after)
    return list(mine.order_by("pk")[:BATCH])


def _ending(programme: Programme, rows: Sequence[Candidate], month: int) -> list[tuple[Candidate, int, str]]:
    """Who lapses, with the last month that stays paid, and why."""
    people = [one.participant_id for one in rows if one.participant_id is not None]
    with acting(system_scope(_("Gerakan perlindungan pekerja rentan"))):
        known, spells = known_of(people), spells_of(people, month)
    here = {programme.region_code, *regencies_below(programme.region_code)}
    told = []
    for row in rows:
        who = row.participant_id or 0
        found = _found(known.get(who), spells.get(who, []), programme, here, month)
        if found is not None:
            told.append((row, *found))
    return told


def _found(
    known: Known | None, spells: Sequence[Spell], programme: Programme, here: set[int], month: int
) -> tuple[int, str] | None:
    """The last month that stays paid, and why it is the last; None for who goes on."""
    if known is not None and known.died_on is not None:
        return month_of(known.died_on), DIED
    if known is not None and known.regency_code not in here:
        return month, MOVED
    now = [spell for spell in spells if spell.covers and spell.runs_in(month)]
    work = [spell for spell in now if spell.employer_id is not None]
    if work:
        return add_months(max(min(one.from_month for one in work), 201_507), -1), EMPLOYED
    if any(one.sponsor_id not in (None, programme.sponsor_id) for one in now):
        return month, TWICE
    return None
