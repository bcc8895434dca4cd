"""The monthly page on one sheet, and drafts of letters in Indonesian for the head to sign, without a person's name or number."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from jamsostek.collection.actions.arrears.findings import ARTICLES
from jamsostek.collection.queries.visits import Firm
from jamsostek.core.months import add_months
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _, language, speaking
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.outreach.queries.monthly import VISITED_FIRMS, VISITED_VILLAGES, Monthly, Place
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.strategy import month_words as said
from jamsostek.portal.templatetags.words import regions_name

NAMELESS = "(……………………………………)"
NAME_LETTERS, SOURCES = 36, 3
"""What fits on the one sheet: letters of a name, sources of money."""


def brief(found: Monthly, names: Mapping[int, str]) -> bytes:
    """One sheet of A4 in the reader's language."""
    shown = said.segments(found)
    tables = [] if shown is None else [_as_paper(shown.caption, shown.headings, shown.lines)]
    if found.places:
        rows = [
            [_short(f"{at}. {names.get(one.code, str(one.code))}"), *map(said.some, (one.found, one.ending, one.now, one.before))]
            for at, one in enumerate(found.places[:VISITED_VILLAGES], 1)
        ]
        heads = [_("Desa"), _("Belum didaftarkan"), _("Segera berakhir"), _("Terlindungi"), _("Sebulan sebelumnya")]
        tables.append(Table(_("Sepuluh desa yang didatangi"), heads, rows))
    if found.firms:
        firms = [
            [
                _short(f"{at}. {one.name}"), *map(format_number, (one.workers, one.months, one.unregistered)),
                _("terbuka") if one.case else "–",
            ]
            for at, one in enumerate(found.firms[:VISITED_FIRMS], 1)
        ]  # fmt: skip
        heads = [_("Perusahaan"), _("Pekerja terdaftar"), _("Bulan terlambat"), _("Belum terdaftar"), _("Kasus sanksi")]
        tables.append(Table(_("Lima perusahaan yang didatangi"), heads, firms))
    if found.money:
        money = [
            [_short(one.title), format_rupiah(one.left_rupiah), format_number(one.more), month_words(one.to_month)]
            for one in found.money[:SOURCES]
        ]
        heads = [_("Sumber"), _("Sisa dana"), _("Cukup untuk lagi"), _("Membayar sampai")]
        tables.append(Table(_("Sisa dana"), heads, money))
    number = f"B-{found.region}-{found.month}"
    part = Part(
        language(), _("Halaman bulanan"), f"{regions_name(found.region)}, {month_words(found.month)}", [], _facts(found), tables,
        [line for line in (said.cliff(found),) if line],
    )  # fmt: skip
    return draw_letter_pdf(Letter(number, found.day, date(found.day), [], [part], sample=_demo(), dense=True))


def _facts(found: Monthly) -> list[tuple[str, str]]:
    """The headline and what changed, in few lines: the sheet has no more room."""
    everyone, women = said.tiles(found)[:2]
    it = found.changes
    changed = _("{joined} baru, {returned} terlindungi lagi, {ended} berakhir, {enrolled} lewat program")
    ending = _("{now} sesudah {month}, {next} sesudah {after}")
    return [
        (everyone.label, f"{everyone.figure} ({everyone.note})"), (women.label, f"{women.figure} ({women.note})"),
        (
            _("Yang berubah"),
            changed.format(
                joined=format_number(it.joined), returned=format_number(it.returned), ended=format_number(it.ended),
                enrolled=format_number(it.enrolled),
            ),
        ),
        (
            _("Segera berakhir"),
            ending.format(
                now=format_number(it.ends_now), month=month_words(found.month), next=format_number(it.ends_next),
                after=month_words(add_months(found.month, 1)),
            ),
        ),
    ]  # fmt: skip


def _short(name: str) -> str:
    """A name that stays on its line."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def _as_paper(caption: str, headings: object, lines: object) -> Table:
    heads = [one.title for one in headings]  # type: ignore[attr-defined]
    return Table(caption, heads, [[str(cell.value) for cell in line] for line in lines])  # type: ignore[attr-defined]


def _demo() -> bool:
    return bool(getattr(settings, "JAMSOSTEK_DEMO", False))


def _letter(found: Monthly, to: list[str], part: Part) -> bytes:
    return draw_letter_pdf(
        Letter(_("Nomor: ………………"), found.day, _("Rancangan, {day}").format(day=date(found.day)), to, [part], NAMELESS, _demo())
    )


def _addressed(name: str) -> tuple[str, str]:
    """Who leads a village of the map, by its name: `Desa`, `Kelurahan` or none before it; and what it is called in a sentence."""
    kind, _space, rest = name.partition(" ")
    if kind == "Kelurahan":
        return _("Yth. Lurah {name}").format(name=rest), _("kelurahan")
    return _("Yth. Kepala Desa {name}").format(name=rest if kind == "Desa" else name), _("desa")


def to_village(found: Monthly, one: Place, name: str) -> bytes:
    """To the head of a village: how many of its people wait, and what to do."""
    with speaking("id"):
        after = month_words(add_months(found.month, 1))
        to, kind = _addressed(name)
        lines = []
        if one.found:
            told = _("Di {kind} Saudara, {count} orang tercatat sebagai pekerja rentan dan belum terlindungi jaminan sosial.")
            lines.append(told.format(kind=kind, count=said.some(one.found)))
        if one.ending:
            told = _("Perlindungan {count} orang berakhir sesudah {first} atau {second} bila tidak dilanjutkan.")
            lines.append(told.format(count=said.some(one.ending), first=month_words(found.month), second=after))
        part = Part(
            "id", _("Perlindungan pekerja rentan di {kind} Saudara").format(kind=kind),
            _("RANCANGAN untuk ditandatangani kepala daerah"), lines,
            [
                (_("Terlindungi pada {month}").format(month=month_words(found.month)), said.some(one.now)),
                (_("Sebulan sebelumnya"), said.some(one.before)),
                (_("Ditemukan belum terlindungi"), said.some(one.found)),
                (_("Segera berakhir"), said.some(one.ending)),
            ],
            [],
            [
                _("Kami minta Saudara memeriksa nama mereka lewat akun operator {kind}, menjawab yang belum diketahui, dan"
                  " mengusulkan dana bagi yang belum didanai.").format(kind=kind),
                _("Nama dan nomor warga sengaja tidak ditulis di surat ini."),
            ],
            _("Kepala daerah"),
        )  # fmt: skip
        return _letter(found, [to, regions_name(one.code // 1_000_000)], part)


def to_firm(found: Monthly, one: Firm) -> bytes:
    """To a firm's management: what is late or unclear, and where to settle it. No sum: the bills are the office's."""
    with speaking("id"):
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
        part = Part(
            "id", _("Perlindungan pekerja di perusahaan Saudara"), _("RANCANGAN untuk ditandatangani kepala daerah"),
            lines, facts, [],
            [
                _("Setiap pekerja berhak atas jaminan sosial. Kami minta Saudara membayar iuran, mendaftarkan semua pekerja, atau"
                  " menjelaskannya kepada kantor cabang; tunggakan dapat diangsur."),
                *([_("Dasar: {article}.").format(article=ARTICLES["workers"])] if one.unregistered else []),
                _("Bila sudah dipenuhi, abaikan surat ini."),
            ],
            _("Kepala daerah"),
        )  # fmt: skip
        to = [
            _("Yth. Pimpinan {name}").format(name=one.name), f"NPP {format_public('npp', one.npp)}",
            regions_name(one.regency_code),
        ]  # fmt: skip
        return _letter(found, to, part)
