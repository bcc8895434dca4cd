"""The first page: covered or not, by whom, in which months; then what that gives, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.roles import Role
from jamsostek.core.months import LAST_MONTH, add_months, last_day, month_of, months_between
from jamsostek.core.numbers import format_number
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.public.home import PROGRAMMES, figures
from jamsostek.portal.screens import Tag, page, today, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date, inside
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker.who import about
from jamsostek.registry.choices import TITLES, Segment
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Coverage, Me
from jamsostek.registry.queries.timeline import Gap, Spell

BY_HEIR = N_("Dibuka ahli waris")
WARNED_MONTHS = 2
"""An end so near is warned of."""
CALCULATORS = {
    "jkk": "santunan-kecelakaan", "jkm": "santunan-kematian", "jp": "pensiun", "jkp": "kehilangan-pekerjaan",
}  # fmt: skip
DOORS = (
    ("worker:card", N_("Kartu peserta"), N_("Tunjukkan, unduh, atau terbitkan lagi bila hilang.")),
    ("worker:data", N_("Data saya"), N_("Lihat dan ubah telepon, alamat, rekening; unduh semuanya.")),
    ("worker:family", N_("Keluarga dan ahli waris"), N_("Siapa yang tercatat, dan urutannya menurut hukum.")),
    ("worker:work", N_("Pekerjaan saya"), N_("Perusahaan, upah yang dilaporkan, dan melaporkan keluar.")),
    ("worker:bills", N_("Tagihan dan iuran saya"), N_("Buat kode bayar untuk 1 sampai 12 bulan, lihat yang sudah dibayar.")),
    ("payments:mine", N_("Pembayaran dan kwitansi"), N_("Uang yang sudah kami terima, dan dipakai untuk apa.")),
    ("worker:paid", N_("Yang dilaporkan dan dibayar"), N_("Upah dan iuran Anda setiap bulan, dan apakah sudah dibayar.")),
    ("worker:cover", N_("Bulan perlindungan"), N_("Bulan mana dibayar siapa, nomor buktinya, dan di mana celahnya.")),
    ("worker:savings", N_("Saldo JHT"), N_("Hari ini, setiap tahun, dan asal setiap angkanya; catatan iuran JP.")),
    ("worker:whatif", N_("Andai terjadi sesuatu"), N_("Perkiraan uangnya bila celaka, meninggal, berhenti, atau pensiun.")),
    ("worker:trail", N_("Siapa yang melihat data saya"), N_("Setiap orang, kapan, dan alasannya.")),
    ("filing:mine", N_("Klaim saya"), N_("Ajukan klaim, kirim berkas, lihat sudah sampai di mana.")),
    ("worker:claim", N_("Bila terjadi sesuatu"), N_("Apa yang perlu disiapkan untuk klaim.")),
    ("own_rights:home", N_("Yang dibayar terus"), N_("Pensiun, beasiswa, uang tunai JKP: bulannya, dan bukti yang diminta.")),
    ("worker:training", N_("Pelatihan dan kembali bekerja"), N_("Undangan sesudah klaim dibayar, dan yang terbuka untuk Anda.")),
)
HEIR_DOORS = (
    ("filing:mine", N_("Klaim saya"), N_("Ajukan klaim, kirim berkas, lihat sudah sampai di mana.")),
    ("worker:claim", N_("Yang perlu disiapkan untuk klaim"), N_("Surat-suratnya, dan siapa yang berhak.")),
    ("own_rights:home", N_("Yang dibayar terus"), N_("Pensiun, beasiswa, uang tunai JKP: bulannya, dan bukti yang diminta.")),
    ("worker:training", N_("Pelatihan dan kembali bekerja"), N_("Undangan sesudah klaim dibayar, dan yang terbuka untuk Anda.")),
    ("worker:cover", N_("Bulan perlindungan"), N_("Bulan mana dibayar siapa, nomor buktinya, dan di mana celahnya.")),
    ("worker:bills", N_("Tagihan iurannya"), N_("Bulan yang ditagih, dan yang sudah dibayar.")),
    ("payments:mine", N_("Pembayaran dan kwitansi"), N_("Uang yang sudah kami terima, dan dipakai untuk apa.")),
)


@dataclass(frozen=True)
class Line:
    """A line of the timeline. `state` chooses its mark: done covered, now covered today, next not covered."""

    months: str
    who: str
    tag: Tag
    programmes: str
    state: str


@dataclass(frozen=True)
class Status:
    """The answer to "am I covered?"."""

    tone: Tone
    title: str
    text: str


@about(Role.WORKER, Role.HEIR)
@require_safe
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """The timeline first."""
    day = today()
    cover = own.coverage(me, month_of(day))
    audit.looked([me.person.pk], ("name", "timeline"), _(BY_HEIR))
    context: dict[str, Any] = {
        "me": me,
        "kpj": format_number("kpj", me.person.kpj),
        "status": status(cover) if me.is_self else at_death(me, cover),
        "warning": warning(cover) if me.is_self else "",
        "lines": lines(me, cover),
        "programmes": programmes(cover, day) if me.is_self else [],
        "unpaid": cover.now is None,
        "pay": me.is_self and bool(cover.promised),
        "doors": [(url_of(name), _(title), _(text)) for name, title, text in (DOORS if me.is_self else HEIR_DOORS)],
        "several": request.several,  # type: ignore[attr-defined]
        "registered": date(me.person.registered_on),
    }
    title = me.person.name if me.is_self else _("Keluarga {name}").format(name=me.person.name)
    return page(request, "worker/home.html", context, title=title)


def status(cover: Coverage) -> Status:
    """Whether the person is covered in the present month."""
    month = month_words(cover.month)
    if cover.now is not None:
        names = ", ".join(one.upper() for one in cover.now.programmes)
        text = _("Program: {names}. Sampai akhir {month}.") if cover.ends else _("Program: {names}. Tanpa tanggal berakhir.")
        shown = text.format(names=names, month=month_words(cover.ends)) if cover.ends else text.format(names=names)
        return Status("good", _("Terlindungi bulan ini, {month}").format(month=month), shown)
    if cover.promised:
        return Status("warn", _("Belum dibayar"), _("Iuran mandiri Anda belum diterima. Perlindungan berlaku sesudah dibayar."))
    return Status(
        "bad",
        _("Tidak terlindungi bulan ini, {month}").format(month=month),
        _("Tidak ada yang membayar iuran Anda bulan ini. Bila Anda bekerja, tanyakan kepada perusahaan atau kantor cabang."),
    )


def at_death(me: Me, cover: Coverage) -> Status:
    """Whether somebody was covered when they died; what the family needs to know first."""
    died = me.person.died_on
    if died is None:
        return Status(
            "warn",
            _("Kematian belum tercatat"),
            _("Ajukan klaimnya dengan akta kematian, di sini atau di kantor cabang; kantor cabang mencatat kematiannya."),
        )
    on = [spell for spell in cover.spells if spell.covers and spell.runs_in(month_of(died))]
    if on:
        title = _("Terlindungi pada hari meninggal, {day}").format(day=date(died))
        return Status("good", title, ", ".join(sorted({payer(spell) for spell in on})))
    return Status(
        "warn",
        _("Tidak ada perlindungan tercatat pada {month}").format(month=month_words(month_of(died))),
        _("Bila iuran bulan itu sudah dibayar, bawa buktinya ke kantor cabang: catatan ini dapat dibetulkan."),
    )


def warning(cover: Coverage) -> str:
    """A gap that is about to open."""
    if cover.now is None or cover.ends is None or months_between(cover.month, cover.ends) >= WARNED_MONTHS:
        return ""
    words = _("Perlindungan berakhir {day}. Belum ada yang akan membayar mulai {month}: tanyakan kepada yang membayar sekarang.")
    return words.format(day=date(last_day(cover.ends)), month=month_words(add_months(cover.ends, 1)))


def lines(me: Me, cover: Coverage) -> list[Line]:
    """Spells and gaps, the newest first; nothing goes on after a death."""
    month = LAST_MONTH if me.person.died_on else cover.month
    told = [(spell.to_month or 999912, spell.from_month, _of_spell(spell, month)) for spell in cover.spells]
    told += [(gap.to_month or 999911, gap.from_month, _of_gap(gap)) for gap in cover.gaps]
    return [line for _to, _from, line in sorted(told, key=lambda one: one[:2], reverse=True)]


def _of_spell(spell: Spell, month: int) -> Line:
    names = ", ".join(one.upper() for one in spell.programmes)
    if not spell.paid:
        return Line(months(spell), payer(spell), Tag(_("Belum dibayar"), "warn"), names, "next")
    if spell.runs_in(month):
        return Line(months(spell), payer(spell), Tag(_("Berlaku"), "good"), names, "now")
    if spell.from_month > month:
        return Line(months(spell), payer(spell), Tag(_("Akan datang"), "plain"), names, "next")
    return Line(months(spell), payer(spell), Tag(_("Selesai"), "plain"), names, "done")


def _of_gap(gap: Gap) -> Line:
    return Line(months(gap), _("Tidak ada yang membayar iuran."), Tag(_("Celah"), "bad"), "", "next")


class Months(Protocol):
    """Something that lasts from a month to a month, or on."""

    @property
    def from_month(self) -> int:
        """The first."""

    @property
    def to_month(self) -> int | None:
        """The last; None where it goes on."""


def months(one: Months) -> str:
    """Its months in words."""
    if one.to_month is None:
        return _("Sejak {month}").format(month=month_words(one.from_month))
    if one.to_month == one.from_month:
        return month_words(one.from_month)
    return _("{first} sampai {last}").format(first=month_words(one.from_month), last=month_words(one.to_month))


def payer(spell: Spell) -> str:
    """Who covers, in words."""
    if spell.kind == "work":
        segment = inside(_(TITLES[Segment][spell.segment]))
        return _("Bekerja di {name} ({segment})").format(name=spell.payer, segment=segment)
    if spell.kind == "placement":
        return _("Bekerja di luar negeri")
    return _("Dibayarkan {name}").format(name=spell.payer) if spell.sponsor_id else _("Dibayar sendiri")


def programmes(cover: Coverage, day: Any) -> list[tuple[str, str, str, str]]:
    """What the present programmes give, each with its calculator."""
    death, _wage, _income = figures(day)
    shown = cover.now.programmes if cover.now else {name for spell in cover.promised for name in spell.programmes}
    return [
        (short, _(title), _(text).format(death=format_rupiah(death)), CALCULATORS.get(short.lower(), ""))
        for short, title, text, _who in PROGRAMMES
        if short.lower() in shown
    ]
