"""What people answer about a record and its likeliest member."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.outreach.models import Answer, Link

ANSWERS = ("same", "different", "unsure", "village", "withdrawn")
WITHDRAWN, VILLAGE = "withdrawn", "village"
REASONS = {
    "identity": N_("NIK atau KTP-nya dilihat"), "family": N_("Kartu keluarga atau nama ibu"),
    "names": N_("Nama dan tanggal lahir"), "known": N_("Orangnya dikenal"), "village": N_("Kata desa"), "other": N_("Lainnya"),
}  # fmt: skip
"""What an answer rests on."""
MOST_LETTERS = 300


def answer(*, run_id: int, person_id: int, answer: str, reason: str, blind: bool) -> Answer:
    """What somebody answers; the same answer by the same person again is that answer. `blind`: before the weight was shown.

    A village answers about its own people what it was asked, and says same or different.
    """
    found = Link.objects.filter(run_id=run_id, person_id=person_id).first()
    if found is None:
        raise not_yours(_("Orang ini tidak ada, atau bukan di daerah Anda."))
    region = _allowed(found, answer)
    if answer not in ANSWERS:
        raise InputError(_("Jawaban ini tidak dikenal."), field="answer", value=answer, remedy=_("Pilih salah satu jawaban."))
    if found.member_key is None and answer == "same":
        raise InputError(_("Orang ini tidak punya pasangan untuk dinilai."), remedy=_("Pilih kartu lain."))
    if not reason.strip() or len(reason) > MOST_LETTERS:
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis apa yang membuat Anda yakin."))
    same = {"region_code": region, "record_key": bytes(found.record_key), "member_key": found.member_key}
    newest = Answer.objects.filter(**same, by=current().user_id).order_by("-pk").first()
    if newest is not None and (newest.answer, newest.reason) == (answer, reason.strip()):
        return newest
    kept = Answer.objects.create(**same, answer=answer, reason=reason.strip(), blind=blind, by=current().user_id)
    audit.record("link.answered", "person", person_id, fields=("answer",), reason=reason.strip())
    return kept


def withdraw(*, run_id: int, person_id: int) -> Answer:
    """Takes one's own answer back."""
    found = Link.objects.filter(run_id=run_id, person_id=person_id).first()
    mine = (
        Answer.objects.filter(record_key=bytes(found.record_key), member_key=found.member_key, by=current().user_id)
        if found
        else None
    )
    newest = mine.order_by("-pk").first() if mine is not None else None
    if newest is None:
        raise InputError(_("Belum ada jawaban Anda di kartu ini."), remedy=_("Jawab dahulu."))
    return answer(run_id=run_id, person_id=person_id, answer=WITHDRAWN, reason=_("Ditarik kembali"), blind=False)


def _allowed(found: Link, answer: str) -> int:
    """The region of whose register it is; raises `Refused`."""
    with everything_in_sight():  # a village sees the person, not the register
        region, village = found.run.register.region_code, found.person.village_code
        asked = _asked_of_village(found, region)
    scope = current()
    if scope.may(Can.REVIEW_LINK, Place(regency=region)):
        return region
    if not (village and asked and scope.may(Can.SEE_MOVEMENT, Place(village=village))):
        raise not_yours()
    if answer == VILLAGE:
        raise Refused(_("Yang ditanyakan kepada desa dijawab oleh desa."))
    return region


def _asked_of_village(found: Link, region: int) -> bool:
    keys: list[Any] = [region, bytes(found.record_key), found.member_key]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM outreach_latest WHERE region_code = %s AND record_key = %s AND member_key = %s"
            " AND answer = 'village')", keys
        )  # fmt: skip
        return bool(cursor.fetchone()[0])


def settled(region_code: int) -> dict[tuple[bytes, bytes | None], str]:
    """What is certain by now, by keys of record and member (the view `outreach_settled`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_key, member_key, outcome FROM outreach_settled WHERE region_code = %s AND outcome IS NOT NULL",
            [region_code],
        )
        return {(bytes(record), None if member is None else bytes(member)): told for record, member, told in cursor.fetchall()}
