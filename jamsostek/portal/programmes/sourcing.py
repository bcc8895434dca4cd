"""The form of a programme's money: a handful of rows, each a source; more rows come with every saving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.outreach import plan
from jamsostek.outreach.actions.programmes import MOST_SOURCES
from jamsostek.outreach.models import Programme, Source
from jamsostek.outreach.queries.money import monthly
from jamsostek.portal.programmes import frame
from jamsostek.portal.screens import Fact, Form, MoneyField, MonthField
from jamsostek.registry import occupations

MORE_ROWS = 2
PARTS = ("title", "kind", "rupiah", "from", "to", "only", "villages", "regulation")
Written = tuple[plan.Source, str, str]


class SourcesForm(Form):
    """Row by row; a row without a name is no source."""

    def __init__(self, there: Sequence[Source], year: int, *args: Any, **kwargs: Any) -> None:
        self.rows = min(len(there) + MORE_ROWS, MOST_SOURCES)
        initial: dict[str, Any] = {}
        for at in range(self.rows):
            initial |= _initial(at, there[at] if at < len(there) else None, year)
        super().__init__(*args, initial=initial, **kwargs)
        self.headed = {f"title_{at}": _("Sumber {number}").format(number=at + 1) for at in range(self.rows)}
        for at in range(self.rows):
            for name, field in _row(at + 1).items():
                field.label = _("Sumber {number}: {label}").format(number=at + 1, label=_(str(field.label)))
                field.help_text = _(str(field.help_text)) if field.help_text else ""
                self.fields[f"{name}_{at}"] = field
            self.fields[f"key_{at}"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def needed(self) -> tuple[str, ...]:  # type: ignore[override]
        """Needed where the row has a name."""
        return tuple(f"{name}_{at}" for name in ("kind", "rupiah", "from", "to") for at in range(self.rows))

    def clean(self) -> dict[str, Any]:
        """Each named row whole, and at least one."""
        told = self.cleaned_data
        named = [at for at in range(self.rows) if told.get(f"title_{at}", "").strip()]
        if not named:
            self.add_error("title_0", _("Tulis paling sedikit satu sumber dana."))
        for at in named:
            for name in ("kind", "rupiah", "from", "to"):
                if told.get(f"{name}_{at}") in (None, "") and f"{name}_{at}" not in self.errors:
                    self.add_error(f"{name}_{at}", _("{label} belum diisi.").format(label=self.fields[f"{name}_{at}"].label))
            self._villages(at)
        return told

    def _villages(self, at: int) -> None:
        codes = self.cleaned_data.get(f"villages_{at}", "").replace(",", " ").split()
        if any(len(one) != 10 or not (one.isascii() and one.isdecimal()) for one in codes):
            self.add_error(f"villages_{at}", _("Tulis kode desa sepuluh angka, dipisahkan spasi atau baris."))

    def sources(self) -> list[Written]:
        """What was written: source, title, regulation."""
        told, found = self.cleaned_data, []
        used = {told[f"key_{at}"] for at in range(self.rows)}
        for at in range(self.rows):
            if not told[f"title_{at}"].strip():
                continue
            key = told[f"key_{at}"] or next(f"s{n}" for n in range(1, 100) if f"s{n}" not in used)
            used.add(key)
            villages = frozenset(int(one) for one in told[f"villages_{at}"].replace(",", " ").split())
            source = plan.Source(
                key, told[f"kind_{at}"], told[f"rupiah_{at}"], told[f"from_{at}"], told[f"to_{at}"],
                frozenset(told[f"only_{at}"]), villages,
            )  # fmt: skip
            found.append((source, told[f"title_{at}"], told[f"regulation_{at}"]))
        return found


def _row(number: int) -> dict[str, forms.Field]:
    kinds = [("", _("Pilih")), *((key, _(title)) for key, title in plan.KINDS.items())]
    groups = [(key, _(title)) for key, title in occupations.GROUPS.items()]
    return {
        "title": forms.CharField(
            label=N_("nama"), max_length=120, required=False,
            help_text=N_("Kosongkan namanya bila baris ini tidak dipakai.") if number > 1 else "",
        ),
        "kind": forms.ChoiceField(label=N_("jenis dana"), choices=kinds, required=False),
        "rupiah": MoneyField(label=N_("jumlah rupiah"), required=False, most=10**14),
        "from": MonthField(label=N_("bulan pertama"), required=False),
        "to": MonthField(label=N_("bulan terakhir"), required=False),
        "only": forms.MultipleChoiceField(
            label=N_("hanya bagi"), choices=groups, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=N_("Tanpa pilihan: bagi semua pekerjaan."),
        ),
        "villages": forms.CharField(
            label=N_("hanya desa"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=N_("Kode desa sepuluh angka; kosong: semua desa."),
        ),
        "regulation": forms.CharField(label=N_("dasar hukum"), max_length=200, required=False),
    }  # fmt: skip


def _initial(at: int, row: Source | None, year: int) -> dict[str, Any]:
    if row is None:
        told: tuple[Any, ...] = ("", "apbd" if at == 0 else "", None, year * 100 + 1, year * 100 + 12, [], "", "")
    else:
        villages = " ".join(map(str, row.villages))
        told = (
            row.title, row.kind, row.rupiah, row.from_month, row.to_month, list(row.only_groups), villages, row.regulation
        )  # fmt: skip
    return {f"{name}_{at}": value for name, value in zip(PARTS, told, strict=True)} | {f"key_{at}": row.key if row else ""}


def sourced_facts(sources: Sequence[Written], programme: Programme) -> list[Fact]:
    """Each source, and how many people it pays for."""
    facts = []
    for one, title, _regulation in sources:
        each = plan.cost_of(one, monthly(one, programme.income_rupiah, programme.programmes))
        words = _("{rupiah}, {months}: cukup bagi {people} orang, {each} seorang")
        told = words.format(
            rupiah=format_rupiah(one.rupiah), months=frame.months_words(one.from_month, one.to_month),
            people=plan.persons_for(one.rupiah, each), each=format_rupiah(each),
        )  # fmt: skip
        facts.append(Fact(title, told))
    whole = sum(one.rupiah for one, _title, _regulation in sources)
    return [*facts, Fact(_("Seluruh dana"), format_rupiah(whole))]
