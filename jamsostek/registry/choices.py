"""The vocabularies of the registry: stored names and what people read."""

from __future__ import annotations

from enum import StrEnum

from jamsostek.core.text import N_


class Sex(StrEnum):
    """As on the identity card."""

    MALE = "m"
    FEMALE = "f"


class Disability(StrEnum):
    """Types of UU 8/2016 Pasal 4."""

    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    MENTAL = "mental"
    SENSORY = "sensory"
    MULTIPLE = "multiple"


class Degree(StrEnum):
    """How much a disability limits, in three steps."""

    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"


class Via(StrEnum):
    """The door somebody was registered through."""

    SELF = "self"
    EMPLOYER = "employer"
    SPONSOR = "sponsor"
    COUNTER = "counter"
    AGENT = "agent"
    UPLOAD = "upload"
    API = "api"


class EmployerKind(StrEnum):
    """What an employer is."""

    COMPANY = "company"
    GOVERNMENT = "government"
    VILLAGE_OFFICE = "village_office"
    CONSTRUCTION = "construction"
    HOUSEHOLD = "household"


class SponsorKind(StrEnum):
    """Who pays contributions for others."""

    REGIONAL_GOVERNMENT = "regional_government"
    VILLAGE = "village"
    CSR = "csr"
    PRIVATE = "private"


class Segment(StrEnum):
    """How somebody works for an employer."""

    PU = "pu"
    NON_ASN = "non_asn"
    CONSTRUCTION = "construction"
    TRAINEE = "trainee"


class Payer(StrEnum):
    """Who pays for a person who works for themself."""

    SELF = "self"
    SPONSOR = "sponsor"


class Leaving(StrEnum):
    """Why work for an employer ended."""

    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    CONTRACT_ENDED = "contract_ended"
    RETIRED = "retired"
    DIED = "died"
    MOVED = "moved"
    OTHER = "other"


class Kin(StrEnum):
    """How somebody is related to a participant."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent_in_law"
    BY_WILL = "by_will"


class UploadState(StrEnum):
    """Where a bulk file stands; see actions.uploads for the ways between."""

    RECEIVED = "received"
    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class QuestionState(StrEnum):
    """Two people who may be one."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


TITLES: dict[type[StrEnum], dict[str, str]] = {
    Sex: {"m": N_("Laki-laki"), "f": N_("Perempuan")},
    Disability: {
        "physical": N_("Fisik"),
        "intellectual": N_("Intelektual"),
        "mental": N_("Mental"),
        "sensory": N_("Sensorik"),
        "multiple": N_("Ganda"),
    },
    Degree: {"light": N_("Ringan"), "moderate": N_("Sedang (disabilitas)"), "severe": N_("Berat")},
    Via: {
        "self": N_("Mendaftar sendiri"),
        "employer": N_("Didaftarkan perusahaan"),
        "sponsor": N_("Didaftarkan pembayar iuran"),
        "counter": N_("Loket kantor cabang"),
        "agent": N_("Agen PERISAI"),
        "upload": N_("Berkas massal"),
        "api": N_("Sistem lain"),
    },
    EmployerKind: {
        "company": N_("Perusahaan"),
        "government": N_("Instansi pemerintah"),
        "village_office": N_("Pemerintah desa"),
        "construction": N_("Jasa konstruksi"),
        "household": N_("Rumah tangga"),
    },
    SponsorKind: {
        "regional_government": N_("Pemerintah daerah"),
        "village": N_("Desa"),
        "csr": N_("CSR perusahaan"),
        "private": N_("Perorangan"),
    },
    Segment: {
        "pu": N_("Penerima upah"),
        "non_asn": N_("Pegawai non-ASN"),
        "construction": N_("Jasa konstruksi"),
        "trainee": N_("Magang"),
    },
    Payer: {"self": N_("Dibayar sendiri"), "sponsor": N_("Dibayarkan")},
    Leaving: {
        "resigned": N_("Mengundurkan diri"),
        "dismissed": N_("Pemutusan hubungan kerja"),
        "contract_ended": N_("Kontrak berakhir"),
        "retired": N_("Pensiun (berhenti kerja)"),
        "died": N_("Meninggal dunia"),
        "moved": N_("Pindah"),
        "other": N_("Lainnya"),
    },
    Kin: {
        "spouse": N_("Suami atau istri"),
        "child": N_("Anak"),
        "parent": N_("Orang tua"),
        "grandchild": N_("Cucu"),
        "grandparent": N_("Kakek atau nenek"),
        "sibling": N_("Saudara kandung"),
        "parent_in_law": N_("Mertua"),
        "by_will": N_("Ditunjuk dalam wasiat"),
    },
    UploadState: {
        "received": N_("Diterima"),
        "reading": N_("Sedang dibaca"),
        "ready": N_("Siap dikonfirmasi"),
        "writing": N_("Sedang didaftarkan"),
        "done": N_("Selesai"),
        "failed": N_("Gagal"),
        "cancelled": N_("Dibatalkan"),
    },
    QuestionState: {"open": N_("Menunggu keputusan"), "same": N_("Orang yang sama"), "different": N_("Orang yang berbeda")},
}
"""What people read, in Indonesian, for every stored name."""
