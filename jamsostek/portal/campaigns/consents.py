"""Who may be written to: a list, one more, and taken back by number or by row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import consents as actions
from jamsostek.outreach.actions.consents import Contact
from jamsostek.outreach.campaigning import HOWS, PURPOSES
from jamsostek.outreach.models import Consent
from jamsostek.outreach.queries import reminders as queries
from jamsostek.outreach.queries.campaigns import starred
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, done, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.training.offers import YesForm, sent

LANGUAGES = [("id", N_("Bahasa Indonesia")), ("en", N_("Bahasa Inggris"))]


@door(*RUNNERS)
@require_safe
def consents(request: HttpRequest) -> HttpResponseBase:
    """Consents that hold, the newest first; numbers starred."""
    found = paged(request, queries.consents())
    owners = {one.pk: queries.owner_of(one) for one in found.rows}
    columns = [
        Column(_("Nama"), lambda one: owners[one.pk][0] or NOTHING),
        Column(_("Telepon"), lambda one: starred(owners[one.pk][1])),
        Column(_("Untuk"), purposes_words),
        Column(_("Diberikan"), lambda one: date(one.given_on)),
        Column(_("Tarik kembali"), lambda one: Link(_("Tarik"), reverse("campaigns:withdraw_one", args=[one.pk]))),
    ]
    add = Link(_("Catat izin"), reverse("campaigns:agree"))
    context = {
        "tabs": frame.tabs("consents"),
        "text": _("Tanpa izin yang berlaku tidak ada pengingat yang disiapkan. Siapa pun boleh menarik izinnya kapan saja."),
        "table": table(_("Izin yang berlaku, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada izin"), _("Izin dari lembar hadir tercatat dengan sendirinya."), add),
        "ways": [*([add] if found.rows else []), Link(_("Tarik izin sebuah nomor"), reverse("campaigns:withdraw"))],
    }
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Izin dihubungi"), crumbs=frame.above())


def purposes_words(row: Consent) -> str:
    """What it is for."""
    return ", ".join(_(PURPOSES[one]) for one in row.purposes)


class AgreeForm(Form):
    """A telephone, whose it is, and for what."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), coerce=int)
    name = forms.CharField(label=N_("Nama"), max_length=80, required=False)
    phone = forms.CharField(
        label=N_("Nomor telepon"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel", "class": "w-20"})
    )
    language = forms.ChoiceField(label=N_("Bahasa pengingat"), choices=LANGUAGES, widget=forms.RadioSelect)
    purposes = forms.MultipleChoiceField(label=N_("Untuk"), choices=list(PURPOSES.items()), widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(label=N_("Bagaimana izin diberikan?"), choices=list(HOWS.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regency_code"].choices = frame.regency_choices()  # type: ignore[attr-defined]


@door(*RUNNERS)
@sensitive_post_parameters()
def agree(request: HttpRequest) -> HttpResponseBase:
    """One more."""
    it: Ask[list[Consent]] = Ask(
        title=_("Catat izin"), crumbs=_crumbs(), yes=_("Simpan"),
        act=lambda told: actions.agree(
            contacts=[Contact(told["phone"], told["name"], told["language"])], region_code=told["regency_code"],
            purposes=told["purposes"], how=told["how"], today=today(),
        ),
        facts=lambda told: [
            Fact(_("Nama"), told["name"] or NOTHING), Fact(_("Telepon"), told["phone"]),
            Fact(_("Untuk"), ", ".join(_(PURPOSES[one]) for one in told["purposes"])),
            Fact(_("Cara memberi izin"), _(HOWS[told["how"]])),
        ],
        done=lambda _m, _t: done(request, "campaigns:consents", _("Izin dicatat.")), base=frame.BASE,
    )  # fmt: skip
    return ask(request, AgreeForm(sent(request), initial={"language": "id", "how": "spoken"}), it)


class PhoneForm(Form):
    """A telephone."""

    phone = forms.CharField(
        label=N_("Nomor telepon"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel", "class": "w-20"})
    )


@door(*RUNNERS)
@sensitive_post_parameters()
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """All consents of a number."""
    said = N_("{count} izin ditarik. Nomornya dihapus.")
    it: Ask[int] = Ask(
        title=_("Tarik izin sebuah nomor"), crumbs=_crumbs(), yes=_("Tarik izin"), danger=True,
        act=lambda told: actions.withdraw(phone=told["phone"], today=today()),
        facts=lambda told: [Fact(_("Telepon"), told["phone"])],
        done=lambda count, _t: done(request, "campaigns:consents", _(said).format(count=format_number(count))), base=frame.BASE,
        text=_("Sesudah ini nomor itu tidak dihubungi lagi, sampai pemiliknya memberi izin baru."),
    )  # fmt: skip
    return ask(request, PhoneForm(sent(request)), it)


@door(*RUNNERS)
def withdraw_one(request: HttpRequest, consent_id: int) -> HttpResponseBase:
    """One of the list."""
    row = queries.consent_of(consent_id)
    name, phone = queries.owner_of(row)
    it: Ask[Consent] = Ask(
        title=_("Tarik izin"), crumbs=_crumbs(), yes=_("Tarik izin"), danger=True,
        act=lambda _t: actions.withdraw_one(consent_id=row.pk, today=today()),
        facts=lambda _t: [
            Fact(_("Nama"), name or NOTHING), Fact(_("Telepon"), starred(phone)), Fact(_("Untuk"), purposes_words(row)),
        ],
        done=lambda _m, _t: done(request, "campaigns:consents", _("Izin ditarik. Nomornya dihapus.")), base=frame.BASE,
        text=_("Sesudah ini nomor itu tidak dihubungi lagi, sampai pemiliknya memberi izin baru."),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def _crumbs() -> list[Link]:
    return frame.above(Link(_("Izin dihubungi"), reverse("campaigns:consents")))
