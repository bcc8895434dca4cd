"""One offer: what it is, who takes part, and what is done with it from the draft to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import training as actions
from jamsostek.claims.actions.training import Offer
from jamsostek.claims.models import Training
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import Person
from jamsostek.claims.trainings import ATS, COMING, MONTHS, OFFERED, SPONSORS, At, Standing, due_on, title_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ask, tried
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, MoneyField, done, export, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training import frame
from jamsostek.portal.training.frame import DECIDERS, OFFICERS

EXPORTED = N_("unduh peserta pelatihan")


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One offer with its people."""
    training = frame.training_of(number)
    (seats,) = queries.seats([training])
    people = queries.people(training)
    audit.looked({one.row.claim.participant_id for one in people}, ("claim",), _(frame.LOOKED))
    columns = [
        Column(_("Nama"), lambda one: frame.person_link(one.row)),
        Column(_("Nomor klaim"), lambda one: format_public("claim", one.row.claim.number)),
        Column(_("Keadaan"), lambda one: frame.at_tag(one.row.state)),
        Column(
            _("Hadir"), lambda one: frame.came_words(one) if one.state in (*COMING, At.FINISHED, At.LEFT) else "", number=True
        ),
    ]
    context = {
        "tag": frame.standing_tag(training),
        "facts": [
            Fact(_("Nomor"), str(training.number)),
            *frame.facts_of(training),
            Fact(_("Tempat terisi"), frame.seats_words(seats)),
            *frame.cost_facts(seats),
        ],
        "ways": _ways(training),
        "sessions": _sessions(training, people),
        "table": table(_("Peserta"), columns, people),
        "empty": Empty(_("Belum ada peserta"), _hint(training)),
        "export_url": f"{reverse('training:file', args=[number])}?" if people else "",
    }
    return frame.office_page(request, "training/training.html", context, title=title_of(training), crumbs=frame.above())


def _hint(training: Training) -> str:
    if training.state == Standing.DRAFT:
        return _("Buka pelatihannya; yang klaimnya dibayar sesudah itu diundang dengan sendirinya.")
    return _("Undang yang klaimnya sudah dibayar, atau daftarkan yang datang.")


def _ways(training: Training) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"training:{name}", args=[training.number]))

    ways, state, runs = [], training.state, frame.runs(training)
    ahead = training.starts_on >= today()
    if state == Standing.OPEN and ahead and current().may(Can.ASSESS_CLAIM):
        ways.append(way(_("Daftarkan ke pelatihan"), "enrol"))
    if state == Standing.OPEN and runs:
        ways += [way(_("Undang yang berhak"), "invite")] if ahead else []
        ways.append(way(_("Tutup pendaftaran"), "close"))
    if state == Standing.DRAFT and runs:
        ways += [way(_("Buka pelatihan"), "open"), way(_("Ubah"), "change")]
    if state == Standing.CLOSED and runs and ahead:
        ways.append(way(_("Buka lagi"), "open"))
    if state in (Standing.OPEN, Standing.CLOSED) and runs and training.ends_on <= today():
        ways.insert(0, way(_("Selesaikan pelatihan"), "complete"))
    return ways


def _sessions(training: Training, people: Sequence[Person]) -> list[tuple[Link, str]]:
    """The sheets of attendance, and how many came; from the first day on, where there is anybody to mark."""
    if training.starts_on > today() or not any(one.state in COMING or one.sessions for one in people):
        return []
    found = []
    for session in range(1, training.sessions + 1):
        marked = [one.sessions[session] for one in people if session in one.sessions]
        words = _("{came} dari {people} hadir").format(came=sum(marked), people=len(marked)) if marked else _("belum dicatat")
        url = reverse("training:sheet", args=[training.number, session])
        found.append((Link(_("Pertemuan {number}").format(number=session), url), words))
    return found


@door(*OFFICERS)
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """People of an offer as a file; whoever takes a list away is remembered."""
    current().need(Can.EXPORT_PEOPLE)
    training = frame.training_of(number)
    people = queries.people(training)
    audit.looked({one.row.claim.participant_id for one in people}, ("claim",), _(EXPORTED), action="export")
    headings = [
        _("Nomor pelatihan"), _("Pelatihan"), _("Nama"), _("Nomor klaim"), _("Wilayah"), _("Keadaan"), _("Sejak"), _("Hadir"),
        _("Pertemuan"), _("Penghasilan sebelum"),
        *(f"{frame.months_words(month)}: {what}" for month in MONTHS for what in (_("bekerja"), _("usaha"), _("penghasilan"))),
    ]  # fmt: skip
    rows = ([training.number, title_of(training), *_line(one)] for one in people)
    return export(request, f"{_('pelatihan')}-{training.number}", headings, rows)


def _line(one: Person) -> list[Any]:
    row = one.row
    told: list[Any] = []
    for month in MONTHS:
        found = one.outcomes.get(month)
        told += ["", "", ""] if found is None else [_yes(found.working), _yes(found.business), found.income_rupiah]
    state = (_(ATS[one.state]), row.state_on.isoformat())
    region = regions_name(row.claim.regency_code)
    return [one.name, row.claim.number, region, *state, one.came, row.training.sessions, row.before_rupiah, *told]


def _yes(value: bool) -> str:
    return _("Ya") if value else _("Tidak")


# --- writing and changing ---------------------------------------------------------------------------------------------


def region_choices() -> list[tuple[str, Any]]:
    """Provinces and regencies whose training whoever looks runs, under their provinces."""
    scope, found = current(), []
    for code, province in PROVINCES.items():
        inside = [one.code for one in REGENCIES.values() if one.province_code == code]
        mine = inside if scope.everyone else [one for one in inside if actions.may_run(one)]
        places = [(str(one), REGENCIES[one].name) for one in sorted(mine)]
        if len(mine) == len(inside):
            places.insert(0, (str(code), _("Seluruh {province}").format(province=province.name)))
        if places:
            found.append((province.name, places))
    return [("", _("Pilih")), *found]


class OfferForm(Form):
    """What is offered, in both languages."""

    kind = forms.ChoiceField(
        label=N_("Jenis"), choices=[(str(one), text) for one, text in OFFERED.items()], widget=forms.RadioSelect
    )
    title = forms.CharField(label=N_("Nama pelatihan dalam bahasa Indonesia"), max_length=120)
    title_en = forms.CharField(label=N_("Nama pelatihan dalam bahasa Inggris"), max_length=120)
    region_code = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int, help_text=N_("Yang diundang tinggal di wilayah ini."))
    place = forms.CharField(label=N_("Tempat"), max_length=200, required=False)
    provider = forms.CharField(label=N_("Pelaksana pelatihan"), max_length=120, help_text=N_("Misalnya balai latihan kerja."))
    starts_on = DateField(label=N_("Hari pertama"))
    ends_on = DateField(label=N_("Hari terakhir"))
    sessions = forms.IntegerField(label=N_("Jumlah pertemuan"), min_value=1, max_value=actions.MOST_SESSIONS)
    capacity = forms.IntegerField(label=N_("Jumlah tempat"), min_value=1, max_value=actions.MOST_PEOPLE)
    cost_rupiah = MoneyField(label=N_("Rencana biaya seluruhnya"))
    sponsor_kind = forms.ChoiceField(label=N_("Yang membiayai"), choices=list(SPONSORS.items()), widget=forms.RadioSelect)
    sponsor = forms.CharField(
        label=N_("Nama yang membiayai"), max_length=120, required=False, help_text=N_("Wajib bila bukan BPJS Ketenagakerjaan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = region_choices()  # type: ignore[attr-defined]


@door(*DECIDERS)
def make(request: HttpRequest) -> HttpResponseBase:
    """A new one; nobody is invited before it is opened."""
    mine = [code for _name, places in region_choices()[1:] for code, _place in places]
    form = OfferForm(sent(request), initial={"region_code": mine[0] if len(mine) == 1 else None, "sponsor_kind": "carrier"})
    it: Ask[Training] = Ask(
        title=_("Buat pelatihan"), crumbs=frame.above(), yes=_("Simpan"),
        act=lambda told: actions.make(offer=Offer(**told), today=today()), facts=_told,
        done=lambda made, _told: done(request, _url("training", made), _("Tersimpan. Buka pelatihannya bila sudah siap.")),
    )  # fmt: skip
    return ask(request, form, it)


@door(*DECIDERS)
def change(request: HttpRequest, number: int) -> HttpResponseBase:
    """A draft written anew."""
    training = _running(number)
    names = list(OfferForm.base_fields)
    form = OfferForm(sent(request), initial={name: getattr(training, name) for name in names})
    it: Ask[Training] = Ask(
        title=_("Ubah pelatihan"), crumbs=_crumbs(training), yes=_("Simpan"),
        act=lambda told: actions.change(training_id=training.pk, offer=Offer(**told)), facts=_told,
        done=lambda made, _told: done(request, _url("training", made), _("Tersimpan.")),
    )  # fmt: skip
    return ask(request, form, it)


def _told(told: Mapping[str, Any]) -> list[Fact]:
    shown = Training(**told, made_on=today())
    return [
        Fact(_("Bahasa Indonesia"), told["title"]),
        Fact(_("Bahasa Inggris"), told["title_en"]),
        *frame.facts_of(shown),
        Fact(_("Jumlah tempat"), format_number(told["capacity"])),
        Fact(_("Rencana biaya"), format_rupiah(told["cost_rupiah"])),
    ]


# --- opening, inviting, closing, ending -----------------------------------------------------------------------------------


class YesForm(Form):
    """Nothing to fill in."""


@door(*DECIDERS)
def open_it(request: HttpRequest, number: int) -> HttpResponseBase:
    """From now on it takes people."""
    return _simple(
        request, number, _("Buka pelatihan"), _("Buka"), lambda row: actions.open_offer(training_id=row.pk, today=today()),
        _("Dibuka. Yang klaimnya dibayar mulai sekarang diundang dengan sendirinya."),
        _("Sesudah dibuka, isinya tidak dapat diubah lagi."),
    )  # fmt: skip


@door(*DECIDERS)
def close(request: HttpRequest, number: int) -> HttpResponseBase:
    """It takes nobody more."""
    return _simple(
        request, number, _("Tutup pendaftaran"), _("Tutup"), lambda row: actions.close_offer(training_id=row.pk),
        _("Pendaftaran ditutup."), _("Yang sudah diundang masih dapat menjawab; yang baru tidak diterima."),
    )  # fmt: skip


@door(*DECIDERS)
def invite(request: HttpRequest, number: int) -> HttpResponseBase:
    """All of the region whose claim was paid and who were not asked before."""
    training = _running(number)
    it: Ask[Sequence[Any]] = Ask(
        title=_("Undang yang berhak"), crumbs=_crumbs(training), yes=_("Undang"), about=title_of(training),
        act=lambda _told: actions.invite(training_id=training.pk, today=today()),
        facts=lambda _told: [Fact(_("Yang diundang"), format_number(_would(training)))],
        done=lambda made, _told: done(
            request, _url("training", training), _("{count} orang diundang.").format(count=format_number(len(made)))
        ),
        text=_("Semua yang klaimnya dibayar dua tahun terakhir di wilayah ini dan belum pernah diundang untuk jenis ini."),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def _would(training: Training) -> int:
    return len(tried(lambda: actions.invite(training_id=training.pk, today=today()), keep=False))


class CompleteForm(Form):
    """Who finished, and what it cost."""

    finished = forms.TypedMultipleChoiceField(
        label=N_("Siapa yang menyelesaikan?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=N_("Yang tidak dicentang dicatat berhenti."),
    )  # fmt: skip
    spent_rupiah = MoneyField(label=N_("Biaya sesungguhnya seluruhnya"))
    needed = ("finished",)

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(one.row.pk, _("{name}, hadir {came}").format(name=one.name, came=frame.came_words(one))) for one in people]
        self.fields["finished"].choices = words  # type: ignore[attr-defined]
        if not people:
            del self.fields["finished"]


@door(*DECIDERS)
def complete(request: HttpRequest, number: int) -> HttpResponseBase:
    """Its end: who finished, what it came to."""
    training = _running(number)
    people = [one for one in queries.people(training) if one.state == At.ATTENDING]
    came = [one.row.pk for one in people if one.came]
    form = CompleteForm(people, sent(request), initial={"finished": came, "spent_rupiah": training.cost_rupiah})
    it: Ask[Training] = Ask(
        title=_("Selesaikan pelatihan"), crumbs=_crumbs(training), yes=_("Selesaikan"), about=title_of(training),
        act=lambda told: actions.complete(
            training_id=training.pk, finished=told.get("finished", []), spent_rupiah=told["spent_rupiah"], today=today()
        ),
        facts=lambda told: [
            Fact(_("Menyelesaikan"), format_number(len(told.get("finished", [])))),
            Fact(_("Biaya sesungguhnya"), format_rupiah(told["spent_rupiah"])),
            Fact(_("Hasil ditanyakan mulai"), date(due_on(training.ends_on, MONTHS[0]))),
        ],
        done=lambda _made, _told: done(request, _url("training", training), _("Pelatihan selesai.")),
        text=_("Sesudah ini tidak ada yang dapat diubah."),
    )  # fmt: skip
    return ask(request, form, it)


def _simple(
    request: HttpRequest, number: int, title: str, yes: str, act: Callable[[Training], Training], said: str, text: str
) -> HttpResponseBase:
    training = _running(number)
    it: Ask[Training] = Ask(
        title=title, crumbs=_crumbs(training), yes=yes, about=title_of(training), act=lambda _told: act(training),
        facts=lambda _told: frame.facts_of(training), done=lambda _made, _told: done(request, _url("training", training), said),
        text=text,
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form that may have nothing to fill in."""
    return request.POST if request.method == "POST" else None


def _running(number: int) -> Training:
    training = frame.training_of(number)
    if not frame.runs(training):
        raise not_yours(_("Pelatihan di wilayah ini bukan wewenang Anda."))
    return training


def _url(name: str, training: Training) -> str:
    return reverse(f"training:{name}", args=[training.number])


def _crumbs(training: Training) -> list[Link]:
    return frame.above(frame.link(training))
