"""A new register: what it is, by what right it is here, and the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.outreach.actions import registers as actions
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import MOVERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import DateField, Form, done, today


class RegisterForm(Form):
    """What is said of a register before it is looked at."""

    file = forms.FileField(
        label=N_("Berkas daftar"),
        help_text=N_("Tata letak apa pun. Excel sampai 300 MB, CSV atau Parquet sampai 2 GB, .xls dan .ods sampai 100 MB."),
    )
    region_code = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    kind = forms.ChoiceField(label=N_("Jenis daftar"), choices=[("", N_("Pilih jenisnya")), *actions.KINDS.items()])
    title = forms.CharField(label=N_("Nama daftar"), max_length=120, help_text=N_("Misalnya: DTSEN Oktober 2026."))
    snapshot_on = DateField(
        label=N_("Tanggal data"), help_text=N_("Hari yang digambarkan daftar ini, bukan hari dikirim. Misalnya 31 10 2026.")
    )
    legal_basis = forms.CharField(
        label=N_("Dasar hukum"), max_length=300, help_text=N_("Perjanjian atau peraturan yang membolehkan data ini ada di sini.")
    )
    purpose = forms.CharField(label=N_("Tujuan"), max_length=300, help_text=N_("Untuk apa data ini dipakai."))
    keep_until = DateField(
        label=N_("Disimpan sampai"),
        help_text=N_("Sampai kapan dasar hukumnya berlaku. Sesudah hari itu daftar ini terhapus sendiri."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = registers.regions()
        self.fields["region_code"].choices = [(code, shown.region_words(code)) for code in codes]  # type: ignore[attr-defined]


@door(*MOVERS)
def add(request: HttpRequest) -> HttpResponse:
    """The form; afterwards the columns of the file."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        sent = told.pop("file")
        try:
            register = actions.begin(content=sent.file, file_name=sent.name, today=today(), **told)
        except FileUnreadable as error:
            form.add_error("file", str(error))
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            if register.state == "mapping":
                return done(request, reverse("movement:register_columns", args=[register.number]))
            url = reverse("movement:register", args=[register.number])
            return done(request, url, _("Berkas ini sudah ada; ini halamannya."))
    context = {"form": form, "back": reverse("movement:registers")}
    return frame.screen(
        request, "movement/registers/add.html", context, title=_("Tambah daftar"), here="registers", crumbs=shown.crumbs()
    )
