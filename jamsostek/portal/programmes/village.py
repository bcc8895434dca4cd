"""A village's own people in programmes: what is still to be answered of each, and those who meet everything, verified at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.models import Candidate
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries.programmes import STATES
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.answering import TellForm, answers_read, tell_it, verified
from jamsostek.portal.programmes.candidate import sections as known_of
from jamsostek.portal.programmes.candidates import remark
from jamsostek.portal.programmes.frame import Section
from jamsostek.portal.programmes.rules import YesForm, sent
from jamsostek.portal.programmes.words import occupation_words
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tab, done, paged, table, today
from jamsostek.portal.village.place import OWNERS, crumbs, village_of

LOOKED = "daftar calon"
VIEWS = ("tanya", "siap", "semua")


@door(*OWNERS)
@require_safe
def listing(request: HttpRequest, code: int) -> HttpResponseBase:
    """First those of whom something is asked."""
    name = village_of(request, code)
    asked, ready, everybody = people.asked_of(code), people.ready_in(code), people.of_village(code)
    view = request.GET.get("lihat", "tanya")
    view = view if view in VIEWS else "tanya"
    rows = {"tanya": asked, "siap": ready, "semua": everybody}[view]
    found = paged(request, rows)
    people.looked(found.rows, ("name", "state"), LOOKED)
    counts = {"tanya": asked.count(), "siap": ready.count(), "semua": everybody.count()}
    words = {"tanya": _("Perlu dijawab ({count})"), "siap": _("Siap disahkan ({count})"), "semua": _("Semua ({count})")}
    empty = {
        "tanya": Empty(
            _("Tidak ada yang perlu dijawab"), _("Bila pemerintah daerah mengajukan warga Anda, namanya tampak di sini.")
        ),
        "siap": Empty(_("Tidak ada yang siap disahkan"), _("Jawab dahulu yang masih ditanyakan.")),
        "semua": Empty(_("Belum ada warga yang diajukan"), _("Pemerintah daerah mengajukan warga dari daftar yang dimilikinya.")),
    }  # fmt: skip
    context = {
        "tabs": [
            Tab(words[one].format(count=format_number(counts[one])), f"{request.path}?lihat={one}", one == view) for one in VIEWS
        ],
        "ways": [Link(_("Sahkan {count} orang").format(count=format_number(counts["siap"])), _url("verify_all", code))]
        if counts["siap"] and view != "tanya"
        else [],
        "sections": [Section(table=table(_("Warga yang diajukan"), _columns(code), found.rows), empty=empty[view])],
        "paged": found,
    }
    return frame.screen(request, context, title=_("Calon penerima: {village}").format(village=name), crumbs=crumbs(code, name))


def _url(name: str, *args: int) -> str:
    return reverse(f"village:candidate{'_' if name else ''}{name}", args=args)


def _columns(code: int) -> list[Column]:
    def link(one: Candidate) -> Link:
        return Link(frame.name_of(one), _url("", code, one.pk))

    return [
        Column(_("Nama"), link),
        Column(_("Dusun"), lambda one: (one.person.hamlet if one.person else "") or "–"),
        Column(_("Pekerjaan"), occupation_words),
        Column(_("Keadaan"), lambda one: frame.state_tag(one.state)),
        Column(_("Catatan"), remark),
    ]


def _mine(request: HttpRequest, code: int, candidate_id: int) -> tuple[str, Candidate]:
    name = village_of(request, code)
    row = people.one(candidate_id)
    if row.village_code != code:
        raise not_yours(_("Calon ini tidak ada, atau bukan di desa Anda."))
    return name, row


def _above(code: int, name: str) -> list[Link]:
    return [*crumbs(code, name), Link(_("Calon penerima"), reverse("village:candidates", args=[code]))]


@door(*OWNERS)
@require_safe
def person(request: HttpRequest, code: int, candidate_id: int) -> HttpResponseBase:
    """One of them."""
    name, row = _mine(request, code, candidate_id)
    people.looked([row], ("name", "nik", "birth_date", "state"), "halaman calon")
    told = people.about(row)
    ways = []
    if row.state == "proposed" and row.person is not None:
        if people.unknown_of(row):
            ways.append(Link(_("Jawab pertanyaan"), _url("tell", code, row.pk)))
        else:
            ways.append(Link(_("Sahkan"), _url("verify", code, row.pk)))
            ways.append(Link(_("Betulkan jawaban"), _url("tell", code, row.pk)))
    if row.state in actions.IN_LINE:
        ways.append(Link(_("Tolak"), _url("refuse", code, row.pk)))
    context = {
        "about": told.title, "tag": frame.state_tag(row.state), "ways": ways, "sections": known_of(row, told, linked=False)
    }  # fmt: skip
    return frame.screen(request, context, title=frame.name_of(row), crumbs=_above(code, name))


@door(*OWNERS)
def tell(request: HttpRequest, code: int, candidate_id: int) -> HttpResponseBase:
    """One short form; what is asked stands first."""
    _name, row = _mine(request, code, candidate_id)
    form = TellForm(row, sent(request))
    return _asked(
        request, code, row, form, _("Jawab pertanyaan"), lambda told: tell_it(row, told), lambda told: answers_read(form, told)
    )


@door(*OWNERS)
def verify(request: HttpRequest, code: int, candidate_id: int) -> HttpResponseBase:
    """One who meets everything."""
    _name, row = _mine(request, code, candidate_id)
    return _asked(
        request, code, row, YesForm(sent(request)), _("Sahkan"), lambda _told: verified(row, village=code), lambda _told: []
    )


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Alasan ini disampaikan kepada orangnya."))


@door(*OWNERS)
def refuse(request: HttpRequest, code: int, candidate_id: int) -> HttpResponseBase:
    """For a reason they are told."""
    _name, row = _mine(request, code, candidate_id)
    return _asked(
        request, code, row, WhyForm(sent(request)), _("Tolak"),
        lambda told: actions.refuse(candidate_id=row.pk, reason=told["reason"], today=today()),
        lambda told: [Fact(_("Alasan"), told["reason"])], danger=True,
    )  # fmt: skip


def _asked(
    request: HttpRequest, code: int, row: Candidate, form: Form, title: str, act: Any, facts: Any, *, danger: bool = False
) -> HttpResponseBase:
    name = village_of(request, code)

    def shown(told: Mapping[str, Any]) -> list[Fact]:
        return [Fact(_("Nama"), frame.name_of(row)), *facts(told)]

    def said() -> str:
        return _("{name}: {state}.").format(name=frame.name_of(row), state=_(STATES[people.one(row.pk).state]).lower())

    it: Ask[Any] = Ask(
        title=title, crumbs=[*_above(code, name), Link(frame.name_of(row), _url("", code, row.pk))], yes=title, act=act,
        facts=shown, about=frame.name_of(row), danger=danger, base=frame.BASE,
        done=lambda _made, _told: done(request, reverse("village:candidates", args=[code]), said()),
    )  # fmt: skip
    return ask(request, form, it)


@door(*OWNERS)
def verify_all(request: HttpRequest, code: int) -> HttpResponseBase:
    """Everybody of the village who meets everything, in each programme."""
    name = village_of(request, code)
    ready = people.ready_in(code)
    programmes = sorted(set(ready.values_list("programme_id", flat=True)))
    it: Ask[int] = Ask(
        title=_("Sahkan semua yang siap"), crumbs=_above(code, name), yes=_("Sahkan"), about=name, base=frame.BASE,
        text=_("Dengan mengesahkan, Anda menyatakan mengenal orang-orang ini dan bahwa keadaannya benar."),
        act=lambda _told: sum(actions.verify(programme_id=one, village=code, today=today()) for one in programmes),
        facts=lambda _told: [
            Fact(_("Orang"), format_number(ready.count())),
            Fact(_("Nama"), ", ".join(frame.name_of(one) for one in ready[:50])),
        ],
        done=lambda count, _told: done(
            request, reverse("village:candidates", args=[code]), _("{count} orang disahkan.").format(count=format_number(count))
        ),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)
