"""The yearly JHT rate where the law's data have none: declared with its source, confirmed by another person, all of it kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.accounts.actions import rates as actions
from jamsostek.accounts.actions.rates import NewRate
from jamsostek.accounts.paper import INVENTED, rate_words, standing
from jamsostek.accounts.queries.rates import Declaration, Rate, declarations, known_to_law, months_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law.labels import GRADES
from jamsostek.portal.officer.frame import home as office_home
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Column,
    DateField,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    MonthField,
    RateField,
    Tag,
    done,
    page,
    paged,
    table,
    today,
)
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import month as month_words

DECLARE = (Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
TITLE = N_("Tingkat pengembangan JHT")
ABOUT = N_(
    "Hasil JHT dihitung dengan tingkat yang ditetapkan setiap tahun. Tahun yang tingkatnya ada di data hukum tidak perlu dicatat;"
    " untuk tahun lain, seorang mencatat tingkat yang diumumkan beserta sumbernya, dan orang lain mengesahkannya."
)


def rate_facts(month: int, rate: Rate) -> list[Fact]:
    """A month's rate with where it stands, how well it is known, and its sources."""
    cited, grade, sources = standing(month, rate)
    confirmed = rate.declaration is not None and rate.declaration.confirmed and not rate.declaration.invented
    tone: Tone = "good" if confirmed or grade == _(GRADES["gazette"]) else "warn"
    found = [
        Fact(_("Tingkat pengembangan setahun"), rate_words(rate)),
        Fact(_("Dasar"), cited),
        Fact(_("Bukti"), Tag(grade, tone)),
        Fact(_("Sumber"), _source(sources)),
    ]
    return [one for one in found if one.value]


def _source(sources: tuple[str, ...]) -> Link | str:
    """A single page is opened from here; several are told."""
    if len(sources) == 1 and sources[0].startswith("https://"):
        return Link(sources[0], sources[0])
    return "; ".join(sources)


def _above(*more: Link) -> list[Link]:
    """The office; for the head office, crediting too."""
    own = Role.HEAD_OFFICE in current().roles
    return [office_home(), *([Link(_("Pengkreditan JHT"), reverse("crediting:home"))] if own else []), *more]


def _list() -> Link:
    return Link(_(TITLE), reverse("crediting:rates"))


def _span(first: int, last: int) -> str:
    return _("{first} sampai {last}").format(first=month_words(first), last=month_words(last))


def _state(one: Declaration) -> Tag:
    if one.confirmed is None:
        return Tag(_("Menunggu pengesahan"), "warn")
    if not one.confirmed:
        return Tag(_("Ditolak"), "plain")
    if known_to_law(one.to_month) is not None:
        return Tag(_("Diganti data hukum"), "plain")
    return Tag(_("Berlaku"), "good") if months_of(one) else Tag(_("Diganti catatan lain"), "plain")


# --- what was declared ------------------------------------------------------------------------------------------------


@door(*DECLARE)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything ever declared, the newest first."""
    found = paged(request, declarations())
    columns = [
        Column(_("Untuk"), lambda one: Link(_span(one.from_month, one.to_month), reverse("crediting:rate", args=[one.id]))),
        Column(_("Tingkat setahun"), lambda one: rate_words(Rate(one.rate_ppm, one)), number=True),
        Column(_("Sumber"), lambda one: one.source),
        Column(_("Keadaan"), _state),
        Column(_("Dicatat"), lambda one: by(one.declared_by, one.declared_at)),
    ]
    way = Link(_("Catat tingkat"), reverse("crediting:declare"))
    context = {
        "about": _(ABOUT),
        "table": table(_("Catatan tingkat, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "ways": [way] if found.rows else [],
        "empty": Empty(_("Belum ada tingkat yang dicatat"), _("Catat begitu tingkat tahun itu diumumkan."), way),
    }
    return page(request, "officer/list.html", context, title=_(TITLE), crumbs=_above())


# --- declaring --------------------------------------------------------------------------------------------------------


class RateForm(Form):
    """The rate, from when, and where it was published."""

    from_month = MonthField(label=N_("Berlaku mulai bulan"), help_text=N_("Sampai Desember tahun itu."))
    rate = RateField(label=N_("Tingkat setahun, dalam persen"), help_text=N_("Misalnya 5,63."))
    source = forms.CharField(
        label=N_("Sumber"), max_length=500, help_text=N_("Di mana diumumkan: alamat halaman, siaran pers, atau surat.")
    )
    decree = forms.CharField(label=N_("Nomor keputusan"), required=False, max_length=120)
    decreed_on = DateField(label=N_("Tanggal keputusan"), required=False)
    invented = forms.BooleanField(
        label=INVENTED, required=False, help_text=N_("Ditandai di setiap halaman dan kertas yang memuat tingkat ini.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not actions.takes_examples():
            del self.fields["invented"]

    def new(self) -> NewRate:
        """As the action takes it."""
        given = self.cleaned_data
        return NewRate(
            given["from_month"], given["rate"], given["source"], given["decree"], given["decreed_on"],
            given.get("invented", False),
        )  # fmt: skip


@door(*DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponseBase:
    """Writes a rate down; it holds once another has confirmed it."""
    form = RateForm(request.POST or None, initial={"from_month": today().year * 100 + 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.declare(form.new())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            words = _("Tingkat dicatat. Berlaku sesudah orang lain mengesahkannya.")
            return done(request, reverse("crediting:rate", args=[made.id]), words)
    context = {"form": form, "yes": _("Catat tingkat"), "back": reverse("crediting:rates")}
    return page(request, "books_crediting/rate.html", context, title=_("Catat tingkat pengembangan"), crumbs=_above(_list()))


# --- one, and the answer ----------------------------------------------------------------------------------------------


@door(*DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, rate_id: int) -> HttpResponseBase:
    """A declaration with its history; whoever may confirm it does so here."""
    found = next(iter(declarations(ids=[rate_id])), None)
    if found is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.answer(rate_id=rate_id, confirmed=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Tingkat disahkan.") if form.approved else _("Catatan tingkat ditolak."))
    why_not = _why_not(found)
    context = {
        "tag": _state(found),
        "facts": _facts(found),
        "why_not": why_not,
        "form": form if found.confirmed is None and not why_not else None,
        "about": _("Buka sumbernya dan cocokkan angkanya sebelum mengesahkan."),
        "yes": _("Simpan keputusan"),
        "back": reverse("crediting:rates"),
    }
    title = _("Tingkat {rate} mulai {month}").format(
        rate=rate_words(Rate(found.rate_ppm, found)), month=month_words(found.from_month)
    )
    return page(request, "books_crediting/rate.html", context, title=title, crumbs=_above(_list()))


def _why_not(found: Declaration) -> str:
    """Why whoever looks cannot decide; empty where they can, or nothing is to be decided."""
    if found.confirmed is not None:
        return ""
    if found.hands == "fund":
        return _("Ini usulan dari hasil dana. Direktur investasi yang menetapkannya.")
    if not current().may(Can.CLOSE_BOOKS):
        return _("Kantor pusat yang mengesahkannya.")
    if found.declared_by == current().user_id:
        return _("Anda sendiri yang mencatatnya. Orang lain yang memeriksa sumbernya dan mengesahkannya.")
    return ""


def _facts(found: Declaration) -> list[Fact]:
    facts = [
        Fact(_("Untuk"), _span(found.from_month, found.to_month)),
        *rate_facts(found.from_month, Rate(found.rate_ppm, found)),
    ]
    facts.append(Fact(_("Dicatat"), by(found.declared_by, found.declared_at)))
    if found.answered_at is not None:
        label = _("Disahkan") if found.confirmed else _("Ditolak")
        facts.append(Fact(label, f"{by(found.answered_by, found.answered_at)} {found.reason}".strip()))
    holds = months_of(found)
    if holds:
        facts.append(Fact(_("Berlaku"), _span(holds[0], holds[-1])))
    if found.credited:
        facts.append(Fact(_("Dipakai untuk mengkreditkan"), ", ".join(month_words(month) for month in found.credited)))
    return facts


__all__ = ["declare", "listing", "one", "rate_facts"]
