"""Commands that two people share: each acts by a token of their own, never by a name that somebody typed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager

from jamsostek.cli.installation import set_up_django, told_when_unreachable
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _

TOKEN = "JAMSOSTEK_TOKEN"  # noqa: S105
JAKARTA = dt.timezone(dt.timedelta(hours=7))


@contextmanager
def signed() -> Iterator[dt.datetime]:
    """The scope of whoever's token stands in JAMSOSTEK_TOKEN, and the time now. Raises `InputError` without one."""
    set_up_django()
    from jamsostek.access.actions.tokens import find_token
    from jamsostek.access.scope import acting, scope_of

    now = dt.datetime.now(dt.UTC)
    with told_when_unreachable():
        found = find_token(os.environ.get(TOKEN, "").strip(), now)
        if found is None:
            raise InputError(
                _("Perintah ini dilakukan atas nama seseorang."),
                remedy=_("Buat token di halaman akun Anda, lalu isi JAMSOSTEK_TOKEN dengannya."),
            )
        user, allowed = found
        with acting(scope_of(user, month_of(now.astimezone(JAKARTA).date()), allowed=allowed)):
            yield now
