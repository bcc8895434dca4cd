"""What jobs do for accounts and the trail."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import connection

from jamsostek.access.actions.codes import LIVES, issue_for_mail
from jamsostek.access.models import DoneRequest
from jamsostek.core.text import _, speaking

MONTHS_AHEAD = dt.timedelta(days=730)
KEPT = dt.timedelta(days=30)
MONEY = "money:"
"""Keys that begin so are of requests that moved money; they are kept for ever."""


def make_partitions(today: dt.date) -> int:
    """Makes the partitions of the trail for two years ahead; returns how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_make_partitions(%s)", [today + MONTHS_AHEAD])
        return int(cursor.fetchone()[0])


def forget_old(now: dt.datetime) -> int:
    """Deletes sessions that are over, failures long cooled off, and answers kept for repeats after a month."""
    from axes.models import AccessAttempt

    done = DoneRequest.objects.filter(at__lt=now - KEPT).exclude(key__startswith=MONEY).delete()[0]
    over = Session.objects.filter(expire_date__lt=now).delete()[0]
    cooled = AccessAttempt.objects.filter(attempt_time__lt=now - KEPT).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_cache WHERE expires < %s", [now])
        counted = cursor.rowcount
    return int(done + over + cooled + counted)


def mail_code(user_id: int, made_by: int | None, now: dt.datetime) -> bool:
    """Issues a code and mails it in the reader's language. When the mail cannot be sent, the code was never made."""
    issued = issue_for_mail(user_id=user_id, made_by=made_by, now=now)
    if issued is None:
        return False
    user, code = issued
    with speaking(user.language):
        subject = _("Kode masuk Jamsostek")
        text = _(
            "Kode Anda: {code}\n\n"
            "Buka halaman Masuk, pilih “Saya punya kode”, lalu tulis nama pengguna Anda dan kode ini. "
            "Kode berlaku {hours} jam dan hanya sekali.\n\n"
            "Tidak ada petugas yang akan menanyakan kode ini. Bila Anda tidak memintanya, abaikan surel ini."
        ).format(code=code, hours=int(LIVES.total_seconds() // 3600))
    return send_mail(subject, text, None, [user.email]) == 1
