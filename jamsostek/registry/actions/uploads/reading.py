"""Reading a received file in a limited child process, and foretelling what writing it will do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from jamsostek.access.background import alone, language_of
from jamsostek.access.scope import acting, system_scope
from jamsostek.access.vault import blind_indexes
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking
from jamsostek.files import actions as files
from jamsostek.messages import guards
from jamsostek.messages.roster.layouts import LAYOUTS
from jamsostek.messages.roster.reader import read_roster
from jamsostek.messages.roster.records import Roster
from jamsostek.registry.actions.people import match
from jamsostek.registry.actions.uploads.keeping import keep
from jamsostek.registry.actions.uploads.states import LOCK, note_failure, stop
from jamsostek.registry.choices import UploadState
from jamsostek.registry.models import Region, Upload

_LEVEL_VILLAGE = 4


def read(upload_id: int, *, now: dt.datetime) -> None:
    """Reads a file that was received; an upload in another state, or in another process's hands, is left alone."""
    with alone(LOCK, upload_id) as mine:
        if not mine:
            return
        upload = _begin(upload_id)
        if upload is None:
            return
        try:
            with speaking(language_of(upload.created_by)):
                told = _found(upload, _roster(upload))
        except InputError as error:
            with speaking(language_of(upload.created_by)):
                stop(upload_id, str(error), now=now)
        except Exception:
            note_failure(upload_id, now=now)
            raise
        else:
            with acting(_reader()):
                # Nothing is found where somebody cancelled meanwhile.
                Upload.objects.filter(pk=upload_id, state=UploadState.READING).update(state=str(UploadState.READY), **told)


def _found(upload: Upload, roster: Roster) -> dict[str, Any]:
    """What the row keeps of a list that was read."""
    good, problems = keep(roster)
    with acting(_reader()):
        counts = {**upload.counts, **_counts(roster), **_foretold(upload, roster.rows)}
    told = {"rows_total": roster.counts.read, "rows_good": roster.counts.good, "rows_wrong": roster.counts.refused}
    return {**told, "counts": counts, "good_digest": good, "problems_digest": problems}


def _reader() -> Any:
    return system_scope(_("Pembaca berkas"))


def _begin(upload_id: int) -> Upload | None:
    with acting(_reader()):
        upload = Upload.objects.select_for_update(no_key=True).filter(pk=upload_id).first()
        if upload is None or upload.state not in (UploadState.RECEIVED, UploadState.READING):
            return None
        upload.state = str(UploadState.READING)
        upload.save(update_fields=["state"])
        return upload


def _roster(upload: Upload) -> Roster:
    content = files.read(upload.file_digest)
    sent = guards.Upload(upload.file_name, upload.counts["kind"], content)
    return read_roster(sent, layout=LAYOUTS[upload.layout], month=upload.month, villages=_villages(upload))


def _villages(upload: Upload) -> dict[int, str]:
    """Villages by code, of the regency of whoever sent the list: names become codes."""
    with acting(_reader()):
        whose = upload.employer.regency_code if upload.employer else upload.sponsor.region_code if upload.sponsor else 0
        regency = whose // 1_000_000 if whose > 10**9 else whose
        if regency < 1_000:
            return {}
        within = (regency * 1_000_000, (regency + 1) * 1_000_000)
        return dict(Region.objects.filter(level=_LEVEL_VILLAGE, code__range=within).values_list("code", "name"))


def _counts(roster: Roster) -> dict[str, Any]:
    return {"kinds": roster.kinds(), "warned": roster.counts.warned, "activities": dict(roster.counts.activities)}


# --- what will happen -------------------------------------------------------------------------------------------------


def _foretold(upload: Upload, rows: pa.Table) -> dict[str, int]:
    """How many will be new, known, there already; how many change or leave, and how many of those are not there."""
    indexes = blind_indexes("nik", rows["nik"].fill_null("").to_pylist())
    known = match(list(set(indexes)))
    there = _there(upload, [person for person, _died in known.values()])
    joining = pc.equal(rows["activity"], "join").to_pylist()
    by_kpj = [nik is None and kpj is not None for nik, kpj in zip(rows["nik"].to_pylist(), rows["kpj"].to_pylist(), strict=True)]
    new = old = here = strangers = 0
    for index, joins, only_kpj in zip(indexes, joining, by_kpj, strict=True):
        person = known.get(index)
        if joins and person is None:
            old, new = old + only_kpj, new + (not only_kpj)
        elif joins:
            here, old = here + (person[0] in there), old + (person[0] not in there)  # type: ignore[index]
        elif not only_kpj and (person is None or person[0] not in there):
            strangers += 1
    return {"new": new, "known": old, "here": here, "strangers": strangers}


def _there(upload: Upload, people: list[int]) -> set[int]:
    """Those who are tied to the sender now."""
    table, column, whose = ("employment", "employer_id", upload.employer_id)
    if upload.layout == "sponsor":
        table, column, whose = ("cover", "sponsor_id", upload.sponsor_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT same.asked FROM registry_one_person(%s) same JOIN registry_{table} t"  # noqa: S608
            f" ON t.participant_id = same.person AND t.{column} = %s AND coalesce(t.to_month, 999912) >= %s",
            [people, whose, upload.month],
        )
        return {row[0] for row in cursor.fetchall()}
