"""What only an office does, asked from one's own pages: it becomes a ticket, and nothing known is typed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jamsostek.access.actions import tickets
from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Form, done, page
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.actions import requests
from jamsostek.registry.queries.own import Me


@dataclass(frozen=True)
class Request:
    """Something that can be asked for: its title, what to know, what to write."""

    what: str
    title: str
    notes: tuple[str, ...]
    label: str
    hint: str


REQUESTS = {
    "pembetulan": Request(
        tickets.CORRECTION, N_("Minta pembetulan data"),
        (N_("Kantor cabang mencocokkan dengan KTP, lalu membetulkannya. Siapkan KTP atau Kartu Keluarga."),),
        N_("Apa yang keliru, dan bagaimana seharusnya?"),
        N_("Misalnya: nama saya di KTP Suwarno, bukan Soewarno. Jangan menulis NIK di sini."),
    ),
    "upah": Request(
        tickets.WAGE, N_("Upah yang dilaporkan tidak sesuai"),
        (N_("Santunan dan pensiun dihitung dari upah yang dilaporkan. Kantor cabang menanyakannya kepada perusahaan."),),
        N_("Berapa upah Anda sebenarnya, dan sejak kapan?"), N_("Sebutkan perusahaannya. Slip gaji membantu."),
    ),
    "penghapusan": Request(
        tickets.DELETION, N_("Minta data dihapus"),
        (
            N_("Dihapus: nama, NIK, alamat, telepon, rekening, dan keluarga. Sesudah itu tidak dapat dikembalikan."),
            N_("Tetap disimpan: nomor peserta, bulan kepesertaan, dan uang: klaim dan kewajiban hukum bergantung padanya."),
            N_("Selama Anda masih terlindungi atau punya saldo JHT, kantor akan membicarakannya dahulu dengan Anda."),
        ),
        N_("Mengapa Anda meminta ini?"), N_("Satu kalimat cukup."),
    ),
}  # fmt: skip


class AskForm(Form):
    """What is wanted; a telephone number only where none is known."""

    told = forms.CharField(label=N_("Permintaan"), max_length=800, widget=forms.Textarea)
    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Petugas menghubungi nomor ini."), max_length=30,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel", "class": "w-20"}),
    )  # fmt: skip

    def __init__(self, *args: Any, chosen: Request, reachable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = self.fields["told"]
        told.label, told.help_text = _(chosen.label), _(chosen.hint)
        if reachable:
            del self.fields["phone"]


@about(Role.WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, me: Me, what: str) -> HttpResponse:
    """The form; then the ticket, whose page shows where it stands."""
    chosen = REQUESTS.get(what)
    if chosen is None:
        raise Http404
    reachable = requests.has_phone(me.person.pk)
    form = AskForm(request.POST if request.method == "POST" else None, chosen=chosen, reachable=reachable)
    if form.is_bound and form.is_valid():
        try:
            number = requests.ask_office(
                participant_id=me.person.pk, what=chosen.what, told=form.cleaned_data["told"], now=timezone.now(),
                phone=form.cleaned_data.get("phone", ""),
            )  # fmt: skip
        except InputError as error:
            form.refuse(error)
        else:
            text = _("Permintaan terkirim ke kantor cabang. Nomor tiket: {number}.").format(
                number=format_number("ticket", number)
            )
            return done(request, reverse("account:ticket", args=[number]), text)
    context = {
        "form": form, "notes": [_(one) for one in chosen.notes], "button": _("Kirim ke kantor cabang"),
        "back": reverse("worker:work" if what == "upah" else "worker:data"),
    }  # fmt: skip
    return page(request, "worker/form.html", context, title=_(chosen.title), crumbs=crumbs())
