"""The list as annex to a decree: prepared by one, approved by another with the decree's number, then everybody enrolled.

    PREPARED → APPROVED → ENROLLING → ENROLLED
        ↘ WITHDRAWN

What is approved is what was prepared: its digest is reckoned again and signed. Enrolment is taken up where a killed worker left
it; who cannot be enrolled lapses with the reason, and their money comes back.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from typing import Any

from jamsostek.access import audit, signing
from jamsostek.access.background import alone, enqueue, language_of
from jamsostek.access.bulk import insert_rows, tell
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking
from jamsostek.outreach.actions import enrolling
from jamsostek.outreach.actions.funding import end
from jamsostek.outreach.actions.holding import held
from jamsostek.outreach.models import Candidate, Decree, DecreeLine
from jamsostek.outreach.queries.lists import digest_of

ENROL = "decrees.enrol"
LOCK = 820_604
TRIES = 3
BATCH = 500
PURPOSE = "decree"
"""The signing keys of lists."""


def prepare(*, programme_id: int, title: str, today: dt.date) -> Decree:
    """Makes the list of everybody funded who stands on none yet, numbered within each village in the order of the rule."""
    programme = held(programme_id, Can.PLAN_MOVEMENT, "open")
    if not title.strip():
        raise InputError(_("Isian ini belum diisi."), field="title", remedy=_("Tulis nama lampirannya."))
    rows = list(_unlisted(programme.pk))
    if not rows:
        raise InputError(_("Tidak ada yang menunggu untuk dicantumkan."), remedy=_("Danai calon lebih dahulu."))
    numbers = _numbered(rows)
    decree = Decree.objects.create(
        programme=programme, title=" ".join(title.split()), people=len(rows), villages=len({village for village, _n in numbers}),
        rupiah=sum(one.rupiah for one in rows), digest=digest_of(rows, numbers), prepared_by=current().user_id, prepared_on=today,
    )  # fmt: skip
    insert_rows("outreach_decreeline", {
        "decree_id": ("bigint", [decree.pk] * len(rows)),
        "candidate_id": ("bigint", [one.pk for one in rows]),
        "number": ("int", [number for _village, number in numbers]),
        "village_code": ("bigint", [village or None for village, _number in numbers]),
    })  # fmt: skip
    audit.record("decree.prepared", "decree", decree.pk, fields=("people",))
    return decree


def _unlisted(programme_id: int) -> Any:
    live = DecreeLine.objects.exclude(decree__state="withdrawn").filter(decree__programme_id=programme_id).values("candidate_id")
    return (
        Candidate.objects.select_for_update(no_key=True)
        .filter(programme_id=programme_id, state="funded").exclude(pk__in=live).order_by("village_code", "-points", "lot", "pk")
    )  # fmt: skip


def _numbered(rows: Sequence[Candidate]) -> list[tuple[int, int]]:
    last: dict[int, int] = {}
    told = []
    for one in rows:
        village = one.village_code or 0
        last[village] = last.get(village, 0) + 1
        told.append((village, last[village]))
    return told


def _held(decree_id: int, can: Can) -> Decree:
    row = Decree.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").filter(pk=decree_id).first()
    if row is None:
        raise not_yours(_("Lampiran ini tidak ada, atau bukan milik daerah Anda."))
    current().need(can, Place(regency=row.programme.region_code))
    return row


def withdraw(*, decree_id: int, reason: str) -> Decree:
    """Takes a list back before it is approved; its people may stand on another."""
    row = _held(decree_id, Can.PLAN_MOVEMENT)
    if row.state == "withdrawn":
        return row
    if row.state != "prepared":
        raise InputError(_("Lampiran ini sudah disetujui."), remedy=_("Hentikan perlindungan tiap orang yang tidak berhak."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa lampiran ini ditarik."))
    row.state = "withdrawn"
    row.save(update_fields=["state"])
    audit.record("decree.withdrawn", "decree", row.pk, fields=("state",), reason=reason.strip())
    return row


def approve(*, decree_id: int, number: str, today: dt.date) -> Decree:
    """Another than who prepared it approves a list under the decree's number; everybody on it is then enrolled."""
    row = _held(decree_id, Can.APPROVE_MOVEMENT)
    if row.state in ("approved", "enrolling", "enrolled"):
        return row
    if row.state != "prepared":
        raise InputError(_("Lampiran ini sudah ditarik."), remedy=_("Siapkan lampiran baru."))
    if row.prepared_by is not None and row.prepared_by == current().user_id:
        raise InputError(_("Yang menyiapkan lampiran tidak dapat menyetujuinya."), remedy=_("Minta pejabat lain menyetujuinya."))
    if not number.strip():
        raise InputError(_("Nomor keputusan belum diisi."), field="number", remedy=_("Tulis nomor keputusan kepala daerah."))
    _unchanged(row)
    row.number, row.state, row.approved_by, row.approved_on = " ".join(number.split()), "approved", current().user_id, today
    row.signature = _signed(row)
    row.save(update_fields=["number", "state", "approved_by", "approved_on", "signature"])
    audit.record("decree.approved", "decree", row.pk, fields=("number",))
    enqueue(ENROL, decree_id=row.pk)
    return row


def _unchanged(row: Decree) -> None:
    """Who stands on it, for which months, is what was prepared; who lapsed meanwhile makes it another list."""
    lines = list(DecreeLine.objects.filter(decree_id=row.pk).select_related("candidate"))
    told = digest_of([one.candidate for one in lines], [(one.village_code or 0, one.number) for one in lines])
    if told != row.digest or any(one.candidate.state != "funded" for one in lines):
        raise InputError(
            _("Sejak disiapkan, ada yang berubah pada orang di lampiran ini."), remedy=_("Tarik lampiran ini dan siapkan lagi.")
        )


def statement(row: Decree) -> bytes:
    """What is signed: the list's code, the decree's number, the digest."""
    return f"jamsostek-decree:{row.code}:{row.number}:{row.digest}".encode()


def _signed(row: Decree) -> dict[str, str]:
    key = signing.key(PURPOSE)
    return {"key": key.id, "signature": base64.b64encode(key.private.sign(statement(row))).decode()}


# --- enrolling ---------------------------------------------------------------------------------------------------------------


def enrol(decree_id: int, *, now: dt.datetime, today: dt.date) -> None:
    """Enrols everybody of an approved list who is not yet; in another state or another's hands it is left alone."""
    with alone(LOCK, decree_id) as mine:
        if not mine or not _begun(decree_id):
            return
        try:
            while _part(decree_id, today):
                pass
        except Exception:
            _failed(decree_id)
            raise
        with acting(_enroller()):
            Decree.objects.filter(pk=decree_id, state="enrolling").update(state="enrolled", finished_at=now, error="")


def _enroller() -> Any:
    return system_scope(_("Pendaftar massal"))


def open_decrees() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Decree.objects.filter(state__in=("approved", "enrolling"), failures__lt=TRIES).values_list("pk", flat=True))


def _begun(decree_id: int) -> bool:
    with acting(_enroller()):
        Decree.objects.filter(pk=decree_id, state="approved").update(state="enrolling")
        return Decree.objects.filter(pk=decree_id, state="enrolling").exists()


def _failed(decree_id: int) -> None:
    with acting(_enroller()):
        row = Decree.objects.select_for_update(no_key=True).get(pk=decree_id)
        row.failures += 1
        if row.failures >= TRIES:
            row.error = _("Ada kesalahan pada sistem kami saat mendaftarkan. Petugas sudah diberi tahu.")
        row.save(update_fields=["failures", "error"])


def _part(decree_id: int, today: dt.date) -> bool:
    """The next people of the list; False where nobody is left."""
    with acting(_enroller()):
        decree = Decree.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=decree_id)
        rows = list(
            Candidate.objects.select_for_update(no_key=True, of=("self",))
            .filter(lines__decree_id=decree.pk, state="funded").select_related("person", "source").order_by("pk")[:BATCH]
        )  # fmt: skip
        if not rows:
            return False
        with speaking(language_of(decree.approved_by)):
            done, refused = enrolling.enrol(decree.programme, rows, today=today, reason=decree.number)
            end(decree.programme, [(one, 0, why) for one, why in refused], today)
        tell(
            "UPDATE outreach_candidate c SET state = 'enrolled', state_on = g.day, participant_id = g.participant"
            " FROM unnest(%b::bigint[], %b::date[], %b::bigint[]) AS g (id, day, participant) WHERE c.id = g.id",
            ("bigint", [one.pk for one, _participant in done]),
            ("date", [today] * len(done)),
            ("bigint", [participant for _one, participant in done]),
        )
        decree.enrolled, decree.lapsed = decree.enrolled + len(done), decree.lapsed + len(refused)
        decree.save(update_fields=["enrolled", "lapsed"])
        return True
