"""Jobs of members' money: each makes one call to one action."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jamsostek.access.background import language_of
from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries.crediting import CREDIT, run_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking


@app.task(name=CREDIT)
def credit_month(month: int) -> None:
    """Does what is left of a run that was begun. Why it stopped stands on its page, in the language of whoever began it."""
    close_old_connections()
    run = run_of(month)
    with speaking(language_of(run.started_by if run else None)):
        try:
            crediting.credit(month=month)
        except InputError as error:
            crediting.stop(month=month, problem=str(error))
        except Exception:
            crediting.stop(month=month, problem=_("Ada kesalahan pada sistem kami. Petugas sudah diberi tahu."))
            raise
