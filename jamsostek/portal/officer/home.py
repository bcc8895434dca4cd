"""The first page of an office: what waits, how long it has, and the ways to everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.queries import tickets
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.officer import frame
from jamsostek.portal.officer.frame import OFFICERS, office, region_names
from jamsostek.portal.officer.shown import age_words
from jamsostek.portal.screens import Column, Empty, Link, Tile, page, paged, table, today, url_of
from jamsostek.portal.screens.words import moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.choices import Via
from jamsostek.registry.models import Upload
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.counts import MANY, Queue

TICKETS_COUNTED = 100
DOORS_OF_OFFICE = (Via.COUNTER, Via.SELF)
"""Who came through these has nobody else to print the card."""
CARD_DAYS = 60


@door(*OFFICERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page."""
    scope = request.scope  # type: ignore[attr-defined]
    context = {
        "where": region_names(scope),
        "tiles": _tiles(today()),
        "work": _work(),
        "head_office": _head_office() if Role.HEAD_OFFICE in scope.roles else [],
    }
    return page(request, "officer/home.html", context, title=office())


def _tiles(day: dt.date) -> list[Tile]:
    waiting = tickets("open", limit=TICKETS_COUNTED)
    asked = Queue(len(waiting), waiting[0].made_at if waiting else None)
    cards = counts.waiting_cards(month_of(day), since=day - dt.timedelta(days=CARD_DAYS), via=DOORS_OF_OFFICE)
    return [
        _tile(_("Orang yang mungkin ganda"), counts.waiting_questions(), reverse("officer:questions"), day),
        _tile(_("Tiket bantuan"), asked, reverse("account:queue"), day, TICKETS_COUNTED),
        _tile(_("Berkas menunggu persetujuan"), counts.waiting_uploads(), reverse("officer:uploads"), day),
        _tile(_("Kartu untuk dicetak"), cards, reverse("officer:cards"), day),
    ]


def _tile(label: str, queue: Queue, url: str, day: dt.date, most: int = MANY) -> Tile:
    """A queue as a figure; an empty one is good."""
    oldest = timezone.localtime(queue.oldest) if isinstance(queue.oldest, dt.datetime) else queue.oldest
    figure = f"{format_number(queue.count)}{'+' if queue.count >= most else ''}"
    return Tile(label, figure, age_words(oldest, day), url, "warn" if queue.count else "good")


def _work() -> Sequence[tuple[Link, str]]:
    return [
        (Link(_("Daftarkan orang"), reverse("officer:register")), _("Di loket, dua halaman dan satu pemeriksaan.")),
        (Link(_("Klaim"), reverse("claims:home")), _("Antrean menurut urutannya, berkas, hitungan, keputusan dua orang.")),
        (Link(_("Klaim di loket"), reverse("filing:counter")), _("Yang mulai diisi di loket, dan yang Anda ajukan.")),
        (Link(_("Perusahaan"), reverse("officer:employers")), _("Cari, lihat, atau daftarkan pemberi kerja.")),
        (Link(_("Laporan upah"), reverse("officer:reports")), _("Yang menunggu penyelia, dan yang bercatatan.")),
        (Link(_("Pembayar iuran"), reverse("officer:sponsors")), _("Pemerintah daerah, desa, CSR, dan perorangan.")),
        (Link(_("Penggabungan"), reverse("officer:merges")), _("Dua nomor yang ternyata satu orang, dan pembatalannya.")),
        (Link(_("Cari tagihan"), reverse("bills:find")), _("Menurut kode bayar: jumlah, jatuh tempo, keadaannya.")),
        (Link(_("Pelatihan"), reverse("training:home")), _("Ahli waris dan kembali bekerja: undangan, kehadiran, hasilnya.")),
        (Link(_("Gerakan"), reverse("movement:home")), _("Daftar orang dari daerah, dan siapa di dalamnya yang sudah peserta.")),
        (Link(_("Agen"), reverse("campaigns:agents")), _("Kode agen, insentif, dan kematian yang perlu dilihat.")),
        (Link(_("Tunggakan"), reverse("arrears:home")), _("Siapa menunggak sejak kapan, angsuran, sanksi, kepatuhan.")),
        (Link(_("Uang masuk"), reverse("payments:home")), _("Pembayaran, uang tanpa kode, pengembalian, rekening koran.")),
        (
            Link(_("Hak yang dibayar terus"), reverse("rights:home")),
            _("Pensiun, beasiswa, JKP: bukti yang menunggu, penundaan, akhirnya."),
        ),
        *(
            [
                (Link(_("Penagihan bulanan"), reverse("month:home")), _("Menagih semua yang belum ditagih, dan hasilnya.")),
                (Link(_("Tingkat JHT"), reverse("crediting:rates")), _("Tingkat pengembangan setahun, dicatat dan ditegaskan.")),
            ]
            if current().may(Can.RUN_MONTH)
            else []
        ),
        (Link(_("Pengguna"), url_of("account:office_users")), _accounts()),
    ]


def _accounts() -> str:
    if current().everyone:
        return _("Akun di seluruh Indonesia: peran, kode masuk.")
    return _("Akun di wilayah ini: peran, kode masuk.")


def _head_office() -> Sequence[tuple[Link, str]]:
    return [
        (Link(_("Uang keluar"), reverse("payouts:home")), _("Yang harus dibayar, berkas bank dan jawabannya, daftar bulanan.")),
        (Link(_("Pembukuan"), reverse("books:home")), _("Dana, neraca saldo, mutasi akun, tutup bulan, pemeriksaan.")),
        (Link(_("Dana program"), reverse("fund:home")), _("Investasi, batas, hasil JHT, likuiditas, proyeksi, laporan.")),
        (Link(_("Daftar kecamatan dan desa"), reverse("officer:regions")), _("Memasukkan berkas wilayah.")),
        (Link(_("Pengkreditan JHT"), reverse("crediting:home")), _("Hasil pengembangan sebulan ke setiap akun.")),
        (
            Link(_("Siapa sudah berbuat apa"), reverse("strategy:nation")),
            _("Peraturan, anggaran, rencana, dan laporan setiap daerah."),
        ),
        (Link(_("Kunci kartu"), reverse("officer:keys")), _("Kunci yang menandatangani kartu, dan penggantiannya.")),
        (Link(_("Tanya kubus cakupan"), reverse("oversight:ask")), _("Berapa orang terlindungi, menurut apa saja.")),
        (Link(_("Catatan jejak"), reverse("oversight:trail")), _("Siapa melakukan dan melihat apa, kapan, dan mengapa.")),
        (
            Link(_("Data tertutup yang dibuka"), reverse("oversight:shown")),
            _("Setiap NIK, telepon, rekening, atau nama ibu yang ditampilkan utuh."),
        ),
        (Link(_("Keutuhan jejak"), reverse("oversight:chain")), _("Blok yang ditutup, dan pemeriksaan seluruh rantai.")),
    ]


@door(*OFFICERS)
@require_safe
def uploads(request: HttpRequest) -> HttpResponse:
    """Bulk files of the region that wait for a yes, the oldest first."""
    found = paged(request, counts.uploads_waiting())
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, reverse("uploads:upload", args=[one.pk]))),
        Column(_("Dari"), _whose),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Baris"), lambda one: format_number(one.rows_good), number=True),
        Column(_("Dikirim"), lambda one: moment(one.created_at)),
    ]
    context = {
        "table": table(_("Berkas menunggu persetujuan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada berkas yang menunggu"), _("Berkas yang selesai ada di halaman perusahaannya.")),
    }
    return page(request, "officer/list.html", context, title=_("Berkas menunggu persetujuan"), crumbs=[frame.home()])


def _whose(one: Upload) -> Link | str:
    if one.employer is not None:
        return Link(one.employer.name, reverse("officer:employer", args=[one.employer.npp]))
    return Link(one.sponsor.name, reverse("officer:sponsor", args=[one.sponsor.number])) if one.sponsor is not None else ""
