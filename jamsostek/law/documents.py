"""The papers a claim asks for, by the law of the day of the claim, and what each is in plain words.

Which papers are data: figures of unit `list` beside those of their programme. What the carrier has itself (the card's number, an
identity that is proven) and the application that is being filled in are named with the others and marked `held`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import holds
from jamsostek.law.labels import citation
from jamsostek.law.parameters import Law
from jamsostek.law.texts import TEXTS

REGISTRY, FORM = "registry", "form"
PROGRAMMES = ("jkk", "jkm", "scholarship", "jht", "jht_partial", "jp", "jkp")


@dataclass(frozen=True)
class Document:
    """A kind of paper. `title` and `hint` are Indonesian and translated when shown; `held_by` is who has it already, or empty."""

    title: str
    hint: str
    held_by: str = ""

    @property
    def title_words(self) -> str:
        """The title for the reader, as the head of a line."""
        words = _(self.title)
        return words[:1].upper() + words[1:]

    @property
    def hint_words(self) -> str:
        """What it is and where to get it, for the reader."""
        return _(self.hint)


@dataclass(frozen=True)
class Needed:
    """A paper asked for: the figure it stands in, regulation and article, why. `held`: it is not asked for again.

    Papers with the same `any_of` replace each other: one is enough. `along_with` is the paper it must come with, if chosen.
    """

    document: str
    figure: str
    article: str
    because: str
    held: bool = False
    any_of: str = ""
    along_with: str = ""
    grade: str = ""

    @property
    def kind(self) -> Document:
        """What it is."""
        return DOCUMENTS[self.document]

    @property
    def because_words(self) -> str:
        """Why it is asked for, for the reader."""
        return _(self.because)

    @property
    def article_words(self) -> str:
        """Regulation and article for the reader."""
        return citation(self.article)


_HINTS: dict[str, tuple[str, str]] = {
    "application": (N_("Formulir yang sedang Anda isi ini."), FORM),
    "participant_card": (N_("Kartu BPJS Ketenagakerjaan. Nomornya sudah ada pada kami."), REGISTRY),
    "identity_card": (N_("Kartu tanda penduduk. Bila belum pernah dicocokkan, kirim fotonya."), REGISTRY),
    "family_card": (N_("Lembar daftar anggota keluarga dari kelurahan atau desa."), ""),
    "bank_book": (N_("Halaman depan buku tabungan, dengan nama dan nomor rekening."), ""),
    "tax_number": (N_("Kartu nomor pajak. Tanpa nomor ini pajak bisa lebih tinggi."), ""),
    "doctors_letter": (N_("Surat dari dokter yang memeriksa atau merawat, tentang sakit atau cacatnya."), ""),
    "transport_receipt": (N_("Bukti bayar ambulans, mobil, kapal, atau pesawat saat dibawa berobat."), ""),
    "treatment_receipt": (N_("Bukti bayar dari rumah sakit atau klinik yang tidak bekerja sama dengan BPJS."), ""),
    "death_certificate": (N_("Surat dari dinas catatan sipil, desa, atau rumah sakit bahwa orang itu sudah meninggal."), ""),
    "heir_letter": (N_("Surat dari desa, kelurahan, atau pengadilan tentang siapa yang berhak menerima."), ""),
    "heir_identity": (N_("Kartu tanda penduduk orang yang menerima uangnya."), ""),
    "school_letter": (N_("Surat dari sekolah atau kampus bahwa anak masih belajar di sana."), ""),
    "school_report": (N_("Buku rapor atau daftar nilai yang terakhir."), ""),
    "child_identity": (N_("Kartu tanda penduduk, atau kartu identitas anak bila belum 17 tahun."), ""),
    "birth_certificate": (N_("Surat lahir anak dari dinas catatan sipil."), ""),
    "guardian_identity": (N_("Kartu tanda penduduk ayah, ibu, atau wali yang mengurus anak."), ""),
    "stop_work_letter": (N_("Surat dari perusahaan bahwa Anda sudah tidak bekerja di sana."), ""),
    "active_work_letter": (N_("Surat dari perusahaan bahwa Anda masih bekerja, atau sudah berhenti."), ""),
    "work_contract": (N_("Surat kontrak kerja yang sudah habis waktunya."), ""),
    "housing_papers": (N_("Surat jual beli rumah, atau surat pinjaman rumah dari bank."), ""),
    "passport": (N_("Buku paspor yang masih berlaku."), ""),
    "statement_of_not_returning": (N_("Surat yang Anda tulis sendiri: tidak akan bekerja lagi di Indonesia."), ""),
    "labour_office_receipt": (N_("Tanda terima dari dinas tenaga kerja bahwa PHK sudah dilaporkan."), ""),
    "report_of_dismissal": (N_("Surat perusahaan yang melaporkan PHK kepada kementerian atau dinas tenaga kerja."), ""),
    "dismissal_notice": (N_("Surat pemberhentian yang diberikan perusahaan kepada Anda."), ""),
    "dismissal_accepted": (N_("Surat pemberhentian dari perusahaan, dan surat Anda bahwa Anda menerimanya."), ""),
    "joint_agreement": (N_("Surat kesepakatan berhenti yang ditandatangani Anda dan perusahaan."), ""),
    "registered_joint_agreement": (N_("Surat kesepakatan berhenti yang sudah didaftarkan di pengadilan."), ""),
    "court_judgment": (N_("Putusan pengadilan tentang pemberhentian Anda yang sudah tetap."), ""),
}
DOCUMENTS: dict[str, Document] = {name: Document(TEXTS[name], hint, held_by) for name, (hint, held_by) in _HINTS.items()}

_LAW = N_("Diminta hukum untuk setiap klaim ini.")
_DEATH = N_("Diminta karena peserta meninggal dunia.")
_PROOF = N_("Salah satu bukti PHK sudah cukup.")


def required(
    law: Law,
    programme: str,
    *,
    kind: str = "",
    dead: bool = False,
    transport: bool = False,
    outside_network: bool = False,
    balance_rupiah: int | None = None,
    taken_before: bool = False,
    identity_proven: bool = True,
) -> list[Needed]:
    """The papers of a claim of one of `PROGRAMMES`; `law` is that of the day of the claim.

    `kind` is the cause (jht), the purpose (jht_partial) or the kind of pension (jp). `dead`, `transport` and `outside_network`
    are asked by jkk; balance and earlier parts by jht, where nothing known of the balance asks for no tax number.
    """
    if programme not in PROGRAMMES:
        raise ValueError(f"{programme!r} is not one of {PROGRAMMES}")
    found: dict[str, Needed] = {}
    for one in _asked(law, programme, kind, dead, transport, outside_network, _taxed(law, balance_rupiah) or taken_before):
        held = one.kind.held_by == FORM or (one.kind.held_by == REGISTRY and (identity_proven or one.document != "identity_card"))
        found.setdefault(one.document, Needed(**{**vars(one), "held": held}))
    return list(found.values())


def _asked(
    law: Law, programme: str, kind: str, dead: bool, transport: bool, outside_network: bool, taxed: bool
) -> Iterator[Needed]:
    if programme == "jkk":
        yield from _jkk(law, dead, transport, outside_network)
    elif programme == "jkm":
        yield from _of(law, "jkm.documents", _LAW)
    elif programme == "scholarship":
        yield from _of(law, "scholarship.documents", N_("Diminta setiap tahun sekolah."))
    elif programme == "jp":
        yield from _jp(law, kind)
    elif programme == "jkp":
        yield from _jkp(law)
    else:
        yield from _jht_partial(law, kind) if programme == "jht_partial" else _jht(law, kind)
        if taxed:
            yield from _of(law, "jht.documents.tax_number", N_("Diminta karena JHT Anda dapat dikenai pajak."))


def _jkk(law: Law, dead: bool, transport: bool, outside_network: bool) -> Iterator[Needed]:
    yield from _of(law, "jkk.documents", _LAW)
    if transport:
        yield from _of(law, "jkk.documents.transport", N_("Diminta karena ada biaya angkutan yang diganti."))
    if outside_network:
        yield from _of(law, "jkk.documents.outside_network", N_("Diminta karena berobat di luar fasilitas kerja sama."))
    if dead:
        yield from _of(law, "jkk.documents.death", _DEATH)


def _jht(law: Law, cause: str) -> Iterator[Needed]:
    figures = {
        "age_56": "jht.documents.age_56",
        "retired": "jht.documents.retired",
        "resigned": "jht.documents.resigned",
        "dismissed": "jht.documents.dismissed",
        "contract_ended": "jht.documents.contract_ended",
        "bpu_stopped": "jht.documents.bpu_stopped",
        "leaving_indonesia": "jht.documents.leaving_indonesia",
        "total_disability": "jht.documents.total_disability",
        "death": "jht.documents.death",
    }
    if cause in figures:
        yield from _of(law, figures[cause], _DEATH if cause == "death" else _LAW)
    if cause == "dismissed" and holds(law, "jht.documents.dismissal_proof"):
        yield from _of(law, "jht.documents.dismissal_proof", _PROOF, any_of="dismissal")


def _jht_partial(law: Law, purpose: str) -> Iterator[Needed]:
    yield from _of(law, "jht.documents.partial", _LAW)
    if purpose == "housing":
        yield from _of(law, "jht.documents.partial_housing", N_("Diminta karena uangnya untuk rumah."))


def _jp(law: Law, kind: str) -> Iterator[Needed]:
    survivor = kind in ("widow", "child", "parent")
    yield from (one for one in _of(law, "jp.documents", _LAW) if not survivor or one.document != "stop_work_letter")
    if survivor:
        yield from _of(law, "jp.documents.survivors", _DEATH)
    if kind == "disability":
        yield from _of(law, "jp.documents.disability", N_("Diminta karena pensiunnya atas dasar cacat."))


def _jkp(law: Law) -> Iterator[Needed]:
    yield from _of(law, "jkp.documents", _PROOF, any_of="dismissal")
    for one in _of(law, "jkp.documents.with_notice", N_("Diminta bersama surat PHK, bila itu yang dipilih.")):
        yield Needed(**{**vars(one), "along_with": "dismissal_notice"})


def _of(law: Law, figure: str, because: str, any_of: str = "") -> Iterator[Needed]:
    row = law.in_force(figure).row
    article, grade = ("", "") if row is None else (f"{row.regulation} {row.article}", row.grade)
    for name in law.names(figure):
        yield Needed(name, figure, article, because, any_of=any_of, grade=grade)


def _taxed(law: Law, balance_rupiah: int | None) -> bool:
    """Whether the balance lies above what is free of tax."""
    bands = law.table("jht.tax.final")
    taxed = [int(above) for above, rate in zip(bands["above_rupiah"], bands["rate_ppm"], strict=True) if rate > 0]
    return balance_rupiah is not None and bool(taxed) and balance_rupiah > min(taxed)


__all__ = ["DOCUMENTS", "FORM", "PROGRAMMES", "REGISTRY", "Document", "Needed", "required"]
