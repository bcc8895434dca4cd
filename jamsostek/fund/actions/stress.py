"""Keeping a stress test with all it stood on, and the chief's yes or no to one that risk or the actuary made."""

from __future__ import annotations

import json
import re

from django.contrib.auth import get_user_model
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.derived import body_digest
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import StressRun
from jamsostek.fund.queries import stressing
from jamsostek.fund.queries.stressing import Asked

KEEPERS = (Can.CHECK_TRADE, Can.PROJECT, Can.APPROVE_FUND)
TITLE_MOST = 120
_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/._-]{0,39}")


def may_keep() -> bool:
    """Whether whoever looks may keep a run: risk, the actuary, the chief."""
    return any(current().may(one) for one in KEEPERS)


def keep(*, reference: str, title: str, asked: Asked, invented: bool = False) -> StressRun:
    """Reckons a scenario and keeps it. The same reference with the same question is what is there. Raises `InputError`,
    `Refused`."""
    if not may_keep():
        current().need(Can.CHECK_TRADE)
    _check(reference, title, invented)
    stressing.check(asked)
    body = body_digest(
        title.strip(), asked.scenario, asked.on, sorted(asked.changed.items()), asked.region, asked.members, invented
    )
    there = StressRun.objects.filter(reference=reference).first()
    if there is not None:
        if bytes(there.body) == body:
            return there
        raise InputError(
            _("Rujukan {reference} sudah dipakai untuk uji lain.").format(reference=reference), field="reference",
            value=reference, remedy=_("Pakai rujukan lain."),
        )  # fmt: skip
    found = stressing.answer(asked)
    results, used = stressing.plain(found), dict(found.used.values)
    changed = dict(asked.changed) | ({} if asked.members is None else {"quake.members": asked.members})
    digest = body_digest(body.hex(), json.dumps([used, results], sort_keys=True))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_stressrun (reference, body, title, scenario, as_of, region, changed, used, results, digest,"
            " invented, made_by) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [reference, body, title.strip(), asked.scenario, asked.on, asked.region, json.dumps(changed), json.dumps(used),
             json.dumps(results), digest, invented, current().user_id],
        )  # fmt: skip
        run_id = cursor.fetchone()[0]
    audit.record("fund.stress_kept", "stress_run", run_id, fields=("digest",))
    return stressing.run(run_id)


def _check(reference: str, title: str, invented: bool) -> None:
    if not _REFERENCE.fullmatch(reference):
        raise InputError(
            _("Rujukan hanya berisi huruf besar, angka, dan tanda - . / _."), field="reference", value=reference,
            remedy=_("Tulis seperti UJI-2026-11."),
        )  # fmt: skip
    if not title.strip() or len(title.strip()) > TITLE_MOST:
        raise InputError(_("Judulnya kosong atau terlalu panjang."), field="title", remedy=_("Tulis paling banyak 120 huruf."))
    if invented and not get_user_model().objects.filter(is_demo=True).exists():
        raise InputError(_("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Hapus tanda rekaan."))


def decide(*, run_id: int, approved: bool, reason: str = "") -> StressRun:
    """The chief's answer to a run that somebody else made. Raises `InputError`, `Refused`."""
    current().need(Can.APPROVE_FUND)
    run = stressing.run(run_id)
    if getattr(run, "answer", None) is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus disahkan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    if user == run.made_by:
        raise Refused(_("Anda sendiri yang membuat uji ini."), remedy=_("Orang lain yang berwenang menyetujuinya."))
    if not approved and not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_stressanswer (run_id, approved, reason, by) VALUES (%s, %s, %s, %s)",
            [run_id, approved, reason.strip(), user],
        )
    audit.record("fund.stress_approved" if approved else "fund.stress_refused", "stress_run", run_id, reason=reason.strip())
    return stressing.run(run_id)
