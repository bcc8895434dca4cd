"""One's own training: what one is invited to and takes part in, what is open, yes and no. The worker's and the heir's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.roles import Role
from jamsostek.claims.actions import trainees as actions
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.outside import initials
from jamsostek.claims.queries.training import Open, Person
from jamsostek.claims.trainings import At, title_of
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import refuse, tried
from jamsostek.portal.screens import Confirm, Empty, Fact, Form, Link, Tag, done, page, today
from jamsostek.portal.training import frame
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me

MINE = (Role.WORKER, Role.HEIR)
NEXT: dict[At, str] = {
    At.INVITED: N_("Jawab sebelum hari pertama. Pelatihannya tidak dipungut biaya."),
    At.WAITING_LIST: N_("Tempatnya penuh. Bila ada yang batal, Anda otomatis mendapat tempat."),
    At.ACCEPTED: N_("Tempat Anda sudah dicatat. Datanglah pada hari pertama."),
    At.ATTENDING: N_("Ikuti sampai hari terakhir."),
    At.FINISHED: N_("Petugas akan menanyakan kabar Anda 3, 6, dan 12 bulan sesudah pelatihan."),
}


@dataclass(frozen=True)
class Card:
    """An invitation or a place as its page shows it: what to do, and the ways."""

    title: str
    who: str
    tag: Tag
    told: str
    facts: Sequence[Fact]
    yes: Link | None
    no: Link | None


@dataclass(frozen=True)
class Offer:
    """What one may still join."""

    title: str
    facts: Sequence[Fact]
    seats: str
    join: Link


class Ways:
    """Where the buttons of a page lead: one's own pages, or a visitor's."""

    def __init__(self, space: str) -> None:
        self.space = space

    def url(self, name: str, *args: Any) -> str:
        """The address of one of them."""
        return reverse(f"{self.space}_{name}" if name else self.space, args=args)


OWN = Ways("worker:training")


def cards(rows: Sequence[Person], ways: Ways, *, named: bool) -> list[Card]:
    """Invitations and places, what waits for an answer first."""

    found = []
    for one in sorted(rows, key=lambda one: (one.state != At.INVITED, -one.row.pk)):
        row, state = one.row, one.state
        open_ = state == At.INVITED and row.training.starts_on >= today() and row.training.state in ("open", "closed")
        told = _(NEXT[state]) if state in NEXT and (state != At.INVITED or open_) else ""
        may_cancel = state in (At.WAITING_LIST, At.ACCEPTED) and row.training.state != "done"
        no = _("Tidak ikut") if open_ else _("Batal ikut")
        found.append(
            Card(
                title_of(row.training), one.name if named else initials(one.name), frame.at_tag(row.state), told,
                frame.facts_of(row.training),
                Link(_("Ikut"), ways.url("accept", row.pk)) if open_ else None,
                Link(no, ways.url("decline", row.pk)) if open_ or may_cancel else None,
            )
        )  # fmt: skip
    return found


def offers(rows: Sequence[Open], ways: Ways) -> list[Offer]:
    """What is open."""
    return [
        Offer(
            title_of(one.seats.training), frame.facts_of(one.seats.training),
            _free(one.seats.free),
            Link(_("Ikut"), ways.url("join", one.seats.training.number)),
        )
        for one in rows
    ]  # fmt: skip


def _free(seats: int) -> str:
    return _("{count} tempat kosong").format(count=format_number(seats)) if seats else _("Penuh: masuk daftar tunggu")


def context_of(claims: Sequence[Claim], ways: Ways, *, named: bool) -> dict[str, Any]:
    """What a page of one's own shows."""
    return {
        "cards": cards(queries.of_claims([one.pk for one in claims]), ways, named=named),
        "offers": offers(queries.open_to(claims, today()), ways),
        "empty": Empty(
            _("Belum ada pelatihan untuk Anda"),
            _("Sesudah klaim kematian atau cacat dibayar, pelatihan yang dibuka di wilayah Anda tampak di sini."),
        ),
    }


@about(*MINE)
@require_safe
def mine(request: HttpRequest, me: Me) -> HttpResponseBase:
    """All of it."""
    context = context_of(queries.claims_about(me.ids), OWN, named=True)
    return page(request, "training/mine.html", context, title=_("Pelatihan dan kembali bekerja"), crumbs=crumbs())


@about(*MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, me: Me, trainee_id: int) -> HttpResponseBase:
    """Yes."""
    return say_yes(request, queries.claims_about(me.ids), trainee_id, OWN, _crumbs())


@about(*MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, me: Me, trainee_id: int) -> HttpResponseBase:
    """No."""
    return say_no(request, queries.claims_about(me.ids), trainee_id, OWN, _crumbs())


@about(*MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, me: Me, number: int) -> HttpResponseBase:
    """Uninvited."""
    return take_part(request, queries.claims_about(me.ids), number, OWN, _crumbs(), named=True)


def _crumbs() -> list[Link]:
    return crumbs(Link(_("Pelatihan dan kembali bekerja"), OWN.url("")))


# --- what both kinds of pages do ------------------------------------------------------------------------------------------


def one_of(claims: Sequence[Claim], trainee_id: int) -> Person:
    """Somebody of these claims at an offer; raises 404 for all others."""
    found = next((one for one in queries.of_claims([claim.pk for claim in claims]) if one.row.pk == trainee_id), None)
    if found is None:
        raise Http404
    return found


def say_yes(
    request: HttpRequest, claims: Sequence[Claim], trainee_id: int, ways: Ways, above: Sequence[Link]
) -> HttpResponseBase:
    """Asks once more, then says yes."""
    one = one_of(claims, trainee_id)
    wrong = ""
    if request.method == "POST":
        try:
            row = tried(lambda: actions.answer(trainee_id=one.row.pk, accept=True, today=today()), keep=True)
            return done(request, ways.url(""), _(NEXT[At(row.state)]))
        except InputError as error:
            wrong = str(error)
    confirm = Confirm(
        question=_("Ikut pelatihan ini?"), yes=_("Ya, saya ikut"), back=Link(_("Kembali"), ways.url("")), text=wrong,
        facts=[Fact(_("Pelatihan"), title_of(one.row.training)), *frame.facts_of(one.row.training)],
    )  # fmt: skip
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Ikut pelatihan"), crumbs=above)


class NoForm(Form):
    """Why, where somebody says."""

    reason = forms.CharField(
        label=N_("Mengapa tidak?"), max_length=200, required=False,
        help_text=N_("Jawaban Anda membantu kami memilih waktu dan tempat yang lebih baik."),
    )  # fmt: skip


def say_no(request: HttpRequest, claims: Sequence[Claim], trainee_id: int, ways: Ways, above: Sequence[Link]) -> HttpResponseBase:
    """Why, and no."""
    one = one_of(claims, trainee_id)
    form = NoForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            tried(lambda: actions.answer(trainee_id=one.row.pk, accept=False, reason=reason, today=today()), keep=True)
            return done(request, ways.url(""), _("Tercatat: tidak ikut."))
        except InputError as error:
            refuse(form, error)
    context = {
        "form": form, "about": title_of(one.row.training), "button": _("Saya tidak ikut"), "back": ways.url(""),
        "notes": [_("Sesudah ini Anda tidak dapat ikut pelatihan ini lagi. Pelatihan berikutnya tetap terbuka.")],
    }  # fmt: skip
    return page(request, "worker/form.html", context, title=_("Tidak ikut pelatihan"), crumbs=above)


class JoinForm(Form):
    """Who of the family."""

    who = forms.TypedChoiceField(label=N_("Siapa yang ikut?"), coerce=int, widget=forms.RadioSelect)


def take_part(
    request: HttpRequest, claims: Sequence[Claim], number: int, ways: Ways, above: Sequence[Link], *, named: bool
) -> HttpResponseBase:
    """A seat of what is open, for oneself or somebody of the family."""

    found = [one for one in queries.open_to(claims, today()) if one.seats.training.number == number]
    if not found:
        raise Http404
    training = found[0].seats.training
    claim_of = {party.pk: one.claim for one in found for party in one.persons}
    people = [(party.pk, party.name if named else initials(party.name)) for one in found for party in one.persons]
    form = JoinForm(
        request.POST if request.method == "POST" else None, initial={"who": people[0][0] if len(people) == 1 else None}
    )
    form.fields["who"].choices = people  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        who = form.cleaned_data["who"]
        try:
            row = tried(
                lambda: actions.join(training_id=training.pk, claim_id=claim_of[who].pk, party_id=who, today=today()), keep=True
            )
            return done(request, ways.url(""), _(NEXT[At(row.state)]))
        except InputError as error:
            refuse(form, error)
    context = {
        "form": form, "about": title_of(training), "button": _("Ya, daftarkan"), "back": ways.url(""),
        "notes": [f"{fact.label}: {fact.value}" for fact in frame.facts_of(training)],
    }  # fmt: skip
    return page(request, "worker/form.html", context, title=_("Ikut pelatihan"), crumbs=above)
