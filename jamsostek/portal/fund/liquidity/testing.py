"""A bad year tried out: the whole question stands in the address; whoever may keeps the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.fund import scenarios
from jamsostek.fund.actions import stress as actions
from jamsostek.fund.queries import stressing
from jamsostek.fund.queries.stressing import Asked
from jamsostek.portal.fund.frame import READERS, screen
from jamsostek.portal.fund.liquidity import asking, results, words
from jamsostek.portal.fund.liquidity.home import home_link
from jamsostek.portal.screens import Form, done, export, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name

KEEPERS = (Role.RISK, Role.ACTUARY, Role.CHIEF)


class KeepForm(Form):
    """What a kept run is called."""

    judul = forms.CharField(label=N_("Judul"), max_length=actions.TITLE_MOST)
    rujukan = forms.CharField(
        label=N_("Rujukan"), max_length=40, help_text=N_("Rujukan yang sama tidak disimpan dua kali."),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )  # fmt: skip


def _forms(given: dict[str, str]) -> tuple[asking.ScenarioForm, Form]:
    day = today()
    usual = {"skenario": "market", "on-d": str(day.day), "on-m": str(day.month), "on-y": str(day.year)}
    form = asking.ScenarioForm(usual | given)
    form.fields["on"].latest = day  # type: ignore[attr-defined]
    known = scenarios.parameters(form.cleaned_data["on"] if form.is_valid() else day)
    return form, asking.parameter_form(known, given)


def _asked(form: asking.ScenarioForm, parameters: Form) -> Asked:
    told = form.cleaned_data
    quake = told["skenario"] == "quake"
    changed = asking.changed(scenarios.parameters(told["on"]), parameters.cleaned_data)
    return Asked(told["skenario"], told["on"], changed, told["wilayah"] if quake else None, told["peserta"] if quake else None)


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The form, and what comes of it; with `?bentuk=csv` or `xlsx` as a file."""
    form, parameters = _forms(request.GET.dict())
    context: dict[str, Any] = {"scenario_form": form, "parameter_form": parameters}
    if form.is_valid() and parameters.is_valid():
        try:
            asked = _asked(form, parameters)
            found = stressing.answer(asked)
        except InputError as error:
            form.refuse(error)
        else:
            told, used = stressing.plain(found), found.used.values
            if request.GET.get("bentuk") in ("csv", "xlsx"):
                audit.record("fund.figures_exported", "period", None, fields=("file",))
                return export(request, _("uji-ketahanan"), *results.flat(told, asked.scenario, used))
            context |= results.drawn(told, asked.scenario, used) | _around(request, asked, used)
    return screen(request, "liquidity/test.html", context, title=_("Uji ketahanan"), here="liquidity:test", above=[home_link()])


def _around(request: HttpRequest, asked: Asked, used: Any) -> dict[str, Any]:
    keep = KeepForm(initial={
        "judul": words.scenario(asked.scenario), "rujukan": f"UJI-{timezone.localtime():%Y%m%d-%H%M%S}"
    })  # fmt: skip
    return {
        "of": said(asked.scenario, asked.on, asked.region, used),
        "parameters": results.parameters(scenarios.parameters(asked.on), used),
        "csv": with_query(request, bentuk="csv"), "xlsx": with_query(request, bentuk="xlsx"),
        "keep_form": keep if actions.may_keep() else None,
        "keep_url": f"{reverse('liquidity:keep')}?{request.GET.urlencode()}",
    }  # fmt: skip


def said(scenario: str, on: Any, region: int | None, used: Any) -> str:
    """Of what a test is, in a sentence."""
    if region is None:
        return _("{scenario}, keadaan {day}").format(scenario=words.scenario(scenario), day=date(on))
    return _("{scenario}: {region}, sekitar {members} peserta, keadaan {day}").format(
        scenario=words.scenario(scenario), region=regions_name(region), members=format_number(used["quake.members"]),
        day=date(on),
    )  # fmt: skip


@door(*KEEPERS)
@require_http_methods(["POST"])
def keep(request: HttpRequest) -> HttpResponseBase:
    """Reckons the question of the address again, and keeps it."""
    form, parameters = _forms(request.GET.dict())
    keeping = KeepForm(request.POST)
    context: dict[str, Any] = {"scenario_form": form, "parameter_form": parameters, "keep_form": keeping}
    context["keep_url"] = request.get_full_path()
    if form.is_valid() and parameters.is_valid() and keeping.is_valid():
        told = keeping.cleaned_data
        try:
            made = actions.keep(
                reference=told["rujukan"].strip().upper(), title=told["judul"], asked=_asked(form, parameters), invented=_demo()
            )
        except Refused:
            raise
        except InputError as error:
            error.field = {"reference": "rujukan", "title": "judul"}.get(error.field or "", "")
            keeping.refuse(error)
        else:
            return done(request, reverse("liquidity:run", args=[made.pk]), _("Uji ini tersimpan."))
    return screen(request, "liquidity/test.html", context, title=_("Uji ketahanan"), here="liquidity:test", above=[home_link()])


def _demo() -> bool:
    from django.conf import settings

    return bool(getattr(settings, "JAMSOSTEK_DEMO", False))
