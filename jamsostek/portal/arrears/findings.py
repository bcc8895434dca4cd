"""Compliance: findings that wait, one with what it rests on, deciding it; a list to compare, and a look over a month's bills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, current, regencies_below
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.actions.arrears.findings import KINDS, OUTCOMES, SOURCES
from jamsostek.collection.models import Finding
from jamsostek.collection.queries import compliance
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.regions import REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.arrears import frame
from jamsostek.portal.arrears.facts import facts_of
from jamsostek.portal.arrears.frame import OFFICERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.employers import employer_of
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.screens.forms import MonthField
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.queries.compliance import Line


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """What waits the longest first."""
    rows = compliance.findings()
    found = paged(request, rows)
    shown = compliance.shown(found.rows)
    columns = [
        Column(_("Temuan"), lambda one: Link(_(KINDS[one.finding.kind]), reverse("arrears:finding", args=[one.finding.pk]))),
        Column(_("Perusahaan"), lambda one: frame.employer_link(one.employer)),
        Column(_("Bulan"), lambda one: month_words(one.finding.month)),
        Column(_("Sumber"), lambda one: source_words(one.finding)),
        Column(_("Ditemukan"), lambda one: date(one.finding.found_on)),
    ]
    context = {
        "tabs": frame.tabs("findings"),
        "table": table(_("Temuan yang menunggu"), columns, shown),
        "paged": found,
        "empty": Empty(
            _("Tidak ada temuan yang menunggu"), _("Bandingkan daftar dari instansi lain, atau periksa tagihan sebulan.")
        ),
        "ways": [Link(_("Periksa tagihan sebulan"), reverse("arrears:scan"))] if current().may(Can.CHASE_ARREARS) else [],
    }
    return frame.office_page(request, "officer/list.html", context, title=_("Kepatuhan"), crumbs=frame.above())


def source_words(finding: Finding) -> str:
    """Where a finding comes from."""
    return _(SOURCES[finding.list.source]) if finding.list is not None else _("Tagihan sendiri")


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, finding_id: int) -> HttpResponseBase:
    """One finding."""
    told = compliance.one(finding_id)
    finding = told.finding
    facts = [
        Fact(_("Bulan"), month_words(finding.month)),
        Fact(_("Sumber"), source_words(finding)),
        *facts_of(finding.facts),
        Fact(_("Ditemukan"), f"{date(finding.found_on)}, {name_of(finding.found_by)}"),
    ]
    if finding.outcome is not None:
        facts += [
            Fact(_("Hasil"), _(OUTCOMES[finding.outcome])),
            Fact(_("Keterangan"), finding.note),
            Fact(_("Diputuskan"), f"{date(finding.decided_on or today())}, {name_of(finding.decided_by)}"),
        ]
    lines = list(compliance.lines(finding))
    context = {
        "about": told.employer.name,
        "tag": Tag(_(OUTCOMES[finding.outcome]), "plain") if finding.outcome else Tag(_("Menunggu"), "warn"),
        "facts": facts,
        "lines": _lines(lines) if lines else None,
        "decide": reverse("arrears:decide_finding", args=[finding.pk]) if finding.outcome is None else "",
        "case": Link(_("Lihat kasusnya"), reverse("arrears:case", args=[told.case_id])) if told.case_id else "",
    }
    return frame.office_page(
        request, "arrears/finding.html", context, title=_(KINDS[finding.kind]),
        crumbs=frame.above(Link(_("Kepatuhan"), reverse("arrears:findings")), frame.employer_link(told.employer)),
    )  # fmt: skip


def _lines(found: list[Line]) -> Any:
    verdicts = {"missing": _("Belum terdaftar"), "left": _("Tercatat sudah keluar"), "lower": _("Upah lebih rendah"), "same": ""}
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("NIK"), lambda one: one.nik or NOTHING),
        Column(_("Baris"), lambda one: format_number(one.row), number=True),
        Column(_("Keadaan"), lambda one: verdicts[one.verdict]),
        Column(_("Upah di daftar"), lambda one: format_rupiah(one.wage_rupiah) if one.wage_rupiah else NOTHING, number=True),
        Column(_("Dilaporkan"), lambda one: format_rupiah(one.reported_rupiah) if one.reported_rupiah else NOTHING, number=True),
    ]
    return table(_("Siapa saja"), columns, found)


class DecideForm(Form):
    """What it was."""

    outcome = forms.ChoiceField(label=N_("Hasil"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label=N_("Keterangan"), max_length=200, help_text=N_("Apa yang dijawab atau diperbaiki perusahaan."))


@door(*OFFICERS)
def decide(request: HttpRequest, finding_id: int) -> HttpResponseBase:
    """Explained, mended, or a case."""
    told = compliance.one(finding_id)
    url = reverse("arrears:finding", args=[finding_id])
    it = Ask(
        title=_("Putuskan temuan"),
        crumbs=frame.above(Link(_("Kepatuhan"), reverse("arrears:findings")), Link(told.employer.name, url)),
        yes=_("Putuskan"), about=told.employer.name,
        act=lambda given: actions.decide_finding(
            finding_id=finding_id, outcome=given["outcome"], note=given["reason"], today=today()
        ),
        facts=lambda given: [Fact(_("Hasil"), _(OUTCOMES[given["outcome"]])), Fact(_("Keterangan"), given["reason"])],
        done=lambda _finding, _given: done(request, url, _("Keputusan dicatat.")),
    )  # fmt: skip
    return ask(request, DecideForm(request.POST or None), it)


# --- another register -------------------------------------------------------------------------------------------------------


class CompareForm(Form):
    """A list, where it comes from, and for which month."""

    source = forms.ChoiceField(label=N_("Asal daftar"), choices=list(SOURCES.items()), widget=forms.RadioSelect)
    month = MonthField(label=N_("Bulan daftar"))
    declared = forms.IntegerField(
        label=N_("Jumlah pekerja menurut sumbernya"), min_value=1, max_value=1_000_000, required=False,
        help_text=N_("Bila sumbernya menyebut jumlah, misalnya wajib lapor ketenagakerjaan."),
    )  # fmt: skip
    file = forms.FileField(
        label=N_("Berkas daftar"), help_text=N_("Excel atau CSV: nama, NIK, dan upah. Berkasnya tidak disimpan.")
    )


@door(*OFFICERS)
def compare(request: HttpRequest, npp: str) -> HttpResponseBase:
    """Holds a list against who is registered."""
    one = employer_of(npp)
    current().need(Can.CHASE_ARREARS, Place(employer=one.pk, regency=one.regency_code))
    form = CompareForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            found = actions.compare(
                employer_id=one.pk, content=told["file"].read(), file_name=told["file"].name, source=told["source"],
                month=month_of(told["month"]) if not isinstance(told["month"], int) else told["month"], today=today(),
                declared=told["declared"],
            )  # fmt: skip
        except InputError as error:
            form.refuse(error)
        else:
            counts = found.counts
            words = _("{people} baris dibandingkan: {same} cocok, {missing} belum terdaftar, {lower} upahnya lebih rendah.")
            text = words.format(
                people=format_number(found.list.people), same=format_number(counts["same"]),
                missing=format_number(counts["missing"] + counts["left"]), lower=format_number(counts["lower"]),
            )  # fmt: skip
            return done(request, reverse("arrears:employer", args=[npp]), text)
    context = {"form": form, "about": one.name, "back": reverse("arrears:employer", args=[npp])}
    return frame.office_page(
        request, "arrears/compare.html", context, title=_("Bandingkan daftar lain"), crumbs=frame.above(frame.employer_link(one))
    )  # fmt: skip


class ScanForm(Form):
    """A month, and a regency or city of one's own."""

    month = MonthField(label=N_("Bulan tagihan"))
    region = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = sorted({code for target in current().targets(Kind.REGION) for code in regencies_below(target)} & set(REGENCIES))
        codes = mine or sorted(REGENCIES)
        self.fields["region"].choices = [(code, REGENCIES[code].name) for code in codes]  # type: ignore[attr-defined]


@door(*OFFICERS)
def scan(request: HttpRequest) -> HttpResponseBase:
    """Looks over a month's bills for wages under the minimum and programmes left out."""
    last = add_months(month_of(today()), -1)
    form = ScanForm(request.POST or None, initial={"month": last})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        month = told["month"] if isinstance(told["month"], int) else month_of(told["month"])
        made = actions.scan(region=told["region"], month=month, today=today())
        return done(request, reverse("arrears:findings"), _("{count} temuan baru.").format(count=format_number(made)))
    context = {"form": form, "back": reverse("arrears:findings")}
    above = frame.above(Link(_("Kepatuhan"), reverse("arrears:findings")))
    return frame.office_page(request, "arrears/compare.html", context, title=_("Periksa tagihan sebulan"), crumbs=above)
