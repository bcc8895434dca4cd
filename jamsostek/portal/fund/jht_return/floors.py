"""The banks' mean deposit rate, below which no JHT rate may lie: recorded by one, confirmed by another, all of it kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.scope import current
from jamsostek.accounts.actions import floors as actions
from jamsostek.accounts.actions.floors import CONFIRM, NewFloor
from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.accounts.paper import INVENTED
from jamsostek.accounts.queries.floors import Floor, floor_of, floors
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.fund.frame import READERS
from jamsostek.portal.fund.jht_return.frame import RECORDERS, example, holds, screen, share, span
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Column,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    MonthField,
    RateField,
    Tag,
    done,
    paged,
    table,
    today,
)

TITLE = N_("Bunga deposito")


class FloorForm(Form):
    """The rate, from when, and where the banks' rates stand."""

    from_month = MonthField(label=N_("Berlaku mulai bulan"), help_text=N_("Sampai Desember tahun itu."))
    rate = RateField(
        label=N_("Rata-rata setahun, dalam persen"), help_text=N_("Misalnya 3,25. Counter rate bank pemerintah, satu tahun.")
    )
    source = forms.CharField(label=N_("Sumber"), max_length=500, help_text=N_("Di mana suku bunganya diumumkan, dan hari apa."))
    invented = forms.BooleanField(label=INVENTED, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_examples():
            del self.fields["invented"]

    def new(self) -> NewFloor:
        """As the action takes it."""
        given = self.cleaned_data
        return NewFloor(given["from_month"], given["rate"], given["source"], given.get("invented", False))


def _state(one: Floor) -> Tag:
    if one.confirmed is None:
        return Tag(_("Menunggu pengesahan"), "warn")
    if not one.confirmed:
        return Tag(_("Ditolak"), "plain")
    newest = floor_of(one.to_month)
    return Tag(_("Berlaku"), "good") if newest and newest.id == one.id else Tag(_("Disahkan"), "plain")


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything ever recorded, the newest first."""
    found = paged(request, floors())
    columns = [
        Column(_("Untuk"), lambda one: Link(span(one.from_month, one.to_month), reverse("jht_return:floor", args=[one.id]))),
        Column(_("Rata-rata setahun"), lambda one: share(one.rate_ppm), number=True),
        Column(_("Sumber"), lambda one: one.source + example(one.invented)),
        Column(_("Keadaan"), _state),
        Column(_("Dicatat"), lambda one: by(one.recorded_by, one.recorded_at)),
    ]
    way = [Link(_("Catat bunga deposito"), reverse("jht_return:record"))] if holds(*RECORDERS) else []
    context = {
        "about": _(
            "PP 46/2015 Pasal 27 ayat (3): hasil JHT paling sedikit sebesar rata-rata bunga deposito bank pemerintah berjangka"
            " satu tahun. Tidak ada tingkat yang dapat dicatat, disahkan, atau dikreditkan di bawahnya."
        ),
        "tables": [table(_("Catatan, yang terbaru di atas"), columns, found.rows)] if found.rows else [],
        "paged": found,
        "ways": way,
        "empty": None if found.rows else Empty(_("Belum ada yang dicatat"), _("Tingkat JHT baru dapat dicatat sesudah ini ada.")),
    }
    return screen(request, context, title=_(TITLE), here="jht_return:floors")


@door(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponseBase:
    """Writes a deposit rate down; it holds once another has confirmed it."""
    form = FloorForm(request.POST or None, initial={"from_month": today().year * 100 + 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(form.new())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            words = _("Bunga deposito dicatat. Berlaku sesudah orang lain mengesahkannya.")
            return done(request, reverse("jht_return:floor", args=[made.id]), words)
    context = {"form": form, "yes": _("Catat bunga deposito"), "back": reverse("jht_return:floors")}
    return screen(request, context, title=_("Catat bunga deposito"), above=[_list()])


def _list() -> Link:
    return Link(_(TITLE), reverse("jht_return:floors"))


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, floor_id: int) -> HttpResponseBase:
    """A record with its history; whoever may confirm it does so here."""
    found = next(iter(floors(ids=[floor_id])), None)
    if found is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.answer(floor_id=floor_id, confirmed=form.approved, reason=form.cleaned_data["decision"])):
        words = _("Bunga deposito disahkan.") if form.approved else _("Catatan bunga deposito ditolak.")
        return done(request, request.path, words)
    why_not = _why_not(found)
    open_still = found.confirmed is None and not why_not
    context = {
        "tag": _state(found), "facts": _facts(found), "why_not": why_not, "form": form if open_still else None,
        "ask": _("Buka sumbernya dan cocokkan angkanya sebelum mengesahkan.") if open_still else "",
        "yes": _("Simpan keputusan"), "back": reverse("jht_return:floors"),
    }  # fmt: skip
    title = _("Bunga deposito {rate}, {months}").format(rate=share(found.rate_ppm), months=span(found.from_month, found.to_month))
    return screen(request, context, title=title, above=[_list()])


def _why_not(found: Floor) -> str:
    """Why whoever looks cannot decide; empty where they can, or nothing is to be decided."""
    if found.confirmed is not None:
        return ""
    if not any(current().may(can) for can in CONFIRM):
        return _("Kantor pusat atau direktur investasi yang mengesahkannya.")
    if found.recorded_by == current().user_id:
        return _("Anda sendiri yang mencatatnya. Orang lain yang memeriksa sumbernya dan mengesahkannya.")
    return ""


def _facts(found: Floor) -> list[Fact]:
    source = Link(found.source, found.source) if found.source.startswith("https://") and " " not in found.source else found.source
    facts = [
        Fact(_("Untuk"), span(found.from_month, found.to_month)),
        Fact(_("Rata-rata setahun"), share(found.rate_ppm) + example(found.invented)),
        Fact(_("Sumber"), source),
        Fact(_("Dicatat"), by(found.recorded_by, found.recorded_at)),
    ]
    if found.answered_at is not None:
        label = _("Disahkan") if found.confirmed else _("Ditolak")
        facts.append(Fact(label, f"{by(found.answered_by, found.answered_at)} {found.reason}".strip()))
    return facts


__all__ = ["listing", "one", "record"]
