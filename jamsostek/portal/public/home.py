"""The first page: the system in a minute, in figures of today's law."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek import law
from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Column, page, table, today, url_of

EXAMPLE_WAGE_RUPIAH = 5_000_000
EXAMPLE_INCOME_RUPIAH = 1_000_000

OFFERS = (
    (
        "public:entitled",
        N_("Apakah saya berhak?"),
        N_("Siapa yang membayar, dan berapa. Empat pertanyaan, tanpa nama, tidak disimpan."),
    ),
    (
        "register:start",
        N_("Daftar sendiri"),
        N_("Untuk yang bekerja tanpa majikan. Sekitar tiga menit, dengan telepon genggam."),
    ),
    (
        "filing:start",
        N_("Ajukan klaim"),
        N_("Celaka, sakit karena kerja, meninggal, hari tua, pensiun, atau kehilangan pekerjaan."),
    ),
    ("filing:track", N_("Lacak klaim"), N_("Sudah sampai di mana, dan siapa yang bertindak. Tidak perlu akun.")),
    ("public:verify_card", N_("Periksa kartu"), N_("Pastikan kartu peserta asli dan masih berlaku.")),
    ("public:calculators", N_("Hitung iuran dan manfaat"), N_("Setiap hasil dijelaskan sampai ke pasalnya.")),
    ("public:material", N_("Penjelasan singkat"), N_("Lembar untuk dibaca atau dicetak, dengan kata yang mudah.")),
    ("coverage:home", N_("Siapa yang terlindungi"), N_("Berapa pekerja di setiap provinsi, dari berapa, dan menurut siapa.")),
    ("public:offices", N_("Cari kantor"), N_("Menurut kabupaten atau kota tempat tinggal.")),
    ("account_login", N_("Masuk"), N_("Untuk peserta, perusahaan, pemerintah daerah, dan petugas.")),
)
"""What a visitor can do. What this installation does not have is left out."""

PROGRAMMES = (
    (
        "JKK", N_("Jaminan Kecelakaan Kerja"),
        N_(
            "Celaka saat bekerja atau dalam perjalanan kerja: perawatan ditanggung, upah diganti selama tidak mampu bekerja, "
            "santunan bila cacat atau meninggal."
        ),
        N_("Dibayar pemberi kerja"),
    ),
    (
        "JKM", N_("Jaminan Kematian"),
        N_(
            "Meninggal bukan karena kecelakaan kerja: ahli waris menerima {death}, dan dua anak menerima beasiswa bila "
            "syaratnya terpenuhi."
        ),
        N_("Dibayar pemberi kerja"),
    ),
    (
        "JHT", N_("Jaminan Hari Tua"),
        N_("Tabungan beserta hasil pengembangannya, dibayar pada hari tua, saat cacat total tetap, atau kepada ahli waris."),
        N_("Dibayar pemberi kerja dan pekerja"),
    ),
    (
        "JP", N_("Jaminan Pensiun"),
        N_("Uang setiap bulan sejak usia pensiun, kemudian bagi janda, duda, anak, atau orang tua."),
        N_("Dibayar pemberi kerja dan pekerja"),
    ),
    (
        "JKP", N_("Jaminan Kehilangan Pekerjaan"),
        N_("Terkena PHK: uang tunai sampai enam bulan, informasi lowongan, dan pelatihan kerja."),
        N_("Dibayar pemerintah dan dari iuran JKK"),
    ),
)  # fmt: skip

STEPS = (
    (N_("Daftar"), N_("Perusahaan mendaftarkan pekerjanya. Pekerja mandiri mendaftar sendiri, lewat agen, atau di kantor desa.")),
    (N_("Iuran dibayar setiap bulan"), N_("Oleh perusahaan, oleh Anda sendiri, atau oleh pemerintah daerah, desa, dan donatur.")),
    (N_("Terlindungi"), N_("Kartu peserta menjadi bukti. Bila terjadi sesuatu, Anda atau keluarga mengajukan klaim.")),
)


@door(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the programmes give, who pays, how it goes, and the ways in."""
    day = today()
    death, wage_example, income_example = figures(day)
    context: dict[str, Any] = {
        "offers": [(url_of(name), _(title), _(text)) for name, title, text in OFFERS if url_of(name)],
        "programmes": [
            (short, _(title), _(text).format(death=format_rupiah(death)), _(who)) for short, title, text, who in PROGRAMMES
        ],
        "steps": [{"title": _(title), "text": _(text)} for title, text in STEPS],
        "who_pays": who_pays(wage_example, income_example),
        "day": day,
    }
    return page(request, "public/home.html", context, title=_("Bekerja dengan tenang, keluarga terlindungi"))


@lru_cache(maxsize=8)
def figures(day: dt.date) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """The death benefit, a wage's and an income's contributions, by the law of the day."""
    month = month_of(day)
    return (
        law.calculate("benefit.jkm.death", date=day)["total_rupiah"],
        law.calculate("contribution.pu", month=month, wage_rupiah=EXAMPLE_WAGE_RUPIAH, risk_class="low"),
        law.calculate("contribution.bpu", month=month, income_rupiah=EXAMPLE_INCOME_RUPIAH),
    )


def who_pays(wage: dict[str, Any], income: dict[str, Any]) -> Any:
    """The table of who pays, with an example each."""
    on_wage = _("Upah {wage}: perusahaan {employer}, pekerja {worker}").format(
        wage=format_rupiah(EXAMPLE_WAGE_RUPIAH),
        employer=format_rupiah(wage["employer_rupiah"]),
        worker=format_rupiah(wage["worker_rupiah"]),
    )
    on_income = _("Penghasilan {income}: {total} untuk JKK dan JKM").format(
        income=format_rupiah(EXAMPLE_INCOME_RUPIAH), total=format_rupiah(income["total_rupiah"])
    )
    rows = [
        (_("Karyawan dan buruh"), _("Perusahaan, dan sebagian dipotong dari upah"), on_wage),
        (_("Pekerja mandiri"), _("Pekerja sendiri, menurut golongan penghasilan"), on_income),
        (_("Pekerja rentan"), _("Pemerintah daerah, desa, perusahaan, atau donatur"), _("Pekerja tidak membayar")),
    ]
    columns = [
        Column(_("Siapa yang bekerja"), lambda row: row[0]),
        Column(_("Siapa yang membayar"), lambda row: row[1]),
        Column(_("Contoh sebulan"), lambda row: row[2]),
    ]
    return table(_("Siapa yang membayar iuran"), columns, rows)
