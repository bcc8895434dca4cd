"""A write is asked twice: a form, then what it would do, then done. What the domain refuses is told at its field, before.

The look at the answers is a rehearsal: the action runs and is taken back, so that no check exists twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.screens import Fact, Form, Link, page
from jamsostek.portal.screens.forms import DateBoxes
from jamsostek.registry.identity import Problems

T = TypeVar("T")
Answers = Mapping[str, Any]
TWICE, ONCE = "officer/check.html", "officer/form.html"


class ReasonForm(Form):
    """Why; whom it is about can read it."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Peserta dapat membaca alasan ini."))


@dataclass(frozen=True)
class Ask(Generic[T]):
    """What a form does. `facts` says what would happen, `act` does it, `done` answers with what came of it."""

    title: str
    crumbs: Sequence[Link]
    yes: str
    act: Callable[[Answers], T]
    done: Callable[[T, Answers], HttpResponseBase]
    facts: Callable[[Answers], Sequence[Fact]]
    about: str = ""
    text: str = ""
    """What follows from it, beyond the facts."""
    danger: bool = False
    base: str = "officer/base.html"
    """What the pages are drawn on; an office's has its search."""
    ways: Sequence[Link] = ()
    """What may be fetched before the form is filled in."""

    @property
    def back(self) -> str:
        """Where "cancel" leads: the page above."""
        return self.crumbs[-1].url


def ask(request: HttpRequest, form: Form, it: Ask[T]) -> HttpResponseBase:
    """The form, the look at its answers, or the deed, by the button that was pressed."""
    if request.method != "POST" or not form.is_valid() or step_of(request) == "ubah":
        return _form(request, form, it)
    keep = step_of(request) == "simpan"
    try:
        result = tried(lambda: it.act(form.cleaned_data), keep=keep)
    except Refused:
        raise
    except InputError as error:
        refuse(form, error)
        return _form(request, form, it)
    return it.done(result, form.cleaned_data) if keep else _check(request, form, it)


def tried(act: Callable[[], T], *, keep: bool) -> T:
    """What an action gives; with `keep` false it is a rehearsal and leaves nothing behind."""
    with transaction.atomic():
        result = act()
        if not keep:
            transaction.set_rollback(True)
    return result


def refuse(form: Form, error: InputError) -> None:
    """Puts what is wrong at the fields it names, all of it at once."""
    for one in error.found if isinstance(error, Problems) else (error,):
        form.refuse(one)


def _form(request: HttpRequest, form: Form, it: Ask[Any]) -> HttpResponseBase:
    context = {"form": form, "about": it.about, "text": it.text, "back": it.back, "base": it.base, "ways": it.ways}
    return page(request, ONCE, context, title=it.title, crumbs=it.crumbs)


def _check(request: HttpRequest, form: Form, it: Ask[Any]) -> HttpResponseBase:
    context = {
        "facts": it.facts(form.cleaned_data),
        "about": it.about,
        "text": it.text,
        "yes": it.yes,
        "danger": it.danger,
        "back": it.back,
        "base": it.base,
        "hidden": hidden_of(request, form),
    }
    return page(request, TWICE, context, title=it.title, crumbs=it.crumbs)


def hidden_of(request: HttpRequest, form: Form) -> list[tuple[str, str]]:
    """A form's own answers as they were sent, to be posted again; nothing else that was sent along."""
    names = [name for bound in form for name in _names(bound)]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _names(bound: forms.BoundField) -> list[str]:
    widget = bound.field.widget
    return [f"{bound.html_name}-{part}" for part in widget.parts] if isinstance(widget, DateBoxes) else [bound.html_name]
