"""Errors a person can cause and mend. Everything else crashes loudly."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from jamsostek.core.text import _


class InputError(ValueError):
    """Wrong input, told in the user's words: what was seen, where, and the way out.

    `field`, `row` (1 = first) and `value` say where; `remedy` says how to mend it. All are optional.
    `str()` is one readable line.
    """

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        value: object = None,
        row: int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.message = message
        self.field = field
        self.value = value
        self.row = row
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        line = self.message
        if self.row is not None:
            line = _("baris {row}: {message}").format(row=self.row, message=line)
        return f"{line} {self.remedy}" if self.remedy else line


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to a mistyped one, or None when nothing is close."""
    found = difflib.get_close_matches(str(name), [str(k) for k in known], n=1, cutoff=0.5)
    return found[0] if found else None


def unknown_name(kind: str, name: object, known: Iterable[str]) -> InputError:
    """An error for a name that is not in the vocabulary; it offers the nearest one, or all of a short list."""
    choices = [str(k) for k in known]
    close = nearest(str(name), choices)
    if close:
        remedy = _("Maksud Anda {name}?").format(name=close)
    elif len(choices) <= 12:
        remedy = _("Pilihan: {names}.").format(names=", ".join(choices))
    else:
        remedy = None
    return InputError(_("{kind} {name!r} tidak dikenal.").format(kind=kind, name=str(name)), value=name, remedy=remedy)
