"""Refusals a person can understand."""

from __future__ import annotations

from jamsostek.core.errors import InputError
from jamsostek.core.text import _


class Refused(InputError):
    """The person is known, but this is not theirs to do or see."""


def not_yours(what: str = "") -> Refused:
    """The usual refusal."""
    return Refused(
        what or _("Anda tidak berhak melakukan ini."),
        remedy=_("Bila ini memang tugas Anda, minta hak akses kepada penyelia atau admin perusahaan Anda."),
    )
