"""One pair at a time: two records side by side, what speaks for and against, an answer, the next card at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.linkage.explain import bits_text
from jamsostek.outreach.actions import linking
from jamsostek.outreach.queries import cards as queries
from jamsostek.outreach.queries import review
from jamsostek.outreach.queries.cards import Card, Record
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import REVIEWERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.movement.registers.runs import QUEUES, WHY
from jamsostek.portal.screens import Column, Empty, Form, Link, done, table
from jamsostek.portal.screens.words import NOTHING, date, moment

if TYPE_CHECKING:
    from jamsostek.outreach.models import Answer

LAST = 50
ANSWERS = {
    "same": N_("Orang yang sama"), "different": N_("Orang lain"), "unsure": N_("Tidak dapat dipastikan"),
    "village": N_("Tanyakan ke desa"),
}  # fmt: skip
_HINTS = {
    "same": N_("Perlu dua petugas, karena orang ini lalu tidak didaftarkan lagi."),
    "different": N_("Cukup satu petugas: orang ini boleh dilindungi."),
    "unsure": N_("Kartu ini diberikan kepada petugas lain."),
    "village": N_("Operator desanya melihat kartu ini dan menjawab."),
}
SEXES = {"m": N_("Laki-laki"), "f": N_("Perempuan")}


class AnswerForm(Form):
    """An answer and what it rests on."""

    answer = forms.ChoiceField(label=N_("Apakah keduanya orang yang sama?"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=N_("Dasar jawaban"), choices=list(linking.REASONS.items()))
    note = forms.CharField(label=N_("Keterangan"), max_length=200, required=False)

    def __init__(self, *args: Any, offered: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(name, _(ANSWERS[name])) for name in offered]  # type: ignore[attr-defined]
        self.fields["answer"].option_hints = {name: _(_HINTS[name]) for name in offered}  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        """As it is kept."""
        told = self.cleaned_data
        return ": ".join(part for part in (_(linking.REASONS[told["ground"]]), told["note"].strip()) if part)


@door(*REVIEWERS)
@require_safe
def following(request: HttpRequest, run_id: int) -> HttpResponse:
    """The next card of a queue, or that there is none."""
    run = review.run_of(run_id)
    which = _filter(request)
    found = review.pairs(run, which, 1)
    if found:
        return HttpResponseRedirect(f"{reverse('movement:card', args=[run_id, found[0]])}?{_query(which)}")
    way = Link(_("Kembali ke pemadanan"), reverse("movement:run", args=[run_id]))
    context = {
        "empty": Empty(_("Tidak ada kartu yang menunggu Anda"), _("Yang lain menunggu petugas lain, atau sudah pasti."), way)
    }
    return frame.screen(
        request, "movement/registers/no_card.html", context, title=_(QUEUES[which.queue]), here="registers",
        crumbs=shown.crumbs(shown.link(run.register), Link(_("Pemadanan"), reverse("movement:run", args=[run_id]))),
    )  # fmt: skip


def _filter(request: HttpRequest) -> review.Filter:
    asked = {name: request.GET.get(name, "") for name in ("antrean", "sebab", "desa")}
    village = asked["desa"]
    return review.Filter(
        asked["antrean"] if asked["antrean"] in review.QUEUES else "ask", asked["sebab"] if asked["sebab"] in WHY else "",
        int(village) if village.isascii() and village.isdecimal() and len(village) == 10 else None,
    )  # fmt: skip


def _query(which: review.Filter) -> str:
    told = {"antrean": which.queue, "sebab": which.reason, "desa": which.village or ""}
    return urlencode({name: value for name, value in told.items() if value})


@door(*REVIEWERS, Role.VILLAGE_OPERATOR)
def card(request: HttpRequest, run_id: int, person_id: int) -> HttpResponse:
    """A pair; an answer leads to the next one."""
    told = queries.card(run_id, person_id)
    office = _office(told)
    offered = tuple(ANSWERS) if office else ("same", "different", "unsure")
    if told.right is None:
        offered = tuple(one for one in offered if one != "same")
    form = AnswerForm(request.POST or None, offered=offered, initial={"ground": "names" if office else "known"})
    if request.method == "POST" and form.is_valid():
        try:
            linking.answer(
                run_id=run_id, person_id=person_id, answer=form.cleaned_data["answer"], reason=form.reason, blind=not told.seen
            )
        except InputError as error:
            form.refuse(error)
        else:
            return _next(request, run_id, person_id, office)
    return _page(request, told, form, office)


def _office(told: Card) -> bool:
    return current().may(Can.REVIEW_LINK, Place(regency=told.run.register.region_code))


def _next(request: HttpRequest, run_id: int, person_id: int, office: bool) -> HttpResponse:
    """The next card; where the last one is seen again, now with its weight, is said above it."""
    if not office:
        return done(request, reverse("movement:village_asked"), _("Jawaban dicatat. Terima kasih."))
    which = _filter(request)
    text = _("Jawaban dicatat. Bobot dan jawaban tadi ada di Jawaban saya.")
    return done(request, f"{reverse('movement:review', args=[run_id])}?{_query(which)}", text)


def _page(request: HttpRequest, told: Card, form: AnswerForm, office: bool) -> HttpResponse:
    run, link = told.run, told.link
    context = {
        "form": form, "told": told, "office": office, "rows": _rows(told), "second": told.second,
        "clues": [{"title": one.title, "said": one.said, "bits": bits_text(one.bits), "for": one.bits > 0} for one in told.clues],
        "reasons": [_(WHY[one]) for one in link.reasons if one in WHY],
        "weight": bits_text(link.weight) if told.seen and link.weight is not None else "", "start": bits_text(told.start),
        "same": bits_text(run.thresholds["same"]), "ask": bits_text(run.thresholds["ask"]),
        "mine": _said(told.mine) if told.mine else "",
        "others": [_said(one) for one in told.others] if told.seen else [],
        "withdraw": reverse("movement:withdraw", args=[run.pk, link.person_id]) if told.mine else "",
    }  # fmt: skip
    back = reverse("movement:run", args=[run.pk])
    crumbs = shown.crumbs(shown.link(run.register), Link(_("Pemadanan"), back)) if office else []
    if not office:
        crumbs = [Link(_("Pertanyaan untuk desa"), reverse("movement:village_asked"))]
        context["movement_tabs"] = []
    return frame.screen(
        request, "movement/registers/card.html", context, title=_("Orang yang sama?"), here="registers", crumbs=crumbs
    )


def _said(one: Answer) -> str:
    return _("{answer}. {reason} ({moment})").format(answer=_(ANSWERS[one.answer]), reason=one.reason, moment=moment(one.at))


def _rows(told: Card) -> list[tuple[str, str, str, str]]:
    """What the records say, line by line: what it is, here, there, and of the second likeliest."""

    def of(record: Record | None) -> list[str]:
        if record is None:
            return [NOTHING] * len(labels)
        nik = record.nik or (shown.nik_words(record.nik_state) if record.nik_state else NOTHING)
        return [
            record.name, nik, _(SEXES[record.sex]) if record.sex in SEXES else NOTHING,
            date(record.birth_date) if record.birth_date else NOTHING, record.birth_place or NOTHING,
            shown.village_words(record.village_code) if record.village_code else NOTHING, record.hamlet or NOTHING,
            record.card or NOTHING, record.mother or NOTHING, record.phone or NOTHING,
        ]  # fmt: skip

    labels = [
        _("Nama"), _("NIK"), _("Jenis kelamin"), _("Tanggal lahir"), _("Tempat lahir"), _("Desa atau kelurahan"),
        _("RT/RW/Dusun"), _("Nomor KK"), _("Nama ibu kandung"), _("Telepon"),
    ]  # fmt: skip
    lines = zip(labels, of(told.left), of(told.right), of(told.second), strict=True)
    return [line for line in lines if set(line[1:]) != {NOTHING}]


@door(*REVIEWERS, Role.VILLAGE_OPERATOR)
@require_POST
def withdraw(request: HttpRequest, run_id: int, person_id: int) -> HttpResponse:
    """Takes one's own answer back."""
    url = reverse("movement:card", args=[run_id, person_id])
    try:
        linking.withdraw(run_id=run_id, person_id=person_id)
    except InputError as error:
        return done(request, url, str(error))
    return done(request, url, _("Jawaban ditarik kembali."))


@door(*REVIEWERS)
@require_safe
def mine(request: HttpRequest, run_id: int) -> HttpResponse:
    """What whoever looks answered last, each with the way back to its card."""
    run = review.run_of(run_id)
    rows = review.my_answers(run, LAST)
    columns = [
        Column(_("Orang"), lambda one: Link(one[0].name, reverse("movement:card", args=[run_id, one[0].pk]))),
        Column(_("Jawaban"), lambda one: _(ANSWERS[one[1].answer])),
        Column(_("Alasan"), lambda one: one[1].reason),
        Column(_("Waktu"), lambda one: moment(one[1].at)),
    ]
    context = {
        "table": table(_("Yang terbaru di atas"), columns, rows) if rows else None,
        "empty": Empty(
            _("Belum ada jawaban Anda"), _("Jawaban Anda di pemadanan ini tampak di sini, dan dapat ditarik kembali.")
        ),
    }
    back = Link(_("Pemadanan"), reverse("movement:run", args=[run_id]))
    return frame.screen(
        request, "movement/registers/answers.html", context, title=_("Jawaban saya"), here="registers",
        crumbs=shown.crumbs(shown.link(run.register), back),
    )  # fmt: skip
