"""Jobs of members' money: each makes one call to one action."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries.crediting import run_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking


@app.task(name=crediting.CREDIT)
def credit_month(month: int) -> None:
    """Does what is left of a run that was begun. Why it stopped stands on its page, in the language of whoever began it."""
    close_old_connections()
    run = run_of(month)
    user = get_user_model().objects.filter(pk=(run and run.started_by) or 0).first()
    with speaking(str(user.language) if user else "id"):
        try:
            crediting.credit(month=month)
        except InputError as error:
            crediting.stop(month=month, problem=str(error))
        except Exception:
            crediting.stop(month=month, problem=_("Ada kesalahan pada sistem kami. Petugas sudah diberi tahu."))
            raise
