"""One person at an office: facts with their secrets starred, and one of them shown for a reason."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.nik import DIGITS
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.frame import OFFICERS, home, may, screen
from jamsostek.portal.officer.shown import field_label, kpj_words, place_words, standing_tag
from jamsostek.portal.screens import Fact, Link, Masked, Tab, done, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex, Via
from jamsostek.registry.identity import age_on
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import counts, people, questions
from jamsostek.registry.queries.registers import merged_numbers
from jamsostek.registry.queries.timeline import standings

REASONS: dict[str, str] = {
    "match": N_("Mencocokkan dengan kartu identitas"),
    "call": N_("Menghubungi peserta"),
    "account": N_("Mencocokkan rekening sebelum pembayaran"),
    "mend": N_("Memperbaiki data yang keliru"),
    "asked": N_("Diminta oleh peserta sendiri"),
}
SHOWN_AN_HOUR = "60/h/user"
"""As the API: nobody reads out a register one by one."""


def person_of(kpj: str) -> Participant:
    """The person of a number, merges followed; raises `Refused`."""
    return people.by_kpj(kpj)


def tabs(person: Participant, here: str) -> list[Tab]:
    """The parts of a person's pages."""
    shown = [
        ("person", _("Data")), ("person_cover", _("Perlindungan")), ("person_family", _("Keluarga")),
        ("person_bills", _("Daftar tagihan")), ("person_paid", _("Iuran")), ("person_cards", _("Kartu")),
        ("person_savings", _("Saldo JHT")), ("person_past", _("Riwayat")),
    ]  # fmt: skip
    return [Tab(text, reverse(f"officer:{name}", args=[person.kpj]), name == here) for name, text in shown]


def crumbs(person: Participant, *more: Link) -> list[Link]:
    """The pages above one of a person's."""
    return [home(), Link(person.name, reverse("officer:person", args=[person.kpj])), *more]


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponse:
    """The facts. A number that was merged leads to the one that goes on."""
    person = person_of(kpj)
    if person.kpj != kpj:
        told = _("KPJ {old} sudah digabungkan. Ini orangnya, dengan KPJ {new}.")
        shown = told.format(old=kpj_words(kpj), new=kpj_words(person.kpj))
        return done(request, reverse("officer:person", args=[person.kpj]), shown)
    audit.looked([person.pk], ("name", "birth_date", "address", "disability_type"), "halaman peserta")
    standing = standings([person.pk], month_of(today())).get(person.pk)
    context = {
        "person": person,
        "kpj": kpj_words(person.kpj),
        "tag": standing_tag(person, standing),
        "tabs": tabs(person, "person"),
        "facts": _facts(person),
        "asked": questions.about(person.pk),
        "numbers": [kpj_words(one) for one in merged_numbers(person.pk)],
        "ways": _ways(person),
    }
    return screen(request, "officer/person.html", context, title=person.name)


def _facts(person: Participant) -> list[Fact]:
    edits = may(Can.EDIT_PERSON, place_of(person))

    def change(name: str) -> Link | None:
        return Link(_("Ubah"), reverse(f"officer:{name}", args=[person.kpj])) if edits else None

    hidden = people.masked([person.pk]).get(person.pk)
    shows = may(Can.SHOW_SECRET, place_of(person))

    def secret(what: str, shown: str | None) -> Masked:
        if shown in (None, "—") or not shows:
            return Masked(shown or NOTHING)
        reasons = [(name, _(text)) for name, text in REASONS.items()]
        return Masked(shown or "", reverse("officer:show_secret", args=[person.kpj]), what, reasons)

    villages = counts.places([person.village_code] if person.village_code else [])
    return [
        Fact(_("Nama"), person.name, change("correct_identity")),
        Fact(_("Jenis kelamin"), _(TITLES[Sex][person.sex]), change("correct_identity")),
        Fact(_("Tanggal lahir"), _born(person), change("correct_identity")),
        Fact(_("Tempat lahir"), person.birth_place or NOTHING, change("correct_identity")),
        Fact(_("NIK"), secret("nik", hidden.nik if hidden else None), change("correct_identity")),
        Fact(_("Nama ibu kandung"), secret("mother_name", hidden.mother_name if hidden else None), change("correct_identity")),
        Fact(_("Nomor telepon"), secret("phone", hidden.phone if hidden else None), change("correct_contact")),
        Fact(_("Rekening"), secret("bank_account", hidden.bank if hidden else None), change("correct_contact")),
        Fact(_("Tempat tinggal"), place_words(person, villages), change("move")),
        Fact(_("Alamat"), person.address or NOTHING, change("move")),
        Fact(_("Disabilitas"), _disability(person), change("correct_disability")),
        Fact(_("Terdaftar"), f"{date(person.registered_on)}, {_(TITLES[Via][person.registered_via])}"),
        *([Fact(_("Meninggal"), date(person.died_on))] if person.died_on else []),
    ]


def _born(person: Participant) -> str:
    age = age_on(person.birth_date, person.died_on or today())
    return _("{date} ({age} tahun)").format(date=date(person.birth_date), age=age)


def _disability(person: Participant) -> str:
    if not person.disability_type:
        return NOTHING
    told = _(TITLES[Disability][person.disability_type])
    return f"{told}, {_(TITLES[Degree][person.disability_degree])}" if person.disability_degree else told


def _ways(person: Participant) -> list[Link]:
    """What may be done with the person as a whole."""
    place, args = place_of(person), [person.kpj]
    found = [Link(_("Ajukan klaim"), reverse("filing:counter_kinds", args=args))] if may(Can.FILE_CLAIM, place) else []
    if person.died_on is None and may(Can.REGISTER_PERSON, place):
        found.append(Link(_("Mulai perlindungan mandiri"), reverse("officer:begin_cover", args=args)))
    if may(Can.EDIT_PERSON, place):
        found.append(Link(_("Catat pindah"), reverse("officer:move", args=args)))
    if may(Can.RECORD_DEATH, place):
        name, text = ("take_back_death", _("Batalkan catatan kematian")) if person.died_on else ("death", _("Catat kematian"))
        found.append(Link(text, reverse(f"officer:{name}", args=args)))
    if person.erased_at is None and may(Can.ERASE, place):
        found.append(Link(_("Hapus data pribadi"), reverse("officer:erase", args=args)))
    return found


@door(*OFFICERS)
@require_POST
def show_secret(request: HttpRequest, kpj: str) -> HttpResponse:
    """One secret value, whole, once: written down with its reason, which the person can read."""
    person = person_of(kpj)
    what, why = request.POST.get("what", ""), request.POST.get("reason", "")
    back = reverse("officer:person", args=[person.kpj])
    if what not in people.SECRETS or why not in REASONS:
        return HttpResponseRedirect(back)
    context = {"back": back, "label": field_label(what), "reason": _(REASONS[why]), "value": "", "problem": ""}
    if not ratelimit.consume(request, app="portal", action="show", config={"show": SHOWN_AN_HOUR}, user=request.user):
        context["problem"] = _("Terlalu banyak data ditampilkan dalam satu jam. Tunggu, atau minta bantuan penyelia.")
        return screen(request, "officer/shown.html", context, title=person.name, above=crumbs(person)[1:], status=429)
    try:
        value = people.show(participant_id=person.pk, field=what, reason=REASONS[why])
    except InputError as error:
        context["problem"] = str(error)
    else:
        context["value"] = spelled(value) if what in ("nik", "bank_account") else value
    return screen(request, "officer/shown.html", context, title=person.name, above=crumbs(person)[1:])


def spelled(number: str) -> str:
    """A long number in groups of four, to be read aloud; no long run of digits stands on a page."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if len(number) <= DIGITS + 4 else number
