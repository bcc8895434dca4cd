"""The pages of registering oneself: the beginning, a page for each question, the look at all answers, the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.outreach.actions import agents
from jamsostek.portal.register import limits
from jamsostek.portal.register.answers import price_choices, told
from jamsostek.portal.register.forms import Question
from jamsostek.portal.register.holder import hand, held, take_back
from jamsostek.portal.register.steps import BY_SLUG, Step, around, asked, first_open
from jamsostek.portal.screens import Link, done, page, today, url_of
from jamsostek.portal.screens.words import date
from jamsostek.registry.actions import drafts
from jamsostek.registry.actions.drafts import Begun
from jamsostek.registry.identity import age_on

View = Callable[..., HttpResponse]
TITLE = N_("Daftar sendiri")
CHANGING = "ubah"
"""`?ubah=1` comes from the look at all answers and goes back there."""


def crumbs() -> list[Link]:
    """The way back."""
    return [Link(_("Beranda"), url_of("public:home")), Link(_(TITLE), url_of("register:start"))]


def private(view: View) -> View:
    """Nothing of a draft stays in a browser that is shared."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return shown


def with_draft(view: View) -> View:
    """A page of a draft: without one the way leads to the beginning, with a finished one to its end."""

    @private
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        secret, draft = held(request)
        if draft is None:
            return HttpResponseRedirect(reverse("register:start"))
        if draft.finished:
            return HttpResponseRedirect(reverse("register:done"))
        return view(request, secret, draft, *args, **kwargs)

    return shown


@door(PUBLIC)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What it is for and what to have at hand; begins a draft, or goes on with the one this browser holds."""
    _secret, draft = held(request)
    if request.method == "POST":
        if draft and not draft.finished:
            return HttpResponseRedirect(_where_to(draft.answers))
        if limits.used_up(request, limits.BEGUN):
            return too_often(request)
        limits.count(request, limits.BEGUN)
        secret = drafts.begin_draft(now=timezone.now())
        if code := _referral(request):
            drafts.keep_answers(secret=secret, changes={"referral_code": code}, now=timezone.now())
        return hand(HttpResponseRedirect(_of("nama")), secret)
    open_draft = draft if draft and not draft.finished else None
    context = {
        "draft": open_draft,
        "begun": bool(open_draft and open_draft.answers.name),
        "until": date(open_draft.expires_at) if open_draft else "",
        "signed_in": getattr(request.user, "is_authenticated", False),
        "code": _referral(request),
    }
    home = [Link(_("Beranda"), url_of("public:home"))]
    return page(request, "register/start.html", context, title=_(TITLE), crumbs=home)


def _referral(request: HttpRequest) -> str:
    """The code of an agent or a meeting that the way here carried, if it is one in force; any other is passed over."""
    try:
        return agents.check_code(request.GET.get("kode", "")[:20])
    except InputError:
        return ""


def _of(slug: str) -> str:
    return reverse("register:question", args=[slug])


def _where_to(answers: drafts.Answers) -> str:
    step = first_open(answers, today())
    return _of(step.slug) if step else reverse("register:check")


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def question(request: HttpRequest, secret: str, draft: Begun, slug: str) -> HttpResponse:
    """One question. Those before it must have been answered; a later one leads back to the first that was not."""
    step, day = BY_SLUG.get(slug), today()
    if step is None:
        raise Http404
    steps = asked(draft.answers, day)
    waiting = first_open(draft.answers, day)
    if step not in steps or (waiting and steps.index(step) > steps.index(waiting)):
        return HttpResponseRedirect(_where_to(draft.answers))
    form = step.form(request.POST if request.method == "POST" else None, answers=draft.answers, today=day)
    if form.is_bound and form.is_valid():
        return _keep(request, secret, step, form)
    return _ask(request, step, form, draft, day)


def _keep(request: HttpRequest, secret: str, step: Step, form: Question) -> HttpResponse:
    """Keeps an answer and leads on."""
    changes = form.kept()
    if step.slug == "nik" and changes["nik"] != form.answers.nik:
        if limits.used_up(request, limits.NIK_ASKED) or limits.used_up(request, limits.NIK_KNOWN):
            return too_often(request)
        limits.count(request, limits.NIK_ASKED)
        if drafts.is_known(changes["nik"]):
            limits.count(request, limits.NIK_KNOWN)
            return HttpResponseRedirect(reverse("register:known"))
    answers = drafts.keep_answers(secret=secret, changes=changes, now=timezone.now())
    _before, after = around(step, answers, today())
    going_back = CHANGING in request.GET or after is None
    return HttpResponseRedirect(_where_to(answers) if going_back or after is None else _of(after.slug))


def _ask(request: HttpRequest, step: Step, form: Question, draft: Begun, day: dt.date) -> HttpResponse:
    steps = asked(draft.answers, day)
    before, _after = around(step, draft.answers, day)
    back = reverse("register:check") if CHANGING in request.GET else _of(before.slug) if before else reverse("register:start")
    context: dict[str, Any] = {
        "form": form,
        "why": _(step.why) if step.why else "",
        "number": steps.index(step) + 1,
        "count": len(steps),
        "back": back,
        "until": date(draft.expires_at),
    }
    if step.slug == "program":
        context |= price_choices(form, draft.answers, day)
    return page(request, "register/question.html", context, title=_(step.title), crumbs=crumbs())


@door(PUBLIC)
@require_safe
@with_draft
def check(request: HttpRequest, secret: str, draft: Begun) -> HttpResponse:
    """All answers, each with the way to change it."""
    day = today()
    if first_open(draft.answers, day):
        return HttpResponseRedirect(_where_to(draft.answers))
    age = age_on(dt.date.fromisoformat(draft.answers.birth_date or ""), day)
    context = {
        "facts": told(draft.answers, day, lambda slug: f"{_of(slug)}?{CHANGING}=1"),
        "outside_ages": outside_ages(age, day),
        "until": date(draft.expires_at),
        "back": _of(asked(draft.answers, day)[-1].slug),
    }
    return page(request, "register/check.html", context, title=_("Periksa jawaban Anda"), crumbs=crumbs())


def outside_ages(age: int, day: dt.date) -> tuple[int, int] | None:
    """The ages that are usual for those who register themselves, where this one lies outside: nobody is refused for it."""
    least, below = (int(one) for one in law_on(day).numbers("bpu.age"))
    return None if least <= age < below else (least, below - 1)


@door(PUBLIC)
@require_safe
@private
def known(request: HttpRequest) -> HttpResponse:
    """The NIK is registered: the ways in, and nothing about whose it is."""
    return page(request, "register/known.html", title=_("NIK ini sudah terdaftar"), crumbs=crumbs())


@door(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def delete(request: HttpRequest) -> HttpResponse:
    """Forgets the draft, after a question."""
    secret, draft = held(request)
    if draft is None or request.method == "POST":
        drafts.delete_draft(secret=secret)
        text = _("Isian dihapus.") if draft and not draft.finished else ""
        return take_back(done(request, "public:home" if draft and draft.finished else "register:start", text))
    return page(request, "register/delete.html", {"back": _where_to(draft.answers)}, title=_("Hapus isian ini?"), crumbs=crumbs())


def too_often(request: HttpRequest) -> HttpResponse:
    """Too many from one address; an office goes on without that limit."""
    response = page(request, "register/too_often.html", title=_("Terlalu sering"), crumbs=crumbs(), status=429)
    response["Retry-After"] = "3600"
    return response
