"""A month being written: the list with its exceptions, wages changed in place, one worker, one who joins, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods, require_POST

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.collection.actions import reports as actions
from jamsostek.collection.actions.reports.changing import PROBLEMS
from jamsostek.collection.queries import reports
from jamsostek.collection.queries.reports import EDITED, Line
from jamsostek.core.errors import InputError
from jamsostek.core.months import last_day
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.cells import amount
from jamsostek.portal.employer import report_words as words
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.employer.person_form import PersonForm, carried, regency_choices, step_of
from jamsostek.portal.employer.report_of import above, months_link, report_of, url
from jamsostek.portal.employer.report_review import review
from jamsostek.portal.screens import (
    Column,
    Confirm,
    DateField,
    Empty,
    Fact,
    Form,
    Link,
    MoneyField,
    Tile,
    done,
    page,
    paged,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.asking import asked, shown, to_address
from jamsostek.portal.uploads.asking import words as asked_words
from jamsostek.registry.choices import TITLES, Leaving, Segment
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.collection.models import Report, ReportChange
    from jamsostek.registry.models import Employer

WAGE = "upah-"
"""Before the number of a spell: the box of its wage."""
SHOWN = (
    ("working", N_("Semua pekerja")), ("changed", N_("Yang berubah")), ("wage", N_("Upah berubah")),
    ("join", N_("Mulai bekerja")), ("leave", N_("Berhenti bekerja")), ("absent", N_("Tanpa upah")),
)  # fmt: skip


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """The month: to be begun, written, or looked at. A search is posted here too."""
    company = company_of(request, npp)
    elsewhere = to_address(request, "lihat", "unit") if "cari" in request.POST else None
    if elsewhere is not None:
        return elsewhere
    report = reports.newest(company.pk, month)
    if request.method == "POST" and "cari" not in request.POST:
        return _begin(request, company, month)
    if report is None:
        return _start(request, company, month)
    if report.state not in EDITED:
        return review(request, report)
    return _editing(request, report)


def _begin(request: HttpRequest, company: Employer, month: int) -> HttpResponse:
    try:
        report = actions.begin(employer_id=company.pk, month=month, today=today())
    except Refused:
        raise
    except InputError as error:
        return _start(request, company, month, problem=str(error))
    return done(request, url(report))


def _start(request: HttpRequest, company: Employer, month: int, *, problem: str = "") -> HttpResponse:
    confirm = Confirm(
        question=_("Laporkan {month}?").format(month=month_words(month)),
        text=problem
        or _("Daftarnya sudah terisi dari bulan sebelumnya. Anda hanya mengubah yang berbeda: upah, masuk, keluar, tanpa upah."),
        yes=_("Mulai laporan"),
        back=months_link(company),
    )
    status = 409 if problem else 200
    title = _("Laporan upah {month}").format(month=month_words(month))
    return page(
        request,
        "parts/confirm.html",
        {"confirm": confirm},
        title=title,
        crumbs=crumbs(company, months_link(company)),
        status=status,
    )


# --- the list ---------------------------------------------------------------------------------------------------------


class _Rows:
    """The list asked for by the address, fetched a page at a time."""

    def __init__(self, request: HttpRequest, report: Report) -> None:
        self.report, self.text = report, asked_words(request)
        chosen = asked(request, "lihat", "working")
        self.shown = chosen if chosen in dict(SHOWN) else "working"
        unit = asked(request, "unit")
        self.unit_id = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 18 else None

    @property
    def exceptions(self) -> bool:
        """Whether exceptions are listed and not people."""
        return self.shown != "working"

    def __getitem__(self, wanted: slice) -> list[Any]:
        take = wanted.stop - wanted.start
        if self.exceptions:
            kind = "" if self.shown == "changed" else self.shown
            return reports.lines_changed(self.report, kind=kind, skip=wanted.start, take=take)
        return reports.lines(self.report, text=self.text, unit_id=self.unit_id, skip=wanted.start, take=take)


def _editing(
    request: HttpRequest, report: Report, *, typed: dict[int, str] | None = None, problems: list[tuple[str, str]] | None = None
) -> HttpResponse:
    rows = _Rows(request, report)
    found = paged(request, rows)
    people = [one.participant_id if rows.exceptions else one.job.participant_id for one in found.rows]
    audit.looked([one for one in people if one], ("name", "kpj", "wage_rupiah"), "laporan upah")
    counts = reports.counts(report)
    units = lists.units(report.employer_id)
    first = not rows.exceptions and not rows.text and not rows.unit_id and found.number == 1
    some = reports.lines_changed(report, take=5) if first else []
    columns = _change_columns(report) if rows.exceptions else _columns(report, typed or {}, bool(units))
    context: dict[str, Any] = {
        "report": report,
        "tag": words.state_tag(report),
        "returned_by": reports.name_of(report.returned_by),
        "tiles": _tiles(report, counts),
        "some": table(_("Yang berubah (terbaru)"), _change_columns(report), some) if some else None,
        "more": sum(counts.values()) > len(some),
        "asked": shown(request),
        "states": [(name, _(text), name == rows.shown) for name, text in SHOWN],
        "units": [(unit.pk, unit.name, unit.pk == rows.unit_id) for unit in units],
        "table": table(_("Yang berubah") if rows.exceptions else _("Daftar pekerja"), columns, found.rows),
        "editable": not rows.exceptions,
        "paged": found,
        "problems": problems or [],
        "wages_url": f"{url(report, 'report_wages')}{with_query(request) if request.GET else ''}",
        "empty": Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya, atau pilih yang lain.")),
    }
    title = words.title(report)
    return page(request, "employer/report_edit.html", context, title=title, crumbs=above(report, inside=False))


def _tiles(report: Report, counts: dict[str, int]) -> list[Tile]:
    def tile(kind: str, label: str) -> Tile:
        return Tile(label, format_number(counts.get(kind, 0)), "", f"{url(report)}?lihat={kind}")

    return [
        tile("wage", _("Upah berubah")), tile("join", _("Mulai bekerja")), tile("leave", _("Berhenti bekerja")),
        tile("absent", _("Tanpa upah")),
    ]  # fmt: skip


def _columns(report: Report, typed: dict[int, str], has_units: bool) -> list[Column]:
    return [
        Column(_("Nama"), lambda one: Link(one.job.participant.name, url(report, "report_worker", one.job.pk))),
        Column(_("KPJ"), lambda one: format_public("kpj", one.job.participant.kpj)),
        *([Column(_("Unit"), lambda one: one.job.unit.name if one.job.unit else "")] if has_units else []),
        Column(_("Upah sebulan"), lambda one: _wage_box(one, typed)),
        Column(_("Bulan ini"), lambda one: _marks(report, one)),
    ]


def _wage_box(one: Line, typed: dict[int, str]) -> object:
    """The wage in a box; without one where no wage is asked for."""
    if one.job.project_id is not None:
        return _("Menurut nilai proyek")
    if one.job.segment == Segment.TRAINEE:
        return _("Menurut iuran magang")
    value = typed.get(one.job.pk, format_number(one.wage_now) if one.wage_now else "")
    label = _("Upah {name}").format(name=one.job.participant.name)
    return format_html(
        '<input class="box w-10" id="{}{}" name="{}{}" value="{}" inputmode="numeric" autocomplete="off" aria-label="{}">',
        WAGE, one.job.pk, WAGE, one.job.pk, value, label,
    )  # fmt: skip


def _marks(report: Report, one: Line) -> object:
    """The exceptions about somebody, and the way to change more than the wage."""
    parts: list[object] = [
        words.change_tag(change.kind, words.change_text(change)) for change in one.changes.values() if change.kind != "wage"
    ]
    wage = one.changes.get("wage")
    if wage is not None:
        parts.append(words.change_tag("wage", _("Dulu {wage}").format(wage=format_rupiah(wage.before_rupiah or 0))))
    if one.unpaid and "absent" not in one.changes:
        parts.append(words.change_tag("absent"))
    if one.job.to_month is not None:
        parts.append(words.change_tag("leave"))
    if one.job.project_id is None:
        label = format_html('{}<span class="hidden">: {}</span>', _("Keluar atau tanpa upah"), one.job.participant.name)
        parts.append(format_html('<a href="{}">{}</a>', url(report, "report_worker", one.job.pk), label))
    return format_html_join(" ", "{}", ((str(part),) for part in parts))


def _change_columns(report: Report) -> list[Column]:
    def back(one: ReportChange) -> object:
        label = format_html('{}<span class="hidden">: {}</span>', _("Batalkan baris"), one.name)
        return format_html('<a href="{}">{}</a>', url(report, "report_undo", one.pk), label)

    return [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Yang berubah"), lambda one: words.change_tag(one.kind)),
        Column(_("Menjadi"), words.change_text),
        Column(_("Sebelumnya"), words.before_text),
        Column(_("Tindakan"), back),
    ]


@door(*OWNERS)
@require_POST
def wages(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """The wages of a page of the list, as they were typed; all that are right are taken, the others come back with why."""
    _company, report = report_of(request, npp, month)
    typed = {int(name[len(WAGE) :]): str(value)[:60] for name, value in request.POST.items() if _is_wage(name)}
    edits, problems = [], []
    for job, text in typed.items():
        rupiah, why = _read(text)
        if why:
            problems.append((f"{WAGE}{job}", why))
        elif rupiah is not None:
            edits.append(actions.Edit("wage", job, wage_rupiah=rupiah))
    answers = actions.edit(report_id=report.pk, changes=edits)
    wrong = {one.employment_id: answer for one, answer in zip(edits, answers, strict=True) if answer in PROBLEMS}
    problems += [(f"{WAGE}{job}", f"{_(PROBLEMS[why].text)}. {_(PROBLEMS[why].remedy)}") for job, why in wrong.items()]
    if problems:
        left = {job: text for job, text in typed.items() if f"{WAGE}{job}" in dict(problems)}
        return _editing(request, report, typed=left, problems=problems)
    taken = sum(answer == "taken" for answer in answers)
    back = f"{url(report)}{with_query(request) if request.GET else ''}"
    return done(request, back, _("Tersimpan. Upah yang berbeda dari catatan di halaman ini: {count}.").format(count=taken))


def _is_wage(name: str) -> bool:
    number = name.removeprefix(WAGE)
    return name.startswith(WAGE) and number.isascii() and number.isdecimal() and len(number) < 18


def _read(text: str) -> tuple[int | None, str]:
    """Whole rupiah of a box, or why not; an empty box says nothing."""
    if not text.strip():
        return None, ""
    read = amount(text)
    if read.value is None or read.problem == "wage_fraction":
        return None, _("{typed}: tulis rupiah utuh, misalnya 4500000 atau 4,5 juta.").format(typed=text)
    return int(read.value), ""


# --- one worker -------------------------------------------------------------------------------------------------------

STAYS, LEAVES, UNPAID, BACK = "bekerja", "keluar", "tanpa_upah", "batal_keluar"


class WorkerForm(Form):
    """What is different about somebody this month."""

    what = forms.ChoiceField(label=N_("Bulan ini"), widget=forms.RadioSelect)
    wage_rupiah = MoneyField(
        label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1, most=MAX_MONTHLY_RUPIAH,
        required=False,
    )  # fmt: skip
    day = DateField(label=N_("Hari terakhir bekerja"), help_text=N_("Hanya bila keluar."), required=False)
    leaving = forms.ChoiceField(
        label=N_("Sebab keluar"), choices=[("", N_("Pilih")), *TITLES[Leaving].items()], required=False,
        help_text=N_("Hanya bila keluar. Hak JHT dan JKP pekerja bergantung pada sebab ini."),
    )  # fmt: skip
    note = forms.CharField(label=N_("Catatan"), max_length=200, required=False, help_text=N_("Misalnya alasan cuti tanpa upah."))

    def __init__(self, *args: Any, left: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(STAYS, _("Bekerja dan diupah")), (UNPAID, _("Tanpa upah sebulan penuh: bulan ini tidak ditagih"))]
        choices.append((BACK, _("Batalkan keluar: ternyata masih bekerja")) if left else (LEAVES, _("Berhenti bekerja")))
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def worker(request: HttpRequest, npp: str, month: int, employment_id: int) -> HttpResponse:
    """Somebody's month: wage, leaving, no pay."""
    _company, report = report_of(request, npp, month)
    line = reports.line(report, employment_id)
    if line is None or line.job.project_id is not None:
        raise Http404
    if report.state not in EDITED:
        return HttpResponseRedirect(url(report))
    audit.looked([line.job.participant_id], ("name", "wage_rupiah"), "laporan upah")
    form = WorkerForm(request.POST or None, initial=_initial(line), left=line.job.to_month is not None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(report, line, form.cleaned_data)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, url(report), _("{name}: tersimpan.").format(name=line.job.participant.name))
    facts = [
        Fact(_("KPJ"), format_public("kpj", line.job.participant.kpj)),
        Fact(_("Jenis pekerja"), _(TITLES[Segment][line.job.segment])),
        Fact(_("Mulai bekerja"), date(line.job.joined_on) if line.job.joined_on else month_words(line.job.from_month)),
        Fact(_("Upah tercatat"), format_rupiah(line.wage_rupiah) if line.wage_rupiah else ""),
    ]
    context = {"form": form, "facts": facts, "button": _("Simpan"), "back": url(report)}
    return page(
        request, "employer/report_worker.html", context, title=line.job.participant.name, crumbs=above(report)
    )  # fmt: skip


def _initial(line: Line) -> dict[str, Any]:
    leave, absent = line.changes.get("leave"), line.changes.get("absent")
    what = LEAVES if leave else BACK if "stay" in line.changes else UNPAID if line.unpaid else STAYS
    return {
        "what": what, "wage_rupiah": line.wage_now, "day": leave.day if leave else None,
        "leaving": leave.leaving if leave else "", "note": absent.note if absent else "",
    }  # fmt: skip


def _keep(report: Report, line: Line, given: dict[str, Any]) -> None:
    """The answers as exceptions; what no longer holds is taken back. All or nothing."""
    job, what = line.job.pk, given["what"]
    wanted = {LEAVES: "leave", BACK: "stay"}.get(what)
    edits = [actions.Edit("absent" if what == UNPAID else "present", job, note=given["note"])]
    if wanted == "leave":
        edits.append(actions.Edit("leave", job, day=given["day"], leaving=given["leaving"]))
    elif wanted == "stay":
        edits.append(actions.Edit("stay", job))
    if given["wage_rupiah"] and line.job.segment != Segment.TRAINEE:
        edits.append(actions.Edit("wage", job, wage_rupiah=given["wage_rupiah"]))
    actions.edit_all(report_id=report.pk, changes=edits, drop=[kind for kind in ("leave", "stay") if kind != wanted])


# --- one who joins ----------------------------------------------------------------------------------------------------


class JoinForm(PersonForm):
    """A person and their job."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota tempat tinggal"), choices=regency_choices, coerce=int)
    joined_on = DateField(label=N_("Hari pertama bekerja"))
    wage_rupiah = MoneyField(
        label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1, most=MAX_MONTHLY_RUPIAH
    )
    segment = forms.ChoiceField(
        label=N_("Jenis pekerja"), choices=[(name, text) for name, text in TITLES[Segment].items() if name != "construction"]
    )
    position = forms.CharField(label=N_("Jabatan"), max_length=80, required=False)
    unit_id = forms.TypedChoiceField(label=N_("Unit"), coerce=int, empty_value=None, required=False)
    field_order = (
        "nik", "name", "birth_place", "birth_date", "sex", "mother_name", "regency_code", "address", "phone",
        "joined_on", "wage_rupiah", "segment", "position", "unit_id",
    )  # fmt: skip

    def __init__(self, *args: Any, company: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = lists.units(company.pk)
        self.fields["unit_id"].choices = [("", _("Tanpa unit")), *((str(one.pk), one.name) for one in units)]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit_id"]


class KnownForm(Form):
    """Somebody who is a participant: their number, and what shows that it is theirs."""

    kpj = forms.CharField(
        label=N_("KPJ"), help_text=N_("Nomor peserta, 11 angka."), max_length=20, widget=forms.TextInput(attrs={"class": "w-20"})
    )
    name = forms.CharField(label=N_("Nama lengkap"), max_length=120)
    birth_date = DateField(label=N_("Tanggal lahir"))
    joined_on = DateField(label=N_("Hari pertama bekerja"))
    wage_rupiah = MoneyField(
        label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1, most=MAX_MONTHLY_RUPIAH
    )


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Somebody new: the form, the look at its answers, and keeping them in the draft."""
    company, report = report_of(request, npp, month)
    if report.state not in EDITED:
        return HttpResponseRedirect(url(report))
    if request.method != "POST":
        first = last_day(report.month).replace(day=1)
        form = JoinForm(company=company, initial={"regency_code": company.regency_code, "segment": "pu", "joined_on": first})
        return _join_form(request, report, form)
    form = JoinForm(request.POST, company=company)
    person = form.person() if form.is_valid() and step_of(request) != "ubah" else None
    if person is None:
        return _join_form(request, report, form)
    given = form.cleaned_data
    joiner = actions.Joiner(
        given["joined_on"], given["wage_rupiah"], person, segment=given["segment"], unit_id=given.get("unit_id"),
        position=given["position"],
    )  # fmt: skip
    if step_of(request) != "simpan":
        return _look(request, report, form)
    return _joined(request, report, form, joiner) or _join_form(request, report, form)


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def join_known(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Somebody who has a KPJ."""
    _company, report = report_of(request, npp, month)
    if report.state not in EDITED:
        return HttpResponseRedirect(url(report))
    form = KnownForm(request.POST or None, initial={"joined_on": last_day(report.month).replace(day=1)})
    if request.method == "POST" and form.is_valid():
        answer = _joined(request, report, form, actions.Joiner(**form.cleaned_data))
        if answer is not None:
            return answer
    about = _("Nama dan tanggal lahir dicocokkan dengan pemilik nomor ini.")
    context = {"form": form, "button": _("Tambahkan"), "back": url(report), "about": about}
    return page(request, "employer/form.html", context, title=_("Pekerja masuk yang sudah peserta"), crumbs=above(report))


def _joined(request: HttpRequest, report: Report, form: Form, joiner: actions.Joiner) -> HttpResponse | None:
    try:
        actions.add_joiner(report_id=report.pk, joiner=joiner)
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return None
    name = joiner.person.name if joiner.person else joiner.name
    return done(request, url(report), _("{name} ditambahkan; didaftarkan saat laporan disetujui.").format(name=name))


def _join_form(request: HttpRequest, report: Report, form: Form) -> HttpResponse:
    context = {"form": form, "button": _("Lanjut"), "back": url(report), "known_url": url(report, "report_join_known")}
    return page(request, "employer/report_join.html", context, title=_("Pekerja masuk"), crumbs=above(report))


def _look(request: HttpRequest, report: Report, form: JoinForm) -> HttpResponse:
    given = form.cleaned_data
    facts = [
        *form.answers(),
        Fact(_("Hari pertama bekerja"), date(given["joined_on"])),
        Fact(_("Upah sebulan"), format_rupiah(given["wage_rupiah"])),
        Fact(_("Jenis pekerja"), _(TITLES[Segment][given["segment"]])),
    ]
    known = lists.nik_answer(given["nik"] or "", given["name"])
    context = {"facts": facts, "hidden": carried(request), "known": known, "button": _("Tambahkan ke laporan")}
    return page(request, "employer/look.html", context, title=_("Periksa jawaban Anda"), crumbs=above(report))


# --- taking back ------------------------------------------------------------------------------------------------------


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, npp: str, month: int, change_id: int) -> HttpResponse:
    """Asks, then takes one exception out of the draft."""
    _company, report = report_of(request, npp, month)
    found = reports.change(report, change_id)
    if found is None or report.state not in EDITED:
        return done(request, url(report), _("Baris itu sudah tidak ada dalam laporan."))
    if request.method == "POST":
        actions.undo(report_id=report.pk, change_id=change_id)
        return done(request, url(report), _("Dibatalkan: {name}.").format(name=found.name))
    confirm = Confirm(
        question=_("Batalkan baris ini?"),
        text=_("Data pekerja kembali seperti tercatat."),
        yes=_("Batalkan baris"),
        back=Link(_("Kembali"), url(report)),
        facts=[
            Fact(_("Nama"), found.name), Fact(_("Yang berubah"), words.change_text(found)),
            Fact(_("Sebelumnya"), words.before_text(found)),
        ],
    )  # fmt: skip
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Batalkan baris"), crumbs=above(report))
