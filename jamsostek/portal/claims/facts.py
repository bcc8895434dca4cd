"""Facts that an officer finds: one in its own unit, lists line by line, or as they were stated; always with from what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.claims.actions import work
from jamsostek.claims.choices import Kind
from jamsostek.claims.facts import RECORD, Facts, Source, Spec, Unit
from jamsostek.claims.kinds import OF
from jamsostek.claims.kinds.scholarship import LEVELS
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries.cases import fact_lines
from jamsostek.claims.queries.knowing import facts_of, unproven
from jamsostek.core.text import N_, _
from jamsostek.law.labels import CHOICES
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import OFFICERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import DateField, Fact, Form, MoneyField, YesNoField, done, today

INJURIES, YEARS, CHILDREN, WAGES, PAYMENTS = 4, 15, 2, 12, 8
"""So many lines each list's form has."""


class NoteForm(Form):
    """From what it was found; whoever looks at the case later reads it."""

    note = forms.CharField(
        label=N_("Sumber temuan"),
        max_length=200,
        help_text=N_("Misalnya: akta kematian nomor 12, halaman 2."),
    )

    def __init__(self, data: Any, *, initial: Mapping[str, Any], fields: Mapping[str, forms.Field] | None = None) -> None:
        # What the form asks depends on the fact: declared for this form alone, before those of the class.
        self.base_fields = {**(fields or {}), **NoteForm.base_fields, **type(self).base_fields}  # type: ignore[misc]
        super().__init__(data, initial=dict(initial))


class PercentField(forms.DecimalField):
    """A number of per cent; a decimal comma is understood."""

    def to_python(self, value: Any) -> Any:
        """As a decimal."""
        return super().to_python(str(value).replace("%", "").replace(",", ".").strip() if value is not None else value)


# --- one fact -------------------------------------------------------------------------------------------------------------


def _field(spec: Spec) -> forms.Field:
    """The control that fits a fact's unit."""
    told: dict[str, Any] = {"label": spec.title, "help_text": spec.hint}
    if spec.unit == Unit.DATE:
        return DateField(**told)
    if spec.unit == Unit.RUPIAH:
        return MoneyField(**told)
    if spec.unit == Unit.FLAG:
        return YesNoField(**told)
    if spec.unit == Unit.CHOICE:
        options = [(name, text) for name, text in spec.options.items()]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **told)
    if spec.unit == Unit.TEXT:
        return forms.CharField(widget=forms.Textarea, max_length=2000, **told)
    return forms.IntegerField(min_value=0, max_value=10_000_000, **told)


class OneFact(NoteForm):
    """One fact and from what."""

    def __init__(self, spec: Spec, data: Any, value: Any = None) -> None:
        super().__init__(data, initial={"value": _initial(spec, value)}, fields={"value": _field(spec)})
        self.spec = spec

    def value(self) -> Any:
        """What was found."""
        found = self.cleaned_data["value"]
        return found.isoformat() if self.spec.unit == Unit.DATE and found is not None else found


def _initial(spec: Spec, value: Any) -> Any:
    if spec.unit == Unit.DATE and isinstance(value, str):
        return dt.date.fromisoformat(value)
    # What records say in words is a text of ours, in one language; an officer writes their own.
    return None if spec.unit == Unit.TEXT and spec.of == RECORD else value


# --- lists ------------------------------------------------------------------------------------------------------------------


class ListForm(NoteForm):
    """Lines of a list; an empty line is left out."""

    lines = 0

    def __init__(
        self, data: Any, made: Callable[[int], Mapping[str, forms.Field]], lines: int, initial: Mapping[str, Any]
    ) -> None:
        drawn = {f"{name}_{at}": field for at in range(1, lines + 1) for name, field in made(at).items()}
        self.lines = lines
        super().__init__(data, initial=dict(initial), fields=drawn)

    def told(self, at: int) -> dict[str, Any]:
        """The answers of one line, by their own names."""
        end = f"_{at}"
        return {name.removesuffix(end): value for name, value in self.cleaned_data.items() if name.endswith(end)}

    def value(self) -> list[dict[str, Any]]:
        """The lines as they are stored."""
        return [line for at in range(1, self.lines + 1) if (line := self.line(self.told(at)))]

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """One line; nothing where it was left empty."""
        raise NotImplementedError


def _labelled(text: str, at: int) -> str:
    return _("{label}, baris {number}").format(label=_(text), number=at)


class Injuries(ListForm):
    """Disabilities by the law's own table: which, how much is lost, whether the left hand is the stronger."""

    def __init__(self, data: Any, held: Sequence[Mapping[str, Any]], parties: Sequence[Party]) -> None:
        codes = [("", _("Tidak ada")), *((code, _(text)) for code, text in CHOICES["code"].items())]

        def made(at: int) -> dict[str, forms.Field]:
            return {
                "code": forms.ChoiceField(label=_labelled(N_("Cacat"), at), choices=codes, required=False),
                "loss": PercentField(
                    label=_labelled(N_("Berapa bagian hilang (%)"), at),
                    required=False,
                    min_value=1,
                    max_value=1000,
                    help_text=_("100 berarti hilang seluruhnya. Untuk jenis bertingkat: banyaknya langkah dikali 100.")
                    if at == 1
                    else "",
                ),
                "left": forms.BooleanField(label=_labelled(N_("Kidal"), at), required=False),
            }

        initial: dict[str, Any] = {}
        for at, one in enumerate(held, 1):
            initial |= {f"code_{at}": one.get("code"), f"left_{at}": bool(one.get("left_handed"))}
            initial[f"loss_{at}"] = float(str(one.get("loss", 1))) * 100
        super().__init__(data, made, max(INJURIES, len(held)), initial)

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """As the rule takes it: the loss as a share."""
        if not told.get("code"):
            return {}
        loss = told.get("loss")
        share = f"{loss / 100:f}" if loss is not None else "1"
        return {"code": told["code"], "loss": share, "left_handed": bool(told.get("left"))}


class Children(ListForm):
    """Children at school: who, and how many years of each level they have to go."""

    def __init__(self, data: Any, held: Sequence[Mapping[str, Any]], parties: Sequence[Party]) -> None:
        people = [("", _("Tidak ada")), *((str(one.pk), one.name) for one in parties if one.kin == "child")]

        def made(at: int) -> dict[str, forms.Field]:
            found: dict[str, forms.Field] = {
                "party": forms.ChoiceField(
                    label=_labelled(N_("Anak"), at),
                    choices=people,
                    required=False,
                    help_text=_("Hanya anak yang sudah ditambahkan sebagai penerima.") if at == 1 else "",
                ),
            }
            for level, title in LEVELS.items():
                label = _("{label}, tahun lagi, baris {number}").format(label=_(title), number=at)
                found[level] = forms.IntegerField(label=label, required=False, min_value=0, max_value=12)
            return found

        initial: dict[str, Any] = {}
        for at, one in enumerate(held, 1):
            initial[f"party_{at}"] = str(one.get("party") or "")
            initial |= {f"{level}_{at}": years for level, years in dict(one.get("levels", {})).items()}
        super().__init__(data, made, max(CHILDREN, len(held)), initial)

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The child and the years."""
        levels = {level: told[level] for level in LEVELS if told.get(level)}
        return {"party": int(told["party"]), "levels": levels} if told.get("party") and levels else {}


class Years(ListForm):
    """Years with the mean wage and the inflation that indexes it."""

    def __init__(self, data: Any, held: Sequence[Mapping[str, Any]], parties: Sequence[Party]) -> None:
        def made(at: int) -> dict[str, forms.Field]:
            return {
                "year": forms.IntegerField(label=_labelled(N_("Tahun"), at), required=False, min_value=1990, max_value=2200),
                "wage": MoneyField(label=_labelled(N_("Upah sebulan"), at), required=False),
                "rate": PercentField(
                    label=_labelled(N_("Inflasi (%)"), at),
                    required=False,
                    min_value=-50,
                    max_value=100,
                    help_text=_("Menurut BPS, dengan dua angka di belakang koma.") if at == 1 else "",
                ),
            }

        initial: dict[str, Any] = {}
        for at, one in enumerate(held, 1):
            initial |= {
                f"year_{at}": one.get("year"),
                f"wage_{at}": one.get("wage_rupiah"),
                f"rate_{at}": one.get("inflation_percent"),
            }
        super().__init__(data, made, max(YEARS, len(held)), initial)

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """As the rule takes it: inflation in per cent, as it was written."""
        if not told.get("year") or told.get("wage") is None:
            return {}
        rate = told.get("rate")
        return {"year": told["year"], "wage_rupiah": told["wage"], "inflation_percent": str(rate if rate is not None else 0)}


class YearlyWages(ListForm):
    """The mean wage of each year and the months paid in it."""

    def __init__(self, data: Any, held: Sequence[Mapping[str, Any]], parties: Sequence[Party]) -> None:
        def made(at: int) -> dict[str, forms.Field]:
            return {
                "year": forms.IntegerField(label=_labelled(N_("Tahun"), at), required=False, min_value=1990, max_value=2200),
                "wage": MoneyField(label=_labelled(N_("Upah sebulan"), at), required=False),
                "months": forms.IntegerField(label=_labelled(N_("Bulan dibayar"), at), required=False, min_value=1, max_value=12),
            }

        initial: dict[str, Any] = {}
        for at, one in enumerate(held, 1):
            initial |= {f"year_{at}": one.get("year"), f"wage_{at}": one.get("wage_rupiah"), f"months_{at}": one.get("months")}
        super().__init__(data, made, max(WAGES, len(held)), initial)

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """One year."""
        if not told.get("year") or told.get("wage") is None:
            return {}
        return {"year": told["year"], "wage_rupiah": told["wage"], "months": told.get("months") or 12}


class Payments(ListForm):
    """What was paid of the savings before: month and amount."""

    def __init__(self, data: Any, held: Sequence[Mapping[str, Any]], parties: Sequence[Party]) -> None:
        def made(at: int) -> dict[str, forms.Field]:
            return {
                "year": forms.IntegerField(label=_labelled(N_("Tahun"), at), required=False, min_value=1990, max_value=2200),
                "month": forms.IntegerField(label=_labelled(N_("Bulan ke"), at), required=False, min_value=1, max_value=12),
                "amount": MoneyField(label=_labelled(N_("Jumlah"), at), required=False),
            }

        initial: dict[str, Any] = {}
        for at, one in enumerate(held, 1):
            year, _mark, month = str(one.get("month", "")).partition("-")
            initial |= {f"year_{at}": year, f"month_{at}": month.lstrip("0"), f"amount_{at}": one.get("amount_rupiah")}
        super().__init__(data, made, max(PAYMENTS, len(held)), initial)

    def line(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """As the tax rule takes it."""
        if not told.get("year") or told.get("amount") is None:
            return {}
        return {"month": f"{told['year']}-{told.get('month') or 1:02d}", "amount_rupiah": told["amount"]}


LISTS: dict[str, Callable[[Any, Sequence[Mapping[str, Any]], Sequence[Party]], ListForm]] = {
    "injuries": Injuries,
    "children": Children,
    "years": Years,
    "jp_years": YearlyWages,
    "earlier_payments": Payments,
}


@door(*OFFICERS)
def find(request: HttpRequest, number: str, fact: str) -> HttpResponseBase:
    """Finds one fact; it holds before what was stated and before our records."""
    claim = frame.of(number)
    frame.workable(claim)
    spec = next((one for one in OF[Kind(claim.kind)].specs if one.name == fact), None)
    if spec is None or not shown.may_be_found(spec):
        raise Http404
    known = facts_of(claim, today=today())
    parties = list(Party.objects.filter(claim=claim, left_on=None).order_by("id"))
    data = request.POST if request.method == "POST" else None
    form: OneFact | ListForm = (
        LISTS[fact](data, known.records(fact), parties) if fact in LISTS else OneFact(spec, data, known.get(fact))
    )
    people = shown.people_of(parties)
    it: Ask[list[str]] = Ask(
        title=_("Temukan: {title}").format(title=_(spec.title)),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan fakta"),
        about=words.title(claim),
        text=_text(claim, spec, known, people),
        act=lambda told: work.find_facts(claim_id=claim.pk, values={fact: form.value()}, note=told["note"], today=today()),
        facts=lambda told: [
            Fact(_(spec.title), shown.fact_words(spec, form.value(), people)),
            Fact(_("Sumber temuan"), told["note"]),
        ],
        done=lambda _names, _told: done(
            request, frame.url("case", claim), _("Fakta disimpan. Hitungannya sudah memakai fakta ini.")
        ),
    )
    return ask(request, form, it)


def _text(claim: Claim, spec: Spec, known: Facts, people: Mapping[int, str]) -> str:
    """What holds so far, and where it is from."""
    lines = {one.spec.name: one for one in fact_lines(claim, known)}
    one = lines.get(spec.name)
    if one is None or one.known is None:
        return ""
    return _("Sekarang: {value}, {source}.").format(value=shown.fact_words(spec, one.known.value, people), source=one.source)


# --- as it was stated -----------------------------------------------------------------------------------------------------


class ConfirmForm(NoteForm):
    """Which of the facts the papers show as they were stated."""

    names = forms.MultipleChoiceField(label=N_("Fakta yang sesuai dengan berkas"), widget=forms.CheckboxSelectMultiple)
    field_order = ("names", "note")

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__(data, initial={"names": list(chosen)})
        self.fields["names"].choices = choices  # type: ignore[attr-defined]


@door(*OFFICERS)
def confirm(request: HttpRequest, number: str) -> HttpResponseBase:
    """Finds several facts as they were stated."""
    claim = frame.of(number)
    frame.workable(claim)
    known = facts_of(claim, today=today())
    specs = {one.name: one for one in OF[Kind(claim.kind)].specs}
    stated = [name for name, one in known.known.items() if one.source == Source.STATED and name in specs]
    choices = [(name, f"{_(specs[name].title)}: {shown.fact_words(specs[name], known.get(name))}") for name in stated]
    asked = [one for one in request.GET.get("fakta", "").split(",") if one in stated]
    form = ConfirmForm(request.POST if request.method == "POST" else None, choices, asked or unproven(claim, known))
    labels = dict(choices)
    it: Ask[list[str]] = Ask(
        title=_("Fakta sesuai dengan berkas"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan fakta"),
        about=words.title(claim),
        act=lambda told: work.confirm_stated(claim_id=claim.pk, names=told["names"], note=told["note"], today=today()),
        facts=lambda told: [
            *(Fact(_(specs[name].title), labels[name].partition(": ")[2]) for name in told["names"]),
            Fact(_("Sumber temuan"), told["note"]),
        ],
        done=lambda _names, _told: done(request, frame.url("case", claim), _("Fakta disimpan sebagai terbukti.")),
    )
    return ask(request, form, it)
