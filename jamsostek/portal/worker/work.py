"""One's work for employers: months, the wages they report, and "I left"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.roles import Role
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, Table, done, page, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker.data import refused
from jamsostek.portal.worker.home import months
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.actions import employ
from jamsostek.registry.choices import TITLES, Leaving, Segment
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Job, Me

REPORTED = N_("Dilaporkan pekerja sendiri")
_NOT_MINE = (Leaving.DIED,)


class LeftForm(Form):
    """The last day and why."""

    left_on = DateField(label=N_("Hari terakhir bekerja"))
    leaving = forms.ChoiceField(
        label=N_("Sebab keluar"), choices=[(name, title) for name, title in TITLES[Leaving].items() if name not in _NOT_MINE],
        widget=forms.RadioSelect, help_text=N_("Hak JHT dan JKP pekerja bergantung pada sebab ini."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].latest = today()  # type: ignore[attr-defined]


@about(Role.WORKER)
@require_safe
def work(request: HttpRequest, me: Me) -> HttpResponse:
    """Every job, what goes on first."""
    context = {
        "jobs": [(one, _facts(one), _wages(one)) for one in own.jobs(me)],
        "empty": Empty(
            _("Tidak ada perusahaan yang melaporkan Anda"),
            _("Bila Anda bekerja di perusahaan dan tidak tercatat, laporkan: perusahaan wajib mendaftarkan pekerjanya."),
            Link(_("Laporkan ke kantor cabang"), reverse("worker:ask", args=["pembetulan"])),
        ),
    }
    return page(request, "worker/work.html", context, title=_("Pekerjaan saya"), crumbs=crumbs())


def _facts(one: Job) -> list[Fact]:
    spell = one.spell
    facts = [Fact(_("Masa kerja"), months(spell)), Fact(_("Jenis pekerja"), _(TITLES[Segment][spell.segment]))]
    if spell.position:
        facts.append(Fact(_("Jabatan"), spell.position))
    if spell.to_month:
        told = _(TITLES[Leaving][spell.leaving]) if spell.leaving else NOTHING
        by = _("dilaporkan Anda sendiri") if spell.leaving_reported_by == "worker" else _("dilaporkan perusahaan")
        day = date(spell.left_on) if spell.left_on else ""
        facts.append(Fact(_("Berhenti bekerja"), ", ".join(filter(None, (day, told, by)))))
    return facts


def _wages(one: Job) -> Table:
    columns = [
        Column(_("Mulai"), lambda wage: month_words(wage.from_month)),
        Column(_("Upah sebulan"), lambda wage: format_rupiah(wage.wage_rupiah), number=True),
    ]
    return table(_("Upah yang dilaporkan"), columns, one.wages)


@about(Role.WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest, me: Me, employment_id: int) -> HttpResponse:
    """Ends the spell at the worker's word, and the employer sees who reported it."""
    spell = own.job(me, employment_id)
    form = LeftForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        how = {"left_on": told["left_on"], "leaving": Leaving(told["leaving"]), "reported_by": "worker", "reason": _(REPORTED)}
        if refused(form, lambda: employ.leave(employment_id=spell.pk, **how)):
            return done(request, "worker:work", _("Tercatat. Perusahaan melihat laporan ini di portalnya."))
    context = {
        "form": form,
        "about": spell.employer.name,
        "notes": [
            _("Sesudah bulan itu, perlindungan lewat perusahaan ini berakhir."),
            _("Perusahaan melihat laporan ini. Bila keliru, perusahaan atau kantor cabang dapat membatalkannya."),
        ],
        "button": _("Laporkan bahwa saya keluar"),
        "back": reverse("worker:work"),
    }
    above = crumbs(Link(_("Pekerjaan saya"), reverse("worker:work")))
    return page(request, "worker/form.html", context, title=_("Saya sudah keluar"), crumbs=above)
