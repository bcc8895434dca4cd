"""Words and bounds of a region's strategy: kinds of regulation and what they settle, states, halves of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import psycopg
from django.db import DatabaseError

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, regencies_below
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _

KINDS = {
    "perda": N_("Peraturan daerah"), "perkada": N_("Peraturan kepala daerah"), "sk": N_("Keputusan kepala daerah"),
    "se": N_("Surat edaran"), "instruction": N_("Instruksi kepala daerah"), "perdes": N_("Peraturan desa"),
    "mou": N_("Nota kesepahaman"),
}  # fmt: skip
"""A regulation of a head of region (perkada) is a governor's, regent's or mayor's."""
SETTLES = {
    "groups": N_("Kelompok yang dilindungi"), "budget": N_("Kewajiban menganggarkan"), "licences": N_("Syarat perizinan"),
    "village_funds": N_("Dana desa"), "non_asn": N_("Pegawai non-ASN"), "other": N_("Hal lain"),
}  # fmt: skip
PDF_BYTES, PDF_PAGES = 15 << 20, 200
MOST_TEXT = 4_000
"""Signs of what an officer writes in a report."""


class RegulationState(StrEnum):
    """Where a regulation stands in the register."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """Where an item of a plan stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class ReportState(StrEnum):
    """Where a version of a report stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"


REGULATION_STATES = {
    RegulationState.ENTERED: N_("Menunggu disahkan"), RegulationState.CONFIRMED: N_("Disahkan"),
    RegulationState.WITHDRAWN: N_("Ditarik"),
}  # fmt: skip
ITEM_STATES = {
    ItemState.PLANNED: N_("Direncanakan"), ItemState.UNDER_WAY: N_("Sedang dikerjakan"), ItemState.DONE: N_("Selesai"),
    ItemState.DROPPED: N_("Dibatalkan"),
}  # fmt: skip
OPEN = (ItemState.PLANNED, ItemState.UNDER_WAY)
REPORT_STATES = {
    ReportState.DRAFT: N_("Draf"), ReportState.SIGNED: N_("Ditandatangani"), ReportState.SENT: N_("Terkirim"),
}  # fmt: skip


def half_days(year: int, half: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a half-year."""
    return (dt.date(year, 1, 1), dt.date(year, 6, 30)) if half == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))


def last_half(today: dt.date) -> tuple[int, int]:
    """The half-year that ended last: year and half."""
    return (today.year - 1, 2) if today.month <= 6 else (today.year, 1)


def may_there(can: Can, region_code: int) -> bool:
    """Whether the user may do this in all of a region: somebody of one regency plans nothing for the province."""
    inside = regencies_below(region_code)
    return bool(inside) and all(current().may(can, Place(regency=one)) for one in inside)


def need_region(code: int) -> None:
    """Raises `InputError` for what is no province, regency or city."""
    if code not in PROVINCES and code not in REGENCIES:
        raise InputError(
            _("Kode wilayah ini tidak dikenal."), field="region_code", value=code, remedy=_("Pilih dari daftar pilihan.")
        )


def need_there(can: Can, region_code: int) -> None:
    """Raises `Refused` where `may_there` is false."""
    if not may_there(can, region_code):
        raise not_yours(_("Daerah ini bukan wewenang Anda."))


WORDS = {
    "outreach_regulation_once": (N_("Peraturan dengan nomor ini sudah tercatat."), N_("Cari di daftar peraturan daerah ini.")),
    "regulation_by_two": (N_("Yang mencatat tidak dapat mengesahkan."), N_("Minta orang lain yang berwenang.")),
    "outreach_regulation_end": (N_("Akhir berlakunya disahkan orang lain."), N_("Minta orang lain yang berwenang.")),
    "outreach_regulation_replaces": (
        N_("Yang diganti harus peraturan daerah ini yang sudah disahkan."), N_("Pilih dari daftar."),
    ),
    "outreach_regulation_step": (N_("Peraturan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "planitem_proof": (
        N_("Belum ada buktinya."), N_("Pilih peraturan atau program, atau unggah berkas sebagai bukti."),
    ),
    "outreach_planitem_step": (N_("Butir ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "outreach_planitem_regulation": (
        N_("Bukti harus peraturan daerah ini atau provinsinya yang sudah disahkan."), N_("Pilih dari daftar."),
    ),
    "outreach_planitem_programme": (N_("Bukti harus program daerah ini yang sudah dibuka."), N_("Pilih dari daftar.")),
    "halfreport_by_two": (N_("Yang menyusun tidak dapat menandatangani."), N_("Minta kepala daerah yang lain menandatangani.")),
    "outreach_halfreport_sent": (N_("Laporan yang sudah dikirim tidak berubah."), N_("Buat versi perbaikan.")),
    "outreach_halfreport_same": (N_("Yang sudah ditandatangani tidak berubah."), N_("Buka lagi menjadi draf dahulu.")),
    "outreach_halfreport_step": (N_("Laporan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "outreach_halfreport_open": (N_("Masih ada versi yang belum dikirim."), N_("Selesaikan versi itu dahulu.")),
    "regiongoal_by_two": (N_("Yang mengusulkan tidak dapat mengesahkan."), N_("Minta orang lain yang berwenang.")),
    "outreach_regiongoal_once": (
        N_("Daerah ini sudah punya sasaran seperti itu untuk tahun itu."), N_("Usulkan sebagai pengganti sasaran itu."),
    ),
    "outreach_regiongoal_waits": (
        N_("Sasaran seperti itu sudah diusulkan dan belum disahkan."), N_("Tarik usulan itu dahulu."),
    ),
    "outreach_regiongoal_replaces": (
        N_("Yang diganti harus sasaran daerah ini yang sejenis dan sudah disahkan."), N_("Pilih dari daftar."),
    ),
    "outreach_regiongoal_regulation": (
        N_("Dasarnya harus peraturan daerah ini atau provinsinya yang sudah disahkan."), N_("Pilih dari daftar."),
    ),
    "outreach_regiongoal_step": (N_("Sasaran ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
}  # fmt: skip
"""The database's names of refusals: what is said, and the way out."""
_FIELDS = {
    "planitem_proof": "regulation",
    "outreach_planitem_regulation": "regulation",
    "outreach_planitem_programme": "programme",
    "outreach_regiongoal_once": "year",
    "outreach_regiongoal_waits": "year",
    "outreach_regiongoal_replaces": "replaces",
    "outreach_regiongoal_regulation": "regulation",
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a named refusal of the database into an `InputError`; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name not in WORDS:
            raise
        message, remedy = WORDS[name]
        raise InputError(_(message), field=_FIELDS.get(name, name), remedy=_(remedy)) from error
