"""Agreements to pay by instalments: the list, one with its schedule, proposing, deciding, ending, and the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection import codes
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.actions.arrears.agreements import MOST, owed
from jamsostek.collection.models import Agreement
from jamsostek.collection.queries import arrears
from jamsostek.collection.queries.arrears import Kept
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.arrears import frame, letters
from jamsostek.portal.arrears.frame import DECIDERS, OFFICERS
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.employers import employer_of
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent
from jamsostek.registry.models import Employer, Sponsor

if TYPE_CHECKING:
    from collections.abc import Mapping

PDF = "application/pdf"


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first; proposals wait above."""
    rows = list(arrears.agreements().prefetch_related("instalments", "bills"))
    told = [(one, arrears.kept(one, today())) for one in rows]
    order = {"proposed": 0, "broken": 1, "kept": 2}
    told.sort(key=lambda pair: order.get(pair[1].state, 3))
    found = paged(request, told, total=len(told))
    payers = _payers([one for one, _kept in found.rows])
    columns = [
        Column(_("Diusulkan"), lambda pair: Link(date(pair[0].proposed_on), reverse("arrears:agreement", args=[pair[0].pk]))),
        Column(_("Pembayar"), lambda pair: payers[pair[0].pk].name if pair[0].pk in payers else _("Di luar wilayah kerja Anda")),
        Column(_("Jumlah"), lambda pair: format_rupiah(pair[0].total_rupiah), number=True),
        Column(_("Berikutnya"), lambda pair: date(pair[1].next_due.due_on) if pair[1].next_due else ""),
        Column(_("Keadaan"), lambda pair: frame.state_tag(pair[1].state)),
    ]
    context = {
        "tabs": frame.tabs("agreements"),
        "table": table(_("Kesepakatan angsuran"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada kesepakatan"), _("Usulkan angsuran dari halaman pembayar yang menunggak.")),
    }
    return frame.office_page(request, "officer/list.html", context, title=_("Angsuran"), crumbs=frame.above())


def _payers(rows: list[Agreement]) -> dict[int, Employer | Sponsor]:
    employers = Employer.objects.in_bulk({one.employer_id for one in rows if one.employer_id})
    sponsors = Sponsor.objects.in_bulk({one.sponsor_id for one in rows if one.sponsor_id})
    found: dict[int, Employer | Sponsor] = {}
    for one in rows:
        payer = employers.get(one.employer_id) if one.employer_id else sponsors.get(one.sponsor_id or 0)
        if payer is not None:
            found[one.pk] = payer
    return found


def _there(agreement_id: int) -> tuple[Agreement, Employer | Sponsor]:
    made = Agreement.objects.filter(pk=agreement_id).first()
    payers = _payers([made]) if made is not None else {}
    if made is None or made.pk not in payers:
        raise not_yours(_("Kesepakatan ini tidak ada, atau di luar wilayah kerja Anda."))
    return made, payers[made.pk]


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    """One agreement."""
    made, payer = _there(agreement_id)
    kept = arrears.kept(made, today())
    place = Place(employer=made.employer_id, sponsor=made.sponsor_id, regency=made.regency_code)
    signs = current().may(Can.SIGN_SANCTION, place) and made.proposed_by != current().user_id
    ways = []
    if kept.state == "proposed" and signs:
        ways.append(Link(_("Putuskan"), reverse("arrears:decide_agreement", args=[made.pk])))
    if made.approved:
        ways.append(Link(_("Surat kesepakatan (PDF)"), reverse("arrears:agreement_letter", args=[made.pk])))
        if made.ended_on is None and kept.state != "done":
            ways.append(Link(_("Akhiri kesepakatan"), reverse("arrears:end_agreement", args=[made.pk])))
    context = {
        "tag": frame.state_tag(kept.state),
        "facts": _facts(made, kept),
        "schedule": schedule(kept),
        "agreed": _agreed(made),
        "ways": ways,
    }
    title = _("Angsuran {name}").format(name=payer.name)
    return frame.office_page(
        request, "arrears/agreement.html", context, title=title, crumbs=frame.above(frame.payer_link(payer))
    )  # fmt: skip


def _facts(made: Agreement, kept: Kept) -> list[Fact]:
    facts = [
        Fact(_("Jumlah tunggakan"), format_rupiah(made.total_rupiah)),
        Fact(_("Sudah dibayar"), format_rupiah(kept.paid_rupiah)),
        Fact(_("Alasan"), made.reason),
        Fact(_("Diusulkan"), f"{date(made.proposed_on)}, {name_of(made.proposed_by)}"),
    ]
    if made.decided_on is not None:
        facts.append(Fact(_("Diputuskan"), f"{date(made.decided_on)}, {name_of(made.decided_by)}"))
        if made.decision:
            facts.append(Fact(_("Keterangan"), made.decision))
    if made.ended_on is not None:
        facts += [Fact(_("Diakhiri"), f"{date(made.ended_on)}, {name_of(made.ended_by)}"), Fact(_("Sebabnya"), made.ending)]
    return facts


def schedule(kept: Kept) -> Any:
    """Instalments with how far each is paid."""
    day = today()

    def state(one: Any) -> Tag:
        if kept.covered.get(one.number, 0) >= one.rupiah:
            return Tag(_("Dibayar"), "good")
        return Tag(_("Terlambat"), "bad") if one.due_on < day else Tag(_("Belum jatuh tempo"), "plain")

    columns = [
        Column(_("Angsuran"), lambda one: str(one.number)),
        Column(_("Paling lambat"), lambda one: date(one.due_on)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Keadaan"), state),
    ]
    total = [_("Jumlah"), "", format_rupiah(sum(one.rupiah for one in kept.instalments)), ""]
    return table(_("Jadwal angsuran"), columns, kept.instalments, total=total)


def _agreed(made: Agreement) -> Any:
    columns = [
        Column(
            _("Bulan"),
            lambda pair: Link(month_words(pair[0].from_month), reverse("bills:bill", args=[codes.code_of(pair[0].number)])),
        ),
        Column(_("Kode bayar"), lambda pair: letters.code_words(pair[0])),
        Column(_("Belum dibayar ketika itu"), lambda pair: format_rupiah(pair[1]), number=True),
    ]
    return table(_("Tagihan yang diangsur"), columns, arrears.agreed_bills(made))


# --- proposing, deciding, ending ----------------------------------------------------------------------------------------


class ProposeForm(Form):
    """How many months, from when, and why."""

    count = forms.IntegerField(
        label=N_("Jumlah angsuran"), min_value=1, max_value=MOST, help_text=N_("Dibagi rata, sebulan sekali.")
    )
    first_on = DateField(label=N_("Angsuran pertama paling lambat"))
    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Misalnya nomor surat permohonannya."))


@door(*OFFICERS)
def propose(request: HttpRequest, npp: str) -> HttpResponseBase:
    """For an employer."""
    one = employer_of(npp)
    return _propose(request, one, {"employer_id": one.pk})


@door(*OFFICERS)
def propose_sponsor(request: HttpRequest, number: str) -> HttpResponseBase:
    """For a sponsor."""
    one = frame.sponsor_of(number)
    return _propose(request, one, {"sponsor_id": one.pk})


def _propose(request: HttpRequest, payer: Employer | Sponsor, whose: dict[str, int]) -> HttpResponseBase:
    total = owed(today(), **whose)

    def parts(told: Mapping[str, Any]) -> Any:
        return actions.equal_parts(total, told["count"], told["first_on"])

    def act(told: Mapping[str, Any]) -> Agreement:
        return actions.propose(schedule=parts(told), reason=told["reason"], today=today(), **whose)

    it = Ask(
        title=_("Usulkan angsuran"), crumbs=frame.above(frame.payer_link(payer)), yes=_("Usulkan"), about=payer.name, act=act,
        facts=lambda told: [
            Fact(_("Jumlah tunggakan"), format_rupiah(total)),
            *(Fact(date(day), format_rupiah(rupiah)) for day, rupiah in parts(told)),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda made, _told: done(
            request, reverse("arrears:agreement", args=[made.pk]), _("Diusulkan. Seorang penyelia memutuskannya.")
        ),
        text=_("Selama ditepati, sanksi tidak dilanjutkan. Denda menurut undang-undang tetap berjalan sampai dibayar."),
    )  # fmt: skip
    return ask(request, ProposeForm(request.POST or None), it)


class DecideForm(Form):
    """Yes or no; a no says why."""

    answer = forms.ChoiceField(
        label=N_("Keputusan"), choices=[("ya", N_("Setujui")), ("tidak", N_("Tolak"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=N_("Keterangan"), max_length=200, required=False, help_text=N_("Wajib bila ditolak."))


@door(*DECIDERS)
def decide(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    """By another person than the one who proposed it."""
    made, payer = _there(agreement_id)
    url = reverse("arrears:agreement", args=[made.pk])
    it = Ask(
        title=_("Putuskan angsuran"), crumbs=frame.above(frame.payer_link(payer), Link(_("Angsuran"), url)), yes=_("Putuskan"),
        about=payer.name,
        act=lambda told: actions.decide_agreement(
            agreement_id=made.pk, approve=told["answer"] == "ya", today=today(), note=told["reason"]
        ),
        facts=lambda told: [
            Fact(_("Keputusan"), _("Setujui") if told["answer"] == "ya" else _("Tolak")),
            Fact(_("Jumlah tunggakan"), format_rupiah(made.total_rupiah)),
            Fact(_("Keterangan"), told["reason"]),
        ],
        done=lambda _made, _told: done(request, url, _("Keputusan dicatat.")),
    )  # fmt: skip
    return ask(request, DecideForm(request.POST or None), it)


@door(*OFFICERS)
def end(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    """What is left is owed at once."""
    made, payer = _there(agreement_id)
    url = reverse("arrears:agreement", args=[made.pk])
    it = Ask(
        title=_("Akhiri kesepakatan"), crumbs=frame.above(frame.payer_link(payer), Link(_("Angsuran"), url)), yes=_("Akhiri"),
        about=payer.name, danger=True,
        act=lambda told: actions.end_agreement(agreement_id=made.pk, today=today(), reason=told["reason"]),
        facts=lambda told: [Fact(_("Alasan"), told["reason"])],
        done=lambda _made, _told: done(request, url, _("Kesepakatan diakhiri.")),
        text=_("Yang belum dibayar langsung menjadi tunggakan, dan sanksi dapat dilanjutkan."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = ""
    return ask(request, form, it)


@door(*OFFICERS)
@require_safe
def letter(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    """The agreement on paper, in both languages."""
    made, payer = _there(agreement_id)
    if not made.approved:
        raise not_yours(_("Kesepakatan ini belum disetujui."))
    return sent(letters.agreement(made, payer), f"{_('angsuran')}-{made.pk}.pdf", PDF)
