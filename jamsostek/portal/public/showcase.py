"""All parts of the portal in all their states, on one page: what designers change and helpers look up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from jamsostek import law
from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.nik import mask_nik
from jamsostek.core.rupiah import format_rupiah, separated
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import (
    Chart,
    Column,
    Confirm,
    DateField,
    Empty,
    Event,
    Fact,
    Form,
    Link,
    Masked,
    Measure,
    MoneyField,
    MonthField,
    Paged,
    Progress,
    SearchBox,
    Tab,
    Tag,
    Tile,
    YesNoField,
    chart,
    done,
    lines,
    page,
    sorting,
    table,
    url_of,
)  # fmt: skip
from jamsostek.portal.screens.explanation import told
from jamsostek.portal.screens.tables import Table

SAMPLE_NIK = "3273014508900000"  # serial 0000: the number of no one
SAMPLE_DAY = dt.date(2026, 3, 5)


class SampleForm(Form):
    """One field of every kind."""

    name = forms.CharField(label=N_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Misalnya 0812 3456 7890."), required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-20"}),
    )  # fmt: skip
    children = forms.IntegerField(
        label=N_("Jumlah anak"), max_value=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-2"})
    )
    wage = MoneyField(label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1)
    birth = DateField(
        label=N_("Tanggal lahir"), help_text=N_("Seperti di kartu identitas."), latest=SAMPLE_DAY
    )  # fmt: skip
    since = MonthField(label=N_("Bekerja sejak"))
    scale = forms.ChoiceField(
        label=N_("Skala usaha"), choices=[("", N_("Pilih")), ("large", N_("usaha besar")), ("small", N_("usaha kecil"))]
    )
    sex = forms.ChoiceField(
        label=N_("Jenis kelamin"), choices=[("female", N_("Perempuan")), ("male", N_("Laki-laki"))], widget=forms.RadioSelect
    )
    member = YesNoField(label=N_("Sudah punya kartu?"))
    programmes = forms.MultipleChoiceField(
        label=N_("Program"), choices=[("jkk", "JKK"), ("jkm", "JKM"), ("jht", "JHT")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=N_("Catatan"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=N_("Foto kartu identitas"), help_text=N_("JPG atau PNG, paling besar 5 MB."), required=False)
    agree = forms.BooleanField(label=N_("Saya menyatakan isian ini benar"))


@door(PUBLIC)
def showcase(request: HttpRequest) -> HttpResponse:
    """The page; its buttons lead back to it with a message."""
    if request.method == "POST":
        return done(request, "public:parts", _("Ini hanya contoh: tidak ada yang disimpan."))
    return page(
        request, "public/showcase.html", {**_parts(request), **_forms()}, title=_("Ragam hias halaman"), live=True, charts=True,
        crumbs=[Link(_("Beranda"), url_of("public:home"))],
    )  # fmt: skip


def _forms() -> dict[str, Any]:
    filled: dict[str, Any] = {
        "name": "Siti", "phone": "0812 0000 0000",
        "children": 2, "wage": 4_500_000, "birth": dt.date(1990, 8, 5), "since": 202603,
        "scale": "large", "sex": "female", "member": True, "programmes": ["jkk", "jkm"], "agree": True,
    }  # fmt: skip
    wrong = {"name": "", "wage": "4.5", "birth-d": "31", "birth-m": "2", "birth-y": "1990", "since-m": "3", "children": "99"}
    refused = SampleForm({f"b-{name}": value for name, value in wrong.items()}, prefix="b")
    return {"fresh": SampleForm(initial=filled, prefix="a"), "refused": refused}


def _parts(request: HttpRequest) -> dict[str, Any]:
    here = request.path
    return {
        "table": _table(request),
        "chart": _chart(),
        "paged": Paged([None] * 25, 2, True, "?hal=1", "?hal=3", 1_234),
        "facts": [
            Fact(_("Nama"), "Siti Contoh", Link(_("Ubah"), here)),
            Fact(_("NIK"), Masked(mask_nik(SAMPLE_NIK), here, "nik", [("check", _("Mencocokkan dengan kartu"))])),
            Fact(_("Keadaan"), Tag(_("Terlindungi"), "good")),
            Fact(_("Alamat"), Link(_("Cari kantor"), url_of("public:offices")), Link(_("Ubah"), here)),
        ],
        "tags": [
            Tag(_("Terlindungi"), "good"), Tag(_("Menunggu"), "info"), Tag(_("Hampir jatuh tempo"), "warn"),
            Tag(_("Menunggak"), "bad"), Tag(_("Konsep"), "plain"),
        ],
        "tiles": [
            Tile(_("Peserta aktif"), "40.210", _("Maret 2026"), here, "good"),
            Tile(_("Iuran sebulan"), format_rupiah(572_400), _("2 tagihan")),
            Tile(_("Menunggak"), "12", tone="bad"),
            Tile(_("Hampir jatuh tempo"), "3", tone="warn"),
        ],
        "tabs": [Tab(_("Data"), here, True), Tab(_("Iuran"), here), Tab(_("Riwayat"), here)],
        "progress": Progress(_("Langkah {number} dari {whole}").format(number=3, whole=7), 3, 7),
        "events": [
            Event(_("Berkas diterima"), _("2 Maret 2026"), _("Nomor tanda terima sudah dikirim.")),
            Event(_("Sedang diperiksa"), _("sejak 3 Maret 2026"), state="now"),
            Event(_("Dibayar"), _("paling lambat 12 Maret 2026"), state="next"),
        ],
        "steps": [
            {"title": _("Daftar"), "text": _("Dengan kartu identitas.")},
            {"title": _("Terlindungi"), "text": _("Kartu peserta menjadi bukti.")},
        ],
        "empty": Empty(
            _("Belum ada pekerja"), _("Tambahkan satu per satu, atau unggah daftarnya."), Link(_("Tambah pekerja"), here)
        ),
        "search": SearchBox(_("Cari peserta"), hint=_("Nama atau nomor peserta."), name="contoh"),
        "confirm": Confirm(
            _("Akhiri kepesertaan Siti Contoh?"), _("Ya, akhiri"), Link(_("Batal"), here),
            _("Perlindungan berakhir pada 31 Maret 2026."), [Fact(_("Peserta"), "Siti Contoh")], danger=True,
        ),
        "told": told(law.explain("contribution.bpu", month=202603, income_rupiah=1_000_000)),
        "nik": SAMPLE_NIK,
        "day": SAMPLE_DAY,
        "instant": dt.datetime(2026, 3, 5, 7, 30, tzinfo=dt.UTC),
    }  # fmt: skip


def _table(request: HttpRequest) -> Table:
    columns = [
        Column(_("Nama"), lambda row: Link(row[0], request.path), sort="name"),
        Column(_("Keadaan"), lambda row: row[1]),
        Column(_("Upah"), lambda row: format_rupiah(row[2]), sort="wage", number=True),
    ]
    rows = [
        ("Agus Contoh", Tag(_("Terlindungi"), "good"), 4_500_000),
        ("Budi Contoh", Tag(_("Menunggak"), "bad"), 5_250_000),
        ("Siti Contoh", Tag(_("Menunggu"), "info"), 6_000_000),
    ]
    order = sorting(request, columns, "name")
    rows.sort(key=lambda row: row[2] if order.endswith("wage") else row[0], reverse=order.startswith("-"))
    total = (_("Jumlah"), "", format_rupiah(sum(row[2] for row in rows)))
    return table(_("Pekerja bulan Maret 2026"), columns, rows, request=request, sorted_by=order, total=total)


def _chart() -> Chart:
    years = {"field": "year", "type": "quantitative", "title": None, "axis": {"format": "d", "tickMinStep": 1}}
    persons = {"field": "persons", "type": "quantitative", "title": _("ribu orang")}
    kinds = {_("Pekerja upah"): 12.5, _("Pekerja mandiri"): 7.25}
    rows = [{"year": 2021 + at, "kind": kind, "persons": step * at} for kind, step in kinds.items() for at in range(5)]
    columns = [
        Measure(_("Tahun"), "year"),
        Measure(_("Segmen"), "kind"),
        Measure(_("Ribu orang"), "persons", lambda value: separated(f"{value:.2f}"), number=True),
    ]
    return chart(
        "contoh", _("Contoh grafik"), lines(years, persons, "kind"), columns, rows,
        text=_("Dua garis naik dari 2021 sampai 2025."), source=_("contoh, bukan data"), status="assumed",
    )  # fmt: skip
