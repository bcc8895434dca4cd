"""The facts of a kind as questions: which stand together on a small page, when each is asked, and the form of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from jamsostek.claims.choices import Kind
from jamsostek.claims.facts import Facts, Source, Spec, Unit
from jamsostek.claims.kinds import OF
from jamsostek.core.text import N_
from jamsostek.portal.screens import DateField, Form, MoneyField, YesNoField

CHILDREN = "children"
LONG_TEXTS = ("story",)


@dataclass(frozen=True)
class Page:
    """A few questions that belong together: its place in the address, its heading, the facts it asks for."""

    slug: str
    title: str
    names: tuple[str, ...]


PAGES: dict[Kind, tuple[Page, ...]] = {
    Kind.JKK: (
        Page("kejadian", N_("Apa yang terjadi?"), ("happened_on", "kind", "story")),
        Page("keadaan", N_("Bagaimana keadaannya?"), ("diagnosed_on", "hospital", "unfit_days", "wage_kept")),
        Page("biaya", N_("Biaya yang sudah dibayar sendiri"), ("land_rupiah", "sea_rupiah", "air_rupiah", "care_rupiah")),
    ),
    Kind.JKM: (Page("kematian", N_("Tentang kematiannya"), ("died_on", "cause")),),
    Kind.JHT: (
        Page("alasan", N_("Mengapa saldo JHT diambil?"), ("cause",)),
        Page("kapan", N_("Kapan itu terjadi?"), ("event_on", "letter_on", "foreigner", "tax_number")),
    ),
    Kind.JHT_PARTIAL: (
        Page("jumlah", N_("Berapa, dan untuk apa?"), ("purpose", "amount_asked_rupiah", "tax_number")),
    ),
    Kind.JP_OLD_AGE: (Page("kapan", N_("Kapan pensiunnya?"), ("event_on", "deferred_until")),),
    Kind.JP_DISABILITY: (Page("kapan", N_("Kapan cacatnya dinyatakan?"), ("event_on",)),),
    Kind.JP_SURVIVOR: (
        Page("kematian", N_("Tentang kematiannya"), ("event_on", "survivor")),
        Page("penerima", N_("Tentang penerimanya"), ("remarried", "child_birth_date", "child_working", "child_married")),
    ),
    Kind.JKP: (
        Page("berhenti", N_("Mengapa berhenti bekerja?"), ("left_on", "reason", "willing", "contract")),
        Page("kontrak", N_("Sedikit lagi tentang pekerjaannya"), ("contract_end_on", "citizen")),
    ),
    Kind.SCHOLARSHIP: (
        Page("sekolah", N_("Sekolah anaknya"), ("child_birth_date", "level")),
        Page("anak", N_("Keadaan anaknya"), ("married", "working", "job_months", "bpu_or_intern")),
    ),
}  # fmt: skip
"""At most four questions a page. Children at school have a page of their own."""
ONLY: dict[tuple[Kind, str], tuple[str, Any]] = {
    (Kind.JKK, "diagnosed_on"): ("kind", "disease"),
    (Kind.JHT, "letter_on"): ("cause", "resigned"),
    (Kind.JHT, "foreigner"): ("cause", "leaving_indonesia"),
    (Kind.JP_SURVIVOR, "remarried"): ("survivor", "widow"),
    (Kind.JP_SURVIVOR, "child_birth_date"): ("survivor", "child"),
    (Kind.JP_SURVIVOR, "child_working"): ("survivor", "child"),
    (Kind.JP_SURVIVOR, "child_married"): ("survivor", "child"),
    (Kind.JKP, "contract_end_on"): ("contract", "fixed"),
}
"""Questions that only another answer makes meaningful."""
HELP: dict[tuple[Kind, str], str] = {
    (Kind.JKK, "unfit_days"): N_("Lihat di surat dokter. Kosongkan bila belum ada."),
    (Kind.JKK, "hospital"): N_("Nama tempat berobatnya."),
    (Kind.JKK, "wage_kept"): N_("Selama sakit, upahnya tetap dibayar perusahaan?"),
    (Kind.JHT_PARTIAL, "amount_asked_rupiah"): N_("Hukum membatasinya; batasnya tampak di halaman perkiraan."),
    (Kind.JP_OLD_AGE, "deferred_until"): N_("Isi hanya bila Anda masih bekerja dan menunda pensiun."),
    (Kind.JHT, "tax_number"): N_("Nomor pajak. Tanpa nomor ini pajaknya bisa lebih tinggi."),
    (Kind.JHT_PARTIAL, "tax_number"): N_("Nomor pajak. Tanpa nomor ini pajaknya bisa lebih tinggi."),
}
"""Where a question needs a word more than the domain gives."""


def pages(kind: Kind, facts: Facts) -> list[tuple[Page, list[Spec]]]:
    """The pages of a kind with the questions that are asked on each, by what is known so far; an empty one is left out."""
    specs = {one.name: one for one in OF[kind].asked}
    found = [(page, [specs[name] for name in page.names if wanted(kind, name, facts)]) for page in PAGES[kind]]
    return [(page, asked) for page, asked in found if asked]


def wanted(kind: Kind, name: str, facts: Facts) -> bool:
    """Whether a question has a meaning yet."""
    needs = ONLY.get((kind, name))
    return needs is None or facts.get(needs[0]) == needs[1]


def asks_children(kind: Kind) -> bool:
    """Whether children at school are asked for."""
    return kind != Kind.SCHOLARSHIP and any(one.name == CHILDREN for one in OF[kind].asked)


def stated(facts: Facts, name: str) -> Any:
    """What who files said, whatever else holds."""
    known = facts.known.get(name)
    if known is None:
        return None
    return known.value if known.source == Source.STATED else known.stated


def answered(specs: Sequence[Spec], facts: Facts) -> bool:
    """Whether nothing of a page has to be said any more."""
    needed = [one for one in specs if one.required]
    return all(stated(facts, one.name) is not None for one in needed) and (
        bool(needed) or any(stated(facts, one.name) is not None for one in specs)
    )


class FactsForm(Form):
    """The questions of one page."""

    def __init__(self, kind: Kind, specs: Sequence[Spec], *args: Any, **kwargs: Any) -> None:
        self.base_fields = {one.name: _field(kind, one) for one in specs}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        for one in specs:
            capital(self, one.name)

    def values(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        told = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in told.items()}


def initial(specs: Sequence[Spec], facts: Facts) -> dict[str, Any]:
    """What was said before, or what our records tell of it."""
    return {one.name: _shown(one, facts.get(one.name)) for one in specs}


def _shown(spec: Spec, value: Any) -> Any:
    return dt.date.fromisoformat(value) if spec.unit == Unit.DATE and isinstance(value, str) else value


def _field(kind: Kind, spec: Spec) -> forms.Field:
    given: dict[str, Any] = {
        "label": spec.title, "help_text": spec.hint or HELP.get((kind, spec.name), ""), "required": spec.required
    }  # fmt: skip
    if spec.unit == Unit.DATE:
        return DateField(**given)
    if spec.unit == Unit.RUPIAH:
        return MoneyField(**given)
    if spec.unit == Unit.FLAG:
        return YesNoField(**given)
    if spec.unit == Unit.CHOICE:
        return forms.ChoiceField(choices=list(spec.options.items()), widget=forms.RadioSelect, **given)
    if spec.unit == Unit.COUNT:
        return forms.IntegerField(
            min_value=0, max_value=100_000, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}), **given
        )
    wide = spec.name in LONG_TEXTS
    return forms.CharField(max_length=2000 if wide else 200, widget=forms.Textarea if wide else forms.TextInput, **given)


def capital(form: Form, name: str) -> None:
    """Radios begin like the head of a line: `suami atau istri` -> `Suami atau istri`."""
    field: Any = form.fields[name]
    if hasattr(field, "choices"):
        field.choices = [(value, text[:1].upper() + text[1:]) for value, text in field.choices]
