"""Writing down who came: pasted from a spreadsheet, or as a workbook; looked at, then kept in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.plain import read_plain
from jamsostek.outreach.actions import campaigns as actions
from jamsostek.outreach.attendance import Came, counts_of, pasted, people_in
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.officer.asking import refuse
from jamsostek.portal.screens import Fact, Form, done, today

LETTERS = 600_000


class EnterForm(Form):
    """A sheet, pasted or sent."""

    rows = forms.CharField(
        label=N_("Tempel daftarnya"), required=False, max_length=LETTERS, strip=False,
        help_text=N_(
            "Salin dari Excel bersama baris judulnya: Nama, L/P, Umur, Pekerjaan, Disabilitas, Telepon, Boleh dihubungi."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    file = forms.FileField(label=N_("Atau kirim berkasnya (XLSX atau CSV)"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if not self.errors and not told.get("file") and not (told.get("rows") or "").strip():
            self.add_error("rows", _("Tempel daftarnya, atau kirim berkasnya."))
        return told


@door(*RUNNERS)
@sensitive_variables()
@sensitive_post_parameters()
def enter(request: HttpRequest, number: int) -> HttpResponseBase:
    """The form, the look, the deed."""
    meeting = queries.meeting_by_number(number)
    actions.need_in(meeting.regency_code)
    form = EnterForm(request.POST or None, request.FILES or None)
    here = reverse("campaigns:meeting", args=[number])
    crumbs = frame.above(frame.campaign_link(meeting.campaign), frame.meeting_link(meeting))
    context: dict[str, Any] = {"form": form, "back": here, "about": meeting.hall}
    if request.method == "POST" and step_of(request) != "ubah" and form.is_valid():
        try:
            text = _text(form)
            people = people_in(pasted(text), today())
            if step_of(request) == "simpan":
                count = actions.attend(meeting_id=meeting.pk, people=people, today=today())
                said = _("{count} orang dicatat.").format(count=format_number(count))
                return done(request, here, said if count else _("Lembar ini sudah dicatat sebelumnya."))
            context |= {
                "facts": _facts(people), "yes": _("Simpan"), "hidden": [("rows", text)], "danger": False,
                "text": _("Nama dan telepon disimpan tersandi. Telepon tanpa izin tidak disimpan."),
            }  # fmt: skip
            return frame.outreach_page(request, "officer/check.html", context, title=_("Catat yang hadir"), crumbs=crumbs)
        except InputError as error:
            error.field = "rows"
            refuse(form, error)
    return frame.outreach_page(request, "campaigns/enter.html", context, title=_("Catat yang hadir"), crumbs=crumbs)


def _text(form: EnterForm) -> str:
    file = form.cleaned_data.get("file")
    if not file:
        return str(form.cleaned_data["rows"])
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in read_plain(file.read(), file.name))


def _facts(people: list[Came]) -> list[Fact]:
    men, women = counts_of(people)
    return [
        Fact(_("Orang"), format_number(len(people))),
        Fact(_("Perempuan"), format_number(women)),
        Fact(_("Laki-laki"), format_number(men)),
        Fact(_("Penyandang disabilitas"), format_number(sum(one.disability is True for one in people))),
        Fact(_("Boleh dihubungi"), format_number(sum(one.consent for one in people))),
    ]
