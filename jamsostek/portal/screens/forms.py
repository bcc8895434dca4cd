"""Forms drawn by our components: Django's forms, with fields that read what people type.

Labels, hints and choices of a form's declared fields are Indonesian in the code (`N_`) and translated when the form is
made. A page draws a form with `{% load parts %}{% form_problems form %}{% field form.name %}` or `{% fields form %}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.months import FIRST_MONTH, LAST_MONTH
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, MAX_RUPIAH, PPM, format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.cells import amount
from jamsostek.portal.screens.words import MONTHS


class Form(forms.Form):
    """A form of the portal. Only what may be left empty is marked; errors say what to do, in the reader's language."""

    use_required_attribute = False
    needed: tuple[str, ...] = ()
    """Fields that an answer above them makes needed, and that are not marked as free for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _(str(field.label)) if field.label else name
            field.help_text = _(str(field.help_text)) if field.help_text else ""
            if field.required:
                field.error_messages["required"] = _missing(field)
            if field.error_messages.get("invalid") == forms.IntegerField.default_error_messages["invalid"]:
                field.error_messages["invalid"] = _("Tulis angka bulat, tanpa huruf dan tanpa koma.")
            choices = getattr(field, "choices", None)
            if isinstance(field, forms.ChoiceField) and isinstance(choices, list):
                field.choices = [(value, _(text) if isinstance(text, str) else text) for value, text in choices]

    def refuse(self, error: InputError) -> None:
        """Puts an error of the domain at the field it names, or above the form."""
        name = error.field if error.field in self.fields else NON_FIELD_ERRORS
        self.add_error(name if name != NON_FIELD_ERRORS else None, str(error))

    def did(self, action: Callable[[], object]) -> bool:
        """Whether the form was sent whole and its action done; an error of the action is told at its field, a refusal passes."""
        if not self.is_valid():
            return False
        try:
            action()
        except Refused:
            raise
        except InputError as error:
            self.refuse(error)
            return False
        return True


class DecideForm(Form):
    """Yes or no, and why."""

    answer = forms.ChoiceField(
        label=N_("Keputusan Anda"), choices=[("ya", N_("Setuju")), ("tidak", N_("Tolak"))], widget=forms.RadioSelect
    )
    decision = forms.CharField(label=N_("Alasan"), required=False, max_length=200, help_text=N_("Wajib bila menolak."))

    @property
    def approved(self) -> bool:
        """Whether the answer was yes."""
        return bool(self.cleaned_data["answer"] == "ya")


def _missing(field: forms.Field) -> str:
    """What to say where a required field was left empty."""
    if isinstance(field, forms.BooleanField):
        return _("Centang kotak ini untuk melanjutkan: {label}.").format(label=field.label)
    asked = str(field.label).endswith("?")
    if asked and not isinstance(field, forms.ChoiceField):
        return _("Belum dijawab: {label}").format(label=field.label)
    if asked:
        return _("Pilih satu jawaban: {label}").format(label=field.label)
    if isinstance(field, forms.ChoiceField):
        return _("{label} belum dipilih.").format(label=field.label)
    return _("{label} belum diisi.").format(label=field.label)


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year."""

    parts: tuple[str, ...] = ("d", "m", "y")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        """What was typed into each box."""
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in self.parts)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no box was there at all."""
        return not any(f"{name}-{part}" in data for part in self.parts)

    def typed(self, value: Any) -> tuple[str, ...]:
        """The texts of the boxes, for an initial value or for what was typed."""
        if isinstance(value, dt.date):
            return (str(value.day), str(value.month), str(value.year))
        return tuple(value) if value else ("",) * len(self.parts)


class MonthBoxes(DateBoxes):
    """A list of the twelve months and a box for the year."""

    parts = ("m", "y")

    def typed(self, value: Any) -> tuple[str, ...]:
        """See DateBoxes.typed; a month is an int YYYYMM."""
        return (str(value % 100), str(value // 100)) if isinstance(value, int) else super().typed(value)


class DateField(forms.Field):
    """A calendar day from three boxes. A month may also be typed as a word's number only; a year has four digits."""

    widget = DateBoxes

    def __init__(self, *, earliest: dt.date | None = None, latest: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Sequence[str] | dt.date | None) -> dt.date | None:
        """The day, None where all boxes are empty."""
        if value is None or isinstance(value, dt.date):
            return value
        if not any(value):
            return None
        if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in value) or len(value[2]) != 4:
            raise forms.ValidationError(_("Tulis tanggal, bulan, dan tahun dengan angka, misalnya 17 8 1990."))
        try:
            return dt.date(int(value[2]), int(value[1]), int(value[0]))
        except ValueError:
            raise forms.ValidationError(_("Tanggal ini tidak ada dalam kalender.")) from None

    def validate(self, value: dt.date | None) -> None:
        """Also refuses days outside the field's bounds."""
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        if value and self.earliest and value < self.earliest:
            raise forms.ValidationError(_("Tanggal ini terlalu lama berlalu; periksa tahunnya."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares days, not boxes."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


class MonthField(DateField):
    """A month as int YYYYMM."""

    widget = MonthBoxes

    def to_python(self, value: Any) -> Any:
        """The month, None where nothing was chosen."""
        if value is None or isinstance(value, int):
            return value
        if not any(value):
            return None
        if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in value):
            raise forms.ValidationError(_("Pilih bulan dan tulis tahun dengan empat angka."))
        month = int(value[1]) * 100 + int(value[0])
        if not 1 <= int(value[0]) <= 12 or not FIRST_MONTH <= month <= LAST_MONTH:
            raise forms.ValidationError(_("Pilih bulan dan tulis tahun dengan empat angka."))
        return month

    def validate(self, value: Any) -> None:
        """Only whether it is there."""
        forms.Field.validate(self, value)


class MoneyField(forms.Field):
    """Rupiah as people write them: 4500000, Rp 4.500.000,-, 4,5 juta, 1,2 triliun."""

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, most: int = MAX_RUPIAH, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        """Whole rupiah, None where nothing was typed."""
        if value is None or isinstance(value, int):
            return value
        if not str(value).strip():
            return None
        read = amount(str(value)[:60], max(self.most, MAX_MONTHLY_RUPIAH))
        too_large = read.problem == "wage_too_large"
        if not too_large and (read.value is None or read.problem == "wage_fraction"):
            raise forms.ValidationError(_("Tulis rupiah utuh, misalnya 4500000 atau 4,5 juta."))
        if too_large or not self.least <= read.value <= self.most:
            words = _("Jumlah harus antara {least} dan {most}.")
            raise forms.ValidationError(words.format(least=format_rupiah(self.least), most=format_rupiah(self.most)))
        return int(read.value)

    def prepare_value(self, value: Any) -> Any:
        """A known amount with its separators."""
        return format_number(value) if isinstance(value, int) else value


class ShareField(forms.DecimalField):
    """A share typed in per cent; a decimal comma is understood. Cleaned to a share (0.4)."""

    def to_python(self, value: Any) -> Any:
        """Per cent to share."""
        read = super().to_python(str(value).replace("%", "").replace(",", ".").strip() if value is not None else value)
        return None if read is None else read / 100


class RateField(ShareField):
    """A yearly rate typed in per cent, to four decimals. Cleaned to parts per million, an int."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> Any:
        """Per cent to parts per million."""
        share = super().clean(value)
        if share is not None and share * PPM != int(share * PPM):
            raise forms.ValidationError(_("Paling banyak empat angka di belakang koma."))
        return None if share is None else int(share * PPM)


YES_NO = [("ya", N_("Ya")), ("tidak", N_("Tidak"))]


class YesNoField(forms.TypedChoiceField):
    """Two round buttons, so that not answering differs from no."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", None)
        super().__init__(choices=YES_NO, coerce=lambda answer: answer == "ya", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """True and False to the names of the buttons."""
        return {True: "ya", False: "tidak"}.get(value, value) if not isinstance(value, str) else value


def month_options() -> list[tuple[str, str]]:
    """The twelve months for a list."""
    return [(str(number), _(name)) for number, name in enumerate(MONTHS, 1)]
