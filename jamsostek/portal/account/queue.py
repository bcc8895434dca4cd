"""Tickets of people who need an office: to sign in, to have something corrected. Served in the order they came."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.actions import tickets
from jamsostek.access.authority import gives
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.queries import Asked, Waiting, holdings_in_care, holdings_of_people, ticket
from jamsostek.access.queries import tickets as waiting
from jamsostek.access.roles import ROLES, Role
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.account.office import CARERS, invite_url
from jamsostek.portal.account.shown import offer
from jamsostek.portal.officer.frame import home
from jamsostek.portal.officer.person import person_of
from jamsostek.portal.officer.shown import person_link
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Form,
    Link,
    SearchBox,
    Tab,
    Tag,
    done,
    page,
    paged,
    table,
    url_of,
)  # fmt: skip
from jamsostek.portal.screens.words import moment
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.merged import one_person

QUEUES = (("open", N_("Menunggu")), ("mine", N_("Yang saya layani")), ("closed", N_("Selesai")))


class CloseForm(Form):
    """How a ticket of a kind ended."""

    outcome = forms.ChoiceField(label=N_("Bagaimana berakhirnya"), widget=forms.RadioSelect)
    note = forms.CharField(label=N_("Catatan"), required=False, max_length=300)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", [(name, _(text)) for name, text in tickets.outcomes_of(kind).items()])


@door(*CARERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The queue: open ones first come first, one's own, closed ones."""
    chosen = request.GET.get("antrean", "open")
    chosen = chosen if chosen in dict(QUEUES) else "open"
    rows = paged(request, _Queue(chosen))
    columns = [
        Column(_("Nomor tiket"), lambda one: Link(format_number("ticket", one.number), _url(one.number))),
        Column(_("Perihal"), lambda one: _(tickets.KINDS[one.kind])),
        Column(_("Wilayah"), lambda one: regions_name(one.regency_code)),
        Column(_("Diterima"), lambda one: moment(one.made_at)),
        Column(_("Dilayani"), lambda one: f"{one.taken_by}, {moment(one.taken_at)}" if one.taken_at else _("Belum")),
        Column(_("Urutan"), order),
        *([Column(_("Hasil"), lambda one: _(tickets.OUTCOMES[one.outcome]))] if chosen == "closed" else []),
    ]
    context = {
        "tabs": [Tab(_(title), f"?antrean={name}", name == chosen) for name, title in QUEUES],
        "tickets": table(_(dict(QUEUES)[chosen]), columns, rows.rows) if rows.rows else None,
        "paged": rows,
        "empty": Empty(_("Tidak ada tiket"), _("Semua yang meminta bantuan sudah dilayani.")),
    }
    return page(request, "account/queue.html", context, title=_("Tiket bantuan"), crumbs=_crumbs()[:-1])


def order(one: Waiting) -> Tag:
    """Whether a ticket was served before older ones."""
    if one.overtaken:
        return Tag(_("Mendahului {count} tiket lebih lama").format(count=one.overtaken), "warn")
    return Tag(_("Sesuai urutan"), "plain")


class _Queue:
    """A queue as something that can be cut into pages."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, cut: slice) -> list[Waiting]:
        return waiting(self.name, limit=cut.stop - cut.start, offset=cut.start)


@door(*CARERS)
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """What somebody asked, and the accounts it may be about."""
    found = ticket(number)
    return _shown(request, found, CloseForm(found.waiting.kind))


def _shown(request: HttpRequest, found: Asked, form: CloseForm) -> HttpResponse:
    it, person = found.waiting, _named(found)
    number, asked = it.number, request.GET.get("cari", "").strip()[:60]
    looks = bool(asked or person)
    accounts = holdings_in_care(asked) if asked else holdings_of_people(one_person(person.pk)) if person else []
    columns = [
        Column(_("Nama"), lambda held: Link(held.name, reverse("account:office_user", args=[held.user_id]))),
        Column(_("Nama pengguna"), lambda held: held.username),
        Column(_("Peran"), lambda held: _(ROLES[Role(held.role)].title)),
        Column(_("Atas"), lambda held: held.over),
    ]
    context = {
        "number": number,
        "facts": [
            Fact(_("Perihal"), _(tickets.KINDS[it.kind])),
            Fact(_("Nama atau nomor yang diingat"), found.who),
            *([Fact(_("Halaman peserta"), person_link(person))] if person else []),
            Fact(_("Nomor telepon"), found.phone),
            Fact(_("Wilayah"), regions_name(it.regency_code)),
            Fact(_("Yang terjadi"), found.told or "–"),
            Fact(_("Diterima"), moment(it.made_at)),
            Fact(_("Dilayani"), f"{it.taken_by}, {moment(it.taken_at)}" if it.taken_at else _("Belum")),
            Fact(_("Urutan"), order(it)),
            *([Fact(_("Hasil"), _(tickets.OUTCOMES[it.outcome]))] if it.closed_at else []),
        ],
        "closed": it.closed_at is not None,
        "mine": found.taken_by_me,
        "taken": it.taken_at is not None,
        "close_form": form,
        "search": SearchBox(_("Cari akunnya"), asked, _("Nama atau nama pengguna."), url=request.path),
        "about_account": it.kind in tickets.ABOUT_ACCOUNTS,
        "accounts": table(_("Akun yang cocok"), columns, accounts) if accounts else None,
        "empty": _no_account(request, person if not asked else None) if looks else None,
    }
    title = _("Tiket {number}").format(number=format_number("ticket", number))
    return page(request, "account/queue_ticket.html", context, title=title, crumbs=_crumbs())


_KPJ = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{3}(?!\d)")


def _named(found: Asked) -> Participant | None:
    """The person whose number (KPJ) stands in a ticket, where they are in sight of whoever looks."""
    for typed in _KPJ.findall(f"{found.who} {found.told}"):
        try:
            return person_of(numbers.check("kpj", typed))
        except InputError:  # no such number, or somebody out of sight
            continue
    return None


def _no_account(request: HttpRequest, person: Participant | None) -> Empty:
    """No account is found: the way to invite, or who has it."""
    title = _("Peserta ini belum punya akun") if person else _("Tidak ditemukan")
    text = "" if person else _("Periksa ejaannya; yang di luar wilayah Anda tidak tampak di sini.")
    if gives(request.scope):  # type: ignore[attr-defined]
        return Empty(title, text, Link(_("Undang pengguna"), invite_url(Role.WORKER, person.kpj if person else "")))
    told = _("Akun baru dibuat oleh penyelia: serahkan tiket ini kepadanya.")
    return Empty(title, f"{text} {told}".strip())


@door(*CARERS)
@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Takes a ticket."""
    try:
        tickets.take_ticket(number=number, now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        messages.warning(request, str(error))
        return done(request, _url(number))
    return done(request, _url(number), _("Tiket ini Anda layani."))


@door(*CARERS)
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Closes a ticket with its outcome."""
    found = ticket(number)
    form = CloseForm(found.waiting.kind, request.POST)
    if form.is_valid():
        try:
            tickets.close_ticket(number=number, now=timezone.now(), **form.cleaned_data)
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, "account:queue", _("Tiket ditutup."))
    return _shown(request, found, form)


def _url(number: str) -> str:
    return reverse("account:queue_ticket", args=[number])


def _crumbs() -> list[Link]:
    return [home(), Link(_("Tiket bantuan"), url_of("account:queue"))]
