"""Tickets of people who need an office: to sign in, to have something corrected. Served in the order they came."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.actions import tickets
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.queries import Waiting, holdings_in_care, ticket
from jamsostek.access.queries import tickets as waiting
from jamsostek.access.roles import ROLES, Role
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.account.office import CARERS
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

QUEUES = (("open", N_("Menunggu")), ("mine", N_("Yang saya layani")), ("closed", N_("Selesai")))


class CloseForm(Form):
    """How a ticket ended."""

    outcome = forms.ChoiceField(
        label=N_("Bagaimana berakhirnya"), widget=forms.RadioSelect, choices=list(tickets.OUTCOMES.items())
    )
    note = forms.CharField(label=N_("Catatan"), required=False, max_length=300)


@door(*CARERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The queue: open ones first come first, one's own, closed ones."""
    chosen = request.GET.get("antrean", "open")
    chosen = chosen if chosen in dict(QUEUES) else "open"
    rows = paged(request, _Queue(chosen))
    columns = [
        Column(_("Nomor tiket"), lambda one: Link(format_number("ticket", one.number), _url(one.number))),
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
    return _shown(request, number, CloseForm())


def _shown(request: HttpRequest, number: str, form: CloseForm) -> HttpResponse:
    found = ticket(number)
    it = found.waiting
    asked = request.GET.get("cari", "").strip()[:60]
    accounts = holdings_in_care(asked) if asked else []
    columns = [
        Column(_("Nama"), lambda held: Link(held.name, reverse("account:office_user", args=[held.user_id]))),
        Column(_("Nama pengguna"), lambda held: held.username),
        Column(_("Peran"), lambda held: _(ROLES[Role(held.role)].title)),
        Column(_("Atas"), lambda held: held.over),
    ]
    context = {
        "number": number,
        "facts": [
            Fact(_("Nama atau nomor yang diingat"), found.who),
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
        "asked": asked,
        "accounts": table(_("Akun yang cocok"), columns, accounts) if accounts else None,
        "empty": Empty(_("Tidak ditemukan"), _("Periksa ejaannya; yang di luar wilayah Anda tidak tampak di sini.")),
    }
    title = _("Tiket {number}").format(number=format_number("ticket", number))
    return page(request, "account/queue_ticket.html", context, title=title, crumbs=_crumbs())


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
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            tickets.close_ticket(number=number, now=timezone.now(), **form.cleaned_data)
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, "account:queue", _("Tiket ditutup."))
    return _shown(request, number, form)


def _url(number: str) -> str:
    return reverse("account:queue_ticket", args=[number])


def _crumbs() -> list[Link]:
    home = url_of("officer:home")
    return [*([Link(_("Kantor cabang"), home)] if home else []), Link(_("Tiket bantuan"), url_of("account:queue"))]
