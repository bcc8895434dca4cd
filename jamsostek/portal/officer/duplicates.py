"""Two people who may be one: the queue, both side by side with what agrees, and the answer of somebody who did not ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, home, may, screen
from jamsostek.portal.officer.shown import kpj_words, person_link, place_words, standing_tag
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tab, Tag, done, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.actions.merging import decide
from jamsostek.registry.choices import TITLES, QuestionState, Sex, Via
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.people import masked
from jamsostek.registry.queries.questions import Pair, Questions, question
from jamsostek.registry.queries.timeline import standings

CLUES: dict[str, dict[str, str]] = {
    "name": {"same": N_("Namanya sama"), "alike": N_("Namanya mirip")},
    "mother": {"same": N_("Nama ibu kandungnya sama")},
    "birth_date": {"same": N_("Tanggal lahirnya sama")},
    "sex": {"same": N_("Jenis kelaminnya sama")},
    "region": {"same": N_("Tinggal di kabupaten atau kota yang sama"), "different": N_("Tinggal di kabupaten atau kota lain")},
}
"""What agrees between two people, as sentences; what tells most comes first."""


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Questions in the order they came, or those decided."""
    is_open = request.GET.get("bagian") != "selesai"
    found = paged(request, Questions(is_open=is_open))
    audit.looked(_seen(found.rows), ("name", "kpj"), "daftar orang yang mungkin ganda")
    here = reverse("officer:questions")
    context = {
        "tabs": [Tab(_("Menunggu"), here, is_open), Tab(_("Sudah diputuskan"), f"{here}?bagian=selesai", not is_open)],
        "table": table(_("Orang yang mungkin ganda"), _columns(is_open), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang menunggu"), _("Pertanyaan muncul sendiri bila dua orang sangat mirip.")),
    }
    return screen(request, "officer/list.html", context, title=_("Orang yang mungkin ganda"))


def _seen(pairs: Sequence[Pair]) -> set[int]:
    return {one.pk for pair in pairs for one in (pair.first, pair.second) if one is not None}


def _columns(is_open: bool) -> list[Column]:
    columns = [
        Column(_("Orang"), lambda pair: Link(_names(pair), reverse("officer:question", args=[pair.id]))),
        Column(_("Yang sama"), lambda pair: "; ".join(clue_words(pair)[:2])),
        Column(_("Ditanyakan"), lambda pair: moment(pair.asked_at)),
    ]
    if is_open:
        return columns
    return [
        *columns,
        Column(_("Keputusan"), lambda pair: _state(pair)),
        Column(_("Oleh"), lambda pair: pair.decided_by),
    ]


def _names(pair: Pair) -> str:
    return " – ".join(one.name if one else _("orang di wilayah lain") for one in (pair.first, pair.second))


def _state(pair: Pair) -> Tag:
    return Tag(_(TITLES[QuestionState][QuestionState(pair.state)]), "info" if pair.state == QuestionState.OPEN else "plain")


def clue_words(pair: Pair) -> list[str]:
    """What agrees and what does not, in sentences."""
    told = ((name, pair.clues.get(name, "")) for name in CLUES)
    return [_(CLUES[name][how]) for name, how in told if how in CLUES[name]]


class AnswerForm(ReasonForm):
    """One person, and under which number; or two."""

    answer = forms.ChoiceField(label=N_("Apakah keduanya orang yang sama?"), widget=forms.RadioSelect)
    field_order = ("answer", "reason")

    def __init__(self, pair: Pair, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = _("Sama: {kpj} yang dipertahankan")
        people = [one for one in (pair.first, pair.second) if one is not None]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            *((str(one.pk), same.format(kpj=kpj_words(one.kpj))) for one in people), ("different", _("Dua orang yang berbeda")),
        ]  # fmt: skip
        self.fields["reason"].help_text = _("Apa yang menunjukkannya: dokumen, telepon, kunjungan.")


@door(*OFFICERS)
def one(request: HttpRequest, question_id: int) -> HttpResponseBase:
    """The pair; whoever may decide answers below it."""
    pair = question(question_id)
    people = [one for one in (pair.first, pair.second) if one is not None]
    audit.looked([one.pk for one in people], ("name", "birth_date", "address"), "perbandingan orang yang mungkin ganda")
    why_not = _why_not(pair)
    if request.method == "POST" and not why_not:
        return _decide(request, pair)
    return _show(request, pair, AnswerForm(pair), why_not)


def _decide(request: HttpRequest, pair: Pair) -> HttpResponseBase:
    form = AnswerForm(pair, request.POST)
    if not form.is_valid() or request.POST.get("langkah") == "ubah":
        return _show(request, pair, form, "")

    def act(told: Any) -> None:
        same = told["answer"] != "different"
        decide(
            question_id=pair.id,
            same=same,
            into_id=int(told["answer"]) if same else None,
            now=timezone.now(),
            reason=told["reason"],
        )

    words = dict(form.fields["answer"].choices)  # type: ignore[attr-defined]
    it = Ask(
        title=_("Orang yang mungkin ganda"),
        crumbs=[*_above(), Link(_names(pair), reverse("officer:question", args=[pair.id]))],
        yes=_("Putuskan"),
        about=_names(pair),
        text=_(
            "Penggabungan tidak memindahkan apa pun: kedua nomor dan kartu tetap mengarah ke satu orang, dan dapat dibatalkan."
        ),
        act=act,
        facts=lambda told: [Fact(_("Keputusan"), words[told["answer"]]), Fact(_("Alasan"), told["reason"])],
        done=lambda _none, _told: done(request, "officer:questions", _("Keputusan dicatat.")),
    )
    return ask(request, form, it)


def _above() -> list[Link]:
    return [home(), Link(_("Orang yang mungkin ganda"), reverse("officer:questions"))]


def _why_not(pair: Pair) -> str:
    """Why whoever looks does not decide on this pair; "" where they do."""
    if pair.state != QuestionState.OPEN:
        return _("Sudah diputuskan.")
    if not pair.whole:
        return _("Salah satunya terdaftar di wilayah lain. Kantor pusat, yang melihat keduanya, yang memutuskan.")
    if pair.asked_by is not None and pair.asked_by == current().user_id:
        return _("Anda sendiri yang mendaftarkan salah satunya. Supaya adil, petugas lain yang memutuskan.")
    if not all(may(Can.MERGE, place_of(one)) for one in (pair.first, pair.second) if one is not None):
        return _("Penyelia cabang atau kantor pusat yang memutuskan.")
    return ""


def _show(request: HttpRequest, pair: Pair, form: AnswerForm, why_not: str) -> HttpResponseBase:
    people = [one for one in (pair.first, pair.second) if one is not None]
    secrets, standing = masked([one.pk for one in people]), standings([one.pk for one in people], month_of(today()))
    sides = [
        [
            Fact(_("Nama"), person_link(one)),
            Fact(_("KPJ"), kpj_words(one.kpj)),
            Fact(_("NIK"), secrets[one.pk].nik if one.pk in secrets else NOTHING),
            Fact(_("Jenis kelamin"), _(TITLES[Sex][one.sex])),
            Fact(_("Tanggal lahir"), date(one.birth_date)),
            Fact(_("Nama ibu kandung"), secrets[one.pk].mother_name if one.pk in secrets else NOTHING),
            Fact(_("Nomor telepon"), secrets[one.pk].phone if one.pk in secrets else NOTHING),
            Fact(_("Tempat tinggal"), place_words(one)),
            Fact(_("Alamat"), one.address or NOTHING),
            Fact(_("Terdaftar"), f"{date(one.registered_on)}, {_(TITLES[Via][one.registered_via])}"),
            Fact(_("Keadaan"), standing_tag(one, standing.get(one.pk))),
        ]
        if one is not None
        else []
        for one in (pair.first, pair.second)
    ]
    context = {
        "pair": pair,
        "sides": list(zip(_titles(pair), sides, strict=True)),
        "clues": clue_words(pair),
        "form": form,
        "why_not": why_not,
        "state": _state(pair),
        "asked": moment(pair.asked_at),
    }
    above = [Link(_("Orang yang mungkin ganda"), reverse("officer:questions"))]
    return screen(request, "officer/question.html", context, title=_("Satu orang atau dua?"), above=above)


def _titles(pair: Pair) -> list[str]:
    def title(one: Participant | None) -> str:
        return one.name if one is not None else _("Terdaftar di wilayah lain")

    return [title(pair.first), title(pair.second)]
