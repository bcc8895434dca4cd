"""The form of a juror's marks: a step of the rubric, or a figure between two steps, for each judged criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from jamsostek.awards.actions.juries import MOST_NOTE
from jamsostek.awards.actions.marks import Given
from jamsostek.awards.edition import Criterion, told
from jamsostek.awards.models import Mark
from jamsostek.core.text import _
from jamsostek.portal.screens import Form

BETWEEN = "antara"
"""The choice under the steps of a rubric that takes the figure below it."""


class MarkForm(Form):
    """For each judged criterion one choice: a step of the rubric, or the figure written below; and a note.

    A step that is chosen wins over a figure that stands there unchanged; a figure counts where it was changed or its choice is
    taken. What was marked once is not emptied; what was never marked may be left for later.
    """

    def __init__(self, *args: Any, judged: Sequence[Criterion], last: Mapping[str, Mark], **kwargs: Any) -> None:
        self.judged, self.last = judged, last
        super().__init__(*args, initial=self._stand(), **kwargs)
        self.headed: dict[str, str] = {}
        self.needed = tuple(f"{one.key}_{part}" for one in judged for part in ("step", "marks"))
        for one in judged:
            self._ask(one)

    def _stand(self) -> dict[str, Any]:
        """The marks as they stand: as a step where they are one."""
        found: dict[str, Any] = {}
        for one in self.judged:
            row = self.last.get(one.key)
            if row is None:
                continue
            step = row.marks in {step.marks for step in one.rubric}
            found |= {f"{one.key}_step": str(row.marks) if step else BETWEEN, f"{one.key}_note": row.note}
            if not step:
                found[f"{one.key}_marks"] = str(row.marks)
        return found

    def _ask(self, one: Criterion) -> None:
        steps = [(str(step.marks), _("{marks}: {text}").format(marks=step.marks, text=told(step.text))) for step in one.rubric]
        self.headed[f"{one.key}_step"] = told(one.title)
        self.fields[f"{one.key}_step"] = forms.ChoiceField(
            label=told(one.about), choices=[*steps, (BETWEEN, _("Di antaranya: tulis angkanya di bawah"))],
            widget=forms.RadioSelect, required=False,
        )  # fmt: skip
        self.fields[f"{one.key}_marks"] = forms.CharField(
            label=_("Nilai di antaranya"), required=False, max_length=3,
            help_text=_("Angka bulat 0 sampai 100, hanya bila nilainya bukan salah satu langkah di atas."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields[f"{one.key}_note"] = forms.CharField(label=_("Catatan"), required=False, max_length=MOST_NOTE)

    def clean(self) -> dict[str, Any]:
        """Marks by criterion under `found`; one that was never marked and is left empty is not among them."""
        given = super().clean() or {}
        found = {}
        for one in self.judged:
            chosen = self._chosen(one, given)
            if chosen is not None:
                found[one.key] = Given(chosen, given.get(f"{one.key}_note") or "")
        if not found and not self.errors:
            self.add_error(None, _("Pilih nilai paling sedikit untuk satu ukuran."))
        return {**given, "found": found}

    def _chosen(self, one: Criterion, given: Mapping[str, Any]) -> int | None:
        """The mark that was given, None where there is none; what is wrong is told at its field."""
        step, typed = str(given.get(f"{one.key}_step") or ""), str(given.get(f"{one.key}_marks") or "").strip()
        changed = bool(typed) and typed != self.initial.get(f"{one.key}_marks", "")
        if step and step != BETWEEN and not changed:
            return int(step)
        if typed:
            if typed.isascii() and typed.isdecimal() and int(typed) <= 100:
                return int(typed)
            self.add_error(f"{one.key}_marks", _("Tulis angka bulat antara 0 dan 100."))
        elif step == BETWEEN:
            self.add_error(f"{one.key}_marks", _("Angkanya belum ditulis. Tulis angkanya, atau pilih salah satu langkah."))
        elif f"{one.key}_step" not in self.errors and (one.key in self.last or given.get(f"{one.key}_note")):
            self.add_error(f"{one.key}_step", _("Nilainya belum dipilih. Pilih salah satu langkah, atau tulis angkanya."))
        return None
