"""Claims of those who signed in for themself or for somebody who died: nothing is asked that we know."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.claims.actions import intake
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import KIN, Channel, Kind, State
from jamsostek.claims.queries import filing
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, language
from jamsostek.portal.filing.asking import capital
from jamsostek.portal.filing.channels import SELF, kin_of
from jamsostek.portal.filing.holder import url
from jamsostek.portal.filing.lists import claims_table
from jamsostek.portal.filing.start import kind_of, words_of
from jamsostek.portal.filing.words import kind_title, number_words
from jamsostek.portal.screens import Empty, Form, Link, done, page, today
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me

DECIDED = (State.APPROVED, State.PAID, State.REFUSED)


class HeirForm(Form):
    """Who asks for the family."""

    name = forms.CharField(
        label=N_("Nama Anda, seperti di KTP"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    kin = forms.ChoiceField(label=N_("Anda siapanya peserta?"), widget=forms.RadioSelect)

    def __init__(self, kind: Kind, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kin"].choices = [(one, _(KIN[one])) for one in kin_of(kind) if one != SELF]  # type: ignore[attr-defined]
        capital(self, "kin")


def kinds_of(me: Me) -> tuple[Kind, ...]:
    """What may be asked for."""
    return filing.kinds_of_oneself() if me.is_self else filing.kinds_of_heirs()


@about(Role.WORKER, Role.HEIR)
@require_safe
def mine(request: HttpRequest, me: Me) -> HttpResponseBase:
    """What was asked for already, and what may be."""
    rows = filing.about(me.ids)
    context = {
        "about": "" if me.is_self else me.person.name,
        "table": claims_table(_("Yang sudah diajukan"), rows, name=None) if rows else None,
        "decided": [
            Link(f"{kind_title(one.claim)} {number_words(one.claim)}", reverse("claim_own:counted", args=[one.claim.number]))
            for one in rows
            if one.claim.state in DECIDED
        ],
        "empty": Empty(_("Belum ada klaim"), _("Pilih di bawah ini apa yang terjadi.")),
        "kinds": [(reverse("filing:begin_own", args=[one]), *words_of(one)) for one in kinds_of(me)],
    }
    return page(request, "filing/mine.html", context, title=_("Klaim saya"), crumbs=crumbs())


@about(Role.WORKER, Role.HEIR)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, me: Me, kind: str) -> HttpResponseBase:
    """Begins a claim: of oneself by one button, for the family by name and relation."""
    about_what = kind_of(kind, kinds_of(me))
    posted = request.POST if request.method == "POST" else None
    form = Form(posted) if me.is_self else HeirForm(about_what, posted, initial={"name": request.user.name})  # type: ignore[union-attr]
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        claimant = None if me.is_self else Someone(told["name"], told["kin"])
        try:
            made = intake.begin(
                kind=about_what, participant_id=me.person.pk, channel=Channel.SELF if me.is_self else Channel.HEIR,
                claimant=claimant, today=today(), language=language(),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, url("show", made.claim), _("Klaim dibuat. Setiap jawaban langsung tersimpan."))
    title, line = words_of(about_what)
    context = {"form": form, "line": line, "name": me.person.name, "back": reverse("filing:mine")}
    above = crumbs(Link(_("Klaim saya"), reverse("filing:mine")))
    return page(request, "filing/begin_for.html", context, title=title, crumbs=above)
