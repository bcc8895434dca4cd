"""The vocabularies of claims: stored names and what people read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from jamsostek.core.text import N_


class Kind(StrEnum):
    """What a claim is about."""

    JKK = "jkk"
    JKM = "jkm"
    JHT = "jht"
    JHT_PARTIAL = "jht_partial"
    JP_OLD_AGE = "jp_old_age"
    JP_DISABILITY = "jp_disability"
    JP_SURVIVOR = "jp_survivor"
    JKP = "jkp"
    SCHOLARSHIP = "scholarship"


class State(StrEnum):
    """Where a claim stands; the database knows which may follow which."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    PROPOSED = "proposed"
    SECONDED = "seconded"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = (State.SUBMITTED, State.WAITING, State.PROPOSED, State.SECONDED, State.APPROVED)
"""States in which somebody still has something to do."""


class Waiting(StrEnum):
    """What a claim waits for; the clock stands meanwhile."""

    PAPERS = "papers"
    DOCTOR = "doctor"
    ARREARS = "arrears"
    COURT = "court"
    MONTH = "month"
    ACCOUNT = "account"


class Channel(StrEnum):
    """The door a claim came through."""

    SELF = "self"
    HEIR = "heir"
    EMPLOYER = "employer"
    HOSPITAL = "hospital"
    COUNTER = "counter"
    VILLAGE = "village"
    AGENT = "agent"
    API = "api"


class PayoutState(IntEnum):
    """Where money that is owed stands."""

    DUE = 1
    HELD = 2
    BATCHED = 3
    SENT = 4
    PAID = 5
    FAILED = 6
    CANCELLED = 7


class BatchState(StrEnum):
    """Where a file for the bank stands."""

    PREPARED = "prepared"
    APPROVED = "approved"
    EXPORTED = "exported"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class Sent(IntEnum):
    """What the bank said of one transfer."""

    TAKEN = 1
    SETTLED = 2
    REJECTED = 3
    RETURNED = 4


class Component(IntEnum):
    """A part of a benefit that is paid by itself; the numbers are stored."""

    JKK_DEATH = 1
    JKK_PERIODIC = 2
    JKK_FUNERAL = 3
    JKK_SCHOLARSHIP_ONCE = 4
    JKK_TOTAL = 5
    JKK_TOTAL_PERIODIC = 6
    JKK_PARTIAL = 7
    JKK_INCAPACITY = 8
    JKK_TRANSPORT = 9
    JKK_CARE = 10
    JKK_DEVICE = 11
    JKM_LUMP = 20
    JKM_PERIODIC = 21
    JKM_FUNERAL = 22
    JKM_SCHOLARSHIP_ONCE = 23
    JHT = 30
    JHT_PARTIAL = 31
    JP_OLD_AGE = 40
    JP_DISABILITY = 41
    JP_WIDOW = 42
    JP_CHILD = 43
    JP_PARENT = 44
    JP_LUMP = 45
    JKP = 50
    SCHOLARSHIP = 60
    LATE = 90


@dataclass(frozen=True)
class Paid:
    """What is known of a component: title, the fund it is paid from (empty: that of the claim), who receives it."""

    title: str
    fund: str
    to: str


HEIRS, SELF, EMPLOYER, WHO_PAID, CHILD = "heirs", "self", "employer", "who_paid", "child"
COMPONENTS: dict[Component, Paid] = {
    Component.JKK_DEATH: Paid(N_("Santunan kematian karena kecelakaan kerja"), "jkk", HEIRS),
    Component.JKK_PERIODIC: Paid(N_("Santunan berkala"), "jkk", HEIRS),
    Component.JKK_FUNERAL: Paid(N_("Biaya pemakaman"), "jkk", HEIRS),
    Component.JKK_SCHOLARSHIP_ONCE: Paid(N_("Beasiswa sekaligus"), "jkk", HEIRS),
    Component.JKK_TOTAL: Paid(N_("Santunan cacat total tetap"), "jkk", SELF),
    Component.JKK_TOTAL_PERIODIC: Paid(N_("Santunan berkala cacat total"), "jkk", SELF),
    Component.JKK_PARTIAL: Paid(N_("Santunan cacat sebagian"), "jkk", SELF),
    Component.JKK_INCAPACITY: Paid(N_("Santunan sementara tidak mampu bekerja"), "jkk", EMPLOYER),
    Component.JKK_TRANSPORT: Paid(N_("Penggantian biaya pengangkutan"), "jkk", WHO_PAID),
    Component.JKK_CARE: Paid(N_("Penggantian biaya perawatan"), "jkk", WHO_PAID),
    Component.JKK_DEVICE: Paid(N_("Alat bantu"), "jkk", SELF),
    Component.JKM_LUMP: Paid(N_("Santunan kematian"), "jkm", HEIRS),
    Component.JKM_PERIODIC: Paid(N_("Santunan berkala"), "jkm", HEIRS),
    Component.JKM_FUNERAL: Paid(N_("Biaya pemakaman"), "jkm", HEIRS),
    Component.JKM_SCHOLARSHIP_ONCE: Paid(N_("Beasiswa sekaligus"), "jkm", HEIRS),
    Component.JHT: Paid(N_("Jaminan hari tua"), "jht", HEIRS),
    Component.JHT_PARTIAL: Paid(N_("Jaminan hari tua sebagian"), "jht", SELF),
    Component.JP_OLD_AGE: Paid(N_("Pensiun hari tua"), "jp", SELF),
    Component.JP_DISABILITY: Paid(N_("Pensiun cacat"), "jp", SELF),
    Component.JP_WIDOW: Paid(N_("Pensiun janda atau duda"), "jp", HEIRS),
    Component.JP_CHILD: Paid(N_("Pensiun anak"), "jp", HEIRS),
    Component.JP_PARENT: Paid(N_("Pensiun orang tua"), "jp", HEIRS),
    Component.JP_LUMP: Paid(N_("Akumulasi iuran pensiun dan hasilnya"), "jp", HEIRS),
    Component.JKP: Paid(N_("Uang tunai kehilangan pekerjaan"), "jkp", SELF),
    Component.SCHOLARSHIP: Paid(N_("Beasiswa"), "", CHILD),
    Component.LATE: Paid(N_("Ganti rugi keterlambatan pembayaran"), "carrier", HEIRS),
}


@dataclass(frozen=True)
class About:
    """What is known of a kind: title, programme, what it is in one line, the law's figure of working days to pay."""

    title: str
    programme: str
    line: str
    days_figure: str


KINDS: dict[Kind, About] = {
    Kind.JKK: About(
        N_("Kecelakaan kerja"),
        "jkk",
        N_("Celaka saat bekerja, di jalan ke atau dari tempat kerja, atau sakit karena kerja."),
        "jkk.payment.working_days",
    ),
    Kind.JKM: About(
        N_("Meninggal dunia"), "jkm", N_("Peserta meninggal, bukan karena kecelakaan kerja."), "jkm.payment.working_days"
    ),
    Kind.JHT: About(N_("Jaminan hari tua"), "jht", N_("Mengambil seluruh saldo JHT."), "jht.payment.working_days"),
    Kind.JHT_PARTIAL: About(
        N_("Jaminan hari tua sebagian"),
        "jht",
        N_("Mengambil sebagian saldo selagi bekerja, satu kali."),
        "jht.payment.working_days",
    ),
    Kind.JP_OLD_AGE: About(N_("Pensiun hari tua"), "jp", N_("Mencapai usia pensiun."), ""),
    Kind.JP_DISABILITY: About(N_("Pensiun cacat"), "jp", N_("Cacat total tetap sebelum usia pensiun."), ""),
    Kind.JP_SURVIVOR: About(N_("Pensiun ahli waris"), "jp", N_("Pensiun untuk janda, duda, anak, atau orang tua."), ""),
    Kind.JKP: About(
        N_("Kehilangan pekerjaan"), "jkp", N_("Diberhentikan dari pekerjaan; uang tunai enam bulan."), "jkp.payment.working_days"
    ),
    Kind.SCHOLARSHIP: About(N_("Beasiswa anak"), "jkm", N_("Biaya sekolah anak, setahun sekali."), "jkm.payment.working_days"),
}


@dataclass(frozen=True)
class Stage:
    """One of the six steps that whoever waits is shown: its title, who acts, and what to do."""

    title: str
    acts: str
    told: str


STAGES: tuple[Stage, ...] = (
    Stage(N_("Diterima"), N_("Kantor cabang"), N_("Klaim Anda sudah masuk antrean. Anda tidak perlu datang.")),
    Stage(N_("Berkas diperiksa"), N_("Kantor cabang"), N_("Petugas memeriksa berkas Anda.")),
    Stage(N_("Hak dihitung"), N_("Kantor cabang"), N_("Petugas menghitung hak Anda menurut aturan.")),
    Stage(N_("Diputuskan"), N_("Penyelia"), N_("Orang kedua memeriksa sebelum diputuskan.")),
    Stage(N_("Dibayar"), N_("Bagian pembayaran dan bank"), N_("Uang sedang dikirim ke rekening.")),
    Stage(N_("Selesai"), "", N_("Uang sudah masuk ke rekening.")),
)
STATES: dict[State, str] = {
    State.DRAFT: N_("Belum dikirim"),
    State.SUBMITTED: N_("Diperiksa"),
    State.WAITING: N_("Menunggu"),
    State.PROPOSED: N_("Menunggu orang kedua"),
    State.SECONDED: N_("Menunggu orang ketiga"),
    State.APPROVED: N_("Disetujui, sedang dibayar"),
    State.REFUSED: N_("Ditolak"),
    State.PAID: N_("Selesai dibayar"),
    State.WITHDRAWN: N_("Ditarik kembali"),
    State.EXPIRED: N_("Tidak jadi dikirim"),
}
WAITINGS: dict[Waiting, str] = {
    Waiting.PAPERS: N_("Menunggu berkas dari Anda"),
    Waiting.DOCTOR: N_("Menunggu surat dokter: sembuh, cacat, atau meninggal"),
    Waiting.ARREARS: N_("Menunggu tunggakan iuran dilunasi"),
    Waiting.COURT: N_("Menunggu kesepakatan ahli waris atau penetapan pengadilan"),
    Waiting.MONTH: N_("Menunggu laporan bulan berikutnya"),
    Waiting.ACCOUNT: N_("Menunggu nomor rekening yang benar"),
}
CHANNELS: dict[Channel, str] = {
    Channel.SELF: N_("Pekerja sendiri"),
    Channel.HEIR: N_("Ahli waris"),
    Channel.EMPLOYER: N_("Perusahaan"),
    Channel.HOSPITAL: N_("Loket rumah sakit"),
    Channel.COUNTER: N_("Kantor cabang"),
    Channel.VILLAGE: N_("Operator desa"),
    Channel.AGENT: N_("Agen PERISAI"),
    Channel.API: N_("Sistem lain"),
}
PAYOUTS: dict[PayoutState, str] = {
    PayoutState.DUE: N_("Belum dikirim ke bank"),
    PayoutState.HELD: N_("Ditahan"),
    PayoutState.BATCHED: N_("Disiapkan untuk bank"),
    PayoutState.SENT: N_("Dikirim ke bank, belum ada jawaban"),
    PayoutState.PAID: N_("Sudah masuk ke rekening"),
    PayoutState.FAILED: N_("Ditolak bank, menunggu rekening lain"),
    PayoutState.CANCELLED: N_("Dibatalkan"),
}
KIN: dict[str, str] = {
    "self": N_("peserta sendiri"), "spouse": N_("suami atau istri"), "child": N_("anak"), "parent": N_("orang tua"),
    "grandchild": N_("cucu"), "grandparent": N_("kakek atau nenek"), "sibling": N_("saudara kandung"),
    "parent_in_law": N_("mertua"), "by_will": N_("yang ditunjuk dalam wasiat"), "guardian": N_("wali"),
    "employer": N_("perusahaan"), "facility": N_("rumah sakit atau klinik"), "buried": N_("yang mengurus pemakaman"),
    "other": N_("lainnya"),
}  # fmt: skip
