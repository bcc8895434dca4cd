"""Letters for a region's head to sign, without a person's name or number: to the head of a village, to a firm.

The letter is Indonesian, as official letters are; who reads the page in another language gets a translation on a second sheet.
Number, day, address and signature are dots: they are given when it is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings

from jamsostek.collection.actions.arrears.findings import ARTICLES
from jamsostek.collection.queries.visits import Firm
from jamsostek.core.months import add_months
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _, language, speaking
from jamsostek.messages.official import Official, Sheet, draw_official_pdf
from jamsostek.outreach.queries.monthly import Monthly, Place
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.strategy import month_words as said
from jamsostek.portal.templatetags.words import regions_name

DOTS = "………………………………"
Facts = Sequence[tuple[str, str]]


def to_village(found: Monthly, one: Place, name: str) -> bytes:
    """To the head of a village: how many of its people wait, and what to do."""
    return _letter(found, lambda: _village(found, one, name))


def to_firm(found: Monthly, one: Firm) -> bytes:
    """To a firm's management: what is late or unclear, and where to settle it. No sum: the bills are the office's."""
    return _letter(found, lambda: _firm(found, one))


def _letter(found: Monthly, told: Callable[[], Sheet]) -> bytes:
    reader = language()
    with speaking("id"):
        sheets = [told()]
    if reader != "id":
        with speaking(reader):
            sheets.append(told())
    return draw_official_pdf(
        Official(sheets[0].about[-1][1], found.day, sheets, sample=bool(getattr(settings, "JAMSOSTEK_DEMO", False)))
    )


def _sheet(
    found: Monthly, subject: str, to: Sequence[str], text: Sequence[str], facts: Facts, asks: Sequence[str], copies: Sequence[str]
) -> Sheet:
    office = _office(found.region)
    return Sheet(
        language(),
        _("RANCANGAN untuk ditandatangani kepala daerah") if language() == "id"
        else _("Terjemahan untuk dibaca; yang dikirim halaman pertama"),
        [office.upper(), _("Alamat, telepon, laman, surel: {dots}").format(dots=DOTS)],
        "………………………, …………………………",
        [(_("Nomor"), "………………………"), (_("Sifat"), _("Biasa")), (_("Lampiran"), "–"), (_("Hal"), subject)],
        to, text, facts, [*asks, _("Demikian disampaikan. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.")],
        f"{office},", [f"({DOTS})"], (_("Tembusan"), copies),
    )  # fmt: skip


def _office(region: int) -> str:
    """Who signs; the letterhead of a head of region is the office's own."""
    if region in PROVINCES:
        return _("Gubernur {name}").format(name=PROVINCES[region].name)
    one = REGENCIES[region]
    office = _("Wali Kota {name}") if one.kind.startswith("kota") else _("Bupati {name}")
    return office.format(name=_bare(one.name))


def _bare(name: str) -> str:
    """`Kabupaten Lumajang` -> `Lumajang`."""
    for kind in ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def _addressed(name: str) -> tuple[str, str]:
    """Who leads a village of the map, by its name: `Desa`, `Kelurahan` or none before it; and what it is called in a sentence."""
    kind, _space, rest = name.partition(" ")
    if kind == "Kelurahan":
        return _("Yth. Lurah {name}").format(name=rest), _("kelurahan")
    return _("Yth. Kepala Desa {name}").format(name=rest if kind == "Desa" else name), _("desa")


def _village(found: Monthly, one: Place, name: str) -> Sheet:
    after = month_words(add_months(found.month, 1))
    to, kind = _addressed(name)
    lines = []
    if one.found:
        told = _("Di {kind} Saudara, {count} orang tercatat sebagai pekerja rentan dan belum terlindungi jaminan sosial.")
        lines.append(told.format(kind=kind, count=said.some(one.found)))
    if one.ending:
        told = _("Perlindungan {count} orang berakhir sesudah {first} atau {second} bila tidak dilanjutkan.")
        lines.append(told.format(count=said.some(one.ending), first=month_words(found.month), second=after))
    facts = [
        (_("Terlindungi pada {month}").format(month=month_words(found.month)), said.some(one.now)),
        (_("Sebulan sebelumnya"), said.some(one.before)),
        (_("Ditemukan belum terlindungi"), said.some(one.found)),
        (_("Segera berakhir"), said.some(one.ending)),
    ]
    asks = [
        _("Kami minta Saudara memeriksa nama mereka lewat akun operator {kind}, menjawab yang belum diketahui, dan"
          " mengusulkan dana bagi yang belum didanai.").format(kind=kind),
        _("Nama dan nomor warga sengaja tidak ditulis di surat ini."),
    ]  # fmt: skip
    return _sheet(
        found, _("Perlindungan pekerja rentan di {kind} Saudara").format(kind=kind),
        [to, _("di"), regions_name(one.code // 1_000_000)], [" ".join(lines)] if lines else [], facts, asks,
        [_("Camat setempat"), _("Kepala kantor cabang BPJS Ketenagakerjaan")],
    )  # fmt: skip


def _firm(found: Monthly, one: Firm) -> Sheet:
    lines, facts = [], []
    if one.months:
        lines.append(_("Menurut catatan pada {day}, iuran perusahaan Saudara lewat jatuh tempo.").format(day=date(found.day)))
        facts.append((_("Bulan terlambat"), format_number(one.months)))
        facts.append((_("Tagihan belum dibayar"), format_number(one.bills)))
    if one.unregistered:
        lines.append(_("Menurut daftar dari sumber lain, ada pekerja Saudara yang tampaknya belum terdaftar."))
        facts.append((_("Pekerja belum terdaftar"), format_number(one.unregistered)))
    if one.case:
        lines.append(_("Kasus sanksinya terbuka di kantor cabang."))
    facts.append((_("Pekerja terdaftar"), format_number(one.workers)))
    asks = [
        _("Setiap pekerja berhak atas jaminan sosial. Kami minta Saudara membayar iuran, mendaftarkan semua pekerja, atau"
          " menjelaskannya kepada kantor cabang; tunggakan dapat diangsur."),
        *([_("Dasar: {article}.").format(article=ARTICLES["workers"])] if one.unregistered else []),
        _("Bila sudah dipenuhi, abaikan surat ini."),
    ]  # fmt: skip
    to = [_("Yth. Pimpinan {name}").format(name=one.name), f"NPP {format_public('npp', one.npp)}", _("di"),
          regions_name(one.regency_code)]  # fmt: skip
    return _sheet(
        found, _("Perlindungan pekerja di perusahaan Saudara"), to, [" ".join(lines)] if lines else [], facts, asks,
        [_("Kepala kantor cabang BPJS Ketenagakerjaan"), _("Kepala dinas yang membidangi ketenagakerjaan")],
    )  # fmt: skip
