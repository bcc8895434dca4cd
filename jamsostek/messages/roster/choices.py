"""The words people write for a choice, and what they mean: activity, reason of leaving, segment, disability, yes or no, bank.

Each reader takes a cell and gives a `Reading`; an unknown word's problem carries no guess, `among` offers one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from jamsostek.core.text import N_, _
from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

ACTIVITIES = {
    "join": N_("MASUK"),
    "leave": N_("KELUAR"),
    "wage": N_("UBAH UPAH"),
    "change": N_("UBAH DATA"),
}
SEXES = {"male": N_("L"), "female": N_("P")}
LEAVE_REASONS = {
    "resigned": N_("Mengundurkan diri"),
    "laid_off": N_("PHK"),
    "contract_ended": N_("Kontrak berakhir"),
    "retired": N_("Pensiun"),
    "died": N_("Meninggal dunia"),
    "total_disability": N_("Cacat total tetap"),
    "left_indonesia": N_("Meninggalkan Indonesia"),
    "transferred": N_("Pindah cabang"),
    "other": N_("Lainnya"),
}
SEGMENTS = {
    "pu": N_("PU"),
    "non_asn": N_("Non-ASN"),
    "construction": N_("Konstruksi"),
    "trainee": N_("Magang"),
}
DISABILITY_TYPES = {
    "physical": N_("Fisik"),
    "sensory": N_("Sensorik"),
    "intellectual": N_("Intelektual"),
    "mental": N_("Mental"),
    "multiple": N_("Ganda"),
}
DISABILITY_DEGREES = {"mild": N_("Ringan"), "moderate": N_("Sedang"), "severe": N_("Berat")}
ANSWERS = {True: N_("Ya"), False: N_("Tidak")}

_WORDS: dict[str, dict[str, str]] = {
    "activity": {
        "join": "masuk; baru; tambah; daftar; pendaftaran; tk baru; tenaga kerja baru; pegawai baru; karyawan baru; in; join; "
        "new; add; 1; m; mutasi masuk; penambahan; aktif",
        "leave": "keluar; berhenti; nonaktif; non aktif; tk keluar; resign; out; leave; remove; 2; k; mutasi keluar; "
        "pengurangan; stop; hapus; phk",
        "wage": "ubah upah; upah; perubahan upah; naik upah; kenaikan upah; ganti upah; update upah; ubah gaji; naik gaji; "
        "wage; wage change; change wage; salary change; 3; u",
        "change": "ubah data; ubah; koreksi; koreksi data; perubahan data; perbaikan data; update; update data; ganti data; "
        "change; change data; data change; correction; 4; d",
    },
    "leave_reason": {
        "resigned": "mengundurkan diri; resign; undur diri; mundur; keluar sendiri; atas permintaan sendiri; resigned; "
        "resignation",
        "laid_off": "phk; pemutusan hubungan kerja; diberhentikan; pemberhentian; efisiensi; perusahaan tutup; laid off; "
        "layoff; dismissed; dismissal; terminated; dipecat",
        "contract_ended": "kontrak berakhir; kontrak habis; habis kontrak; akhir kontrak; kontrak selesai; selesai kontrak; pkwt "
        "berakhir; contract ended; end contract; proyek selesai; magang selesai; selesai magang",
        "retired": "pensiun; usia pensiun; pensiun dini; retired; retirement",
        "died": "meninggal dunia; meninggal; wafat; md; tutup usia; died; deceased; death",
        "total_disability": "cacat total tetap; cacat total; cacat tetap; total disability; disabilitas total tetap",
        "left_indonesia": "meninggalkan indonesia; meninggalkan indonesia selamanya; pindah warga negara; ke luar negeri "
        "selamanya; left indonesia; emigrated; meninggalkan nkri",
        "transferred": "pindah cabang; mutasi; mutasi cabang; pindah unit; pindah perusahaan; transferred; transfer",
        "other": "lainnya; lain lain; lain; sebab lain; other",
    },
    "segment": {
        "pu": "pu; penerima upah; karyawan; karyawan tetap; pegawai tetap; tetap; kontrak; karyawan kontrak; pkwt; pkwtt; "
        "harian; harian lepas; bulanan; outsourcing; permanent; contract; employee; wage earner; probation; percobaan",
        "non_asn": "non asn; nonasn; non pns; honorer; honor; thl; tenaga honorer; pegawai non asn; ppnpn; tkk; tenaga kontrak "
        "daerah; perangkat desa; non civil servant; gtt; ptt",
        "construction": "konstruksi; jasa konstruksi; jakon; proyek; borongan; construction",
        "trainee": "magang; peserta magang; pemagangan; siswa kerja praktik; pkl; praktik kerja; trainee; apprentice; intern",
    },
    "disability_type": {
        "physical": "fisik; daksa; tuna daksa; tunadaksa; lumpuh; amputasi; cerebral palsy; physical; polio; stroke; kusta",
        "sensory": "sensorik; netra; tuna netra; tunanetra; buta; low vision; rungu; tuna rungu; tunarungu; tuli; wicara; tuna "
        "wicara; tunawicara; bisu; rungu wicara; tuna rungu wicara; sensory; blind; deaf",
        "intellectual": "intelektual; grahita; tuna grahita; tunagrahita; down syndrome; lambat belajar; intellectual",
        "mental": "mental; odgj; jiwa; psikososial; skizofrenia; bipolar; autis; autisme; tuna laras; psychosocial",
        "multiple": "ganda; multi; ganda multi; lebih dari satu; multiple; tuna ganda",
    },
    "disability_degree": {
        "mild": "ringan; mild; light; 1",
        "moderate": "sedang; moderate; medium; 2",
        "severe": "berat; severe; 3; sangat berat",
    },
}
_NOTHING_WORDS = (
    "tidak; tidak ada; tdk; tdk ada; non; none; no; normal; bukan; n; t; 0; false; nihil; tanpa; sehat; non disabilitas; bukan "
    "disabilitas; tidak disabilitas; n a; na"
)
_NOTHING = frozenset(_NOTHING_WORDS.split("; "))
"""What people write where there is no disability."""
_YES = frozenset(["ya", "y", "yes", "iya", "boleh", "true", "1", "benar", "sudah", "cocok", "v", "x", "ok", "sesuai"])
_NO = frozenset(["tidak", "t", "no", "n", "jangan", "false", "0", "tdk", "belum", "salah"])
_MEANINGS: dict[str, dict[str, str]] = {
    field: {word: value for value, words in choices.items() for word in words.split("; ")} for field, choices in _WORDS.items()
}
TITLES: dict[str, Mapping[str, str]] = {
    "activity": ACTIVITIES,
    "sex": SEXES,
    "leave_reason": LEAVE_REASONS,
    "segment": SEGMENTS,
    "disability_type": DISABILITY_TYPES,
    "disability_degree": DISABILITY_DEGREES,
}
"""The choices of each field by value, with the word our template offers for it."""


def plain(cell: object) -> str:
    """A choice in its plainest form: `Non-ASN` -> `non asn`."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text_of(cell).lower()).split())


def choice(field: str, cell: object) -> Reading:
    """One of a field's choices; problem `<field>_unknown`."""
    if is_blank(cell):
        return BLANK
    word = plain(cell)
    if field.startswith("disability") and word in _NOTHING:
        return BLANK
    found = _MEANINGS[field].get(word)
    return Reading(found) if found else Reading(None, f"{field}_unknown")


def among(field: str, cell: object = "", values: Iterable[str] = ()) -> dict[str, list[object]]:
    """A problem's detail: the choice nearest to a mistyped word, else `values`, else all of the field's choices."""
    close = difflib.get_close_matches(plain(cell), _MEANINGS[field], n=1, cutoff=0.6) if cell else []
    meant = [_MEANINGS[field][close[0]]] if close else list(values or TITLES[field])
    return {"among": [field, meant]}


def in_words(field: str, values: Iterable[str]) -> str:
    """Choices in the reader's language, as the template offers them."""
    return ", ".join(_(TITLES[field][value]) for value in values)


def answer(cell: object) -> Reading:
    """True or False; problem answer_unknown."""
    if type(cell) is bool:
        return Reading(cell)
    if is_blank(cell):
        return BLANK
    word = plain(cell)
    if word in _YES or word in _NO:
        return Reading(word in _YES)
    return Reading(None, "answer_unknown")


# --- banks ------------------------------------------------------------------------------------------------------------

_BANKS: dict[str, str] = {
    "BRI": "rakyat indonesia", "BNI": "negara indonesia", "Mandiri": "", "BTN": "tabungan negara", "BSI": "syariah indonesia",
    "BCA": "central asia", "CIMB Niaga": "cimb; niaga", "Danamon": "", "Permata": "", "Panin": "pan indonesia", "Maybank": "",
    "OCBC": "ocbc nisp; nisp", "Mega": "", "Bukopin": "kb bukopin; kb; kb bank", "Sinarmas": "",
    "SMBC Indonesia": "btpn; smbc", "BTPN Syariah": "", "Muamalat": "", "Jago": "artos", "SeaBank": "sea",
    "Neo Commerce": "bnc; neo", "Allo Bank": "allo", "BCA Syariah": "", "Mega Syariah": "", "UOB": "uob indonesia",
    "HSBC": "", "DBS": "", "Mayapada": "", "Nobu": "nationalnobu", "BJB": "jabar banten; jabar", "BJB Syariah": "",
    "Bank Jakarta": "dki; dki jakarta; jakarta", "Bank Jateng": "jateng; jawa tengah", "Bank Jatim": "jatim; jawa timur",
    "BPD DIY": "diy; yogyakarta; jogja", "Bank Banten": "banten", "Bank Aceh": "aceh; aceh syariah",
    "Bank Sumut": "sumut; sumatera utara", "Bank Nagari": "nagari", "BRK Syariah": "riau kepri; riau; brk",
    "Bank Jambi": "jambi; bpd jambi", "Bank Sumsel Babel": "sumsel babel; sumsel; bsb", "Bank Bengkulu": "bengkulu",
    "Bank Lampung": "lampung", "Bank Kalbar": "kalbar", "Bank Kalteng": "kalteng", "Bank Kalsel": "kalsel",
    "Bank Kaltimtara": "kaltimtara; kaltim", "Bank Sulselbar": "sulselbar; sulsel", "Bank Sulteng": "sulteng",
    "Bank Sultra": "sultra", "Bank SulutGo": "sulutgo; sulut", "Bank BPD Bali": "bali; bpd bali",
    "Bank NTB Syariah": "ntb; ntb syariah", "Bank NTT": "ntt", "Bank Maluku Malut": "maluku malut; maluku",
    "Bank Papua": "papua", "Pos Indonesia": "pos; kantor pos; giropos",
}  # fmt: skip
_BANK_NOISE = frozenset({"bank", "pt", "tbk", "persero", "kcp", "kc", "cabang"})


def _bank_key(name: object) -> str:
    return " ".join(word for word in plain(name).split() if word not in _BANK_NOISE)


_BANK_NAMES = {_bank_key(key): name for name, others in _BANKS.items() for key in (name, *filter(None, others.split("; ")))}


def bank(cell: object) -> Reading:
    """A bank under its usual name; an unknown one as it is written, with the warning bank_unknown."""
    if is_blank(cell):
        return BLANK
    known = _BANK_NAMES.get(_bank_key(cell))
    return Reading(known) if known else Reading(text_of(cell)[:60], "bank_unknown")


def nearest_bank(cell: object) -> str:
    """The known bank nearest to a mistyped one, or ''."""
    close = difflib.get_close_matches(_bank_key(cell), _BANK_NAMES, n=1, cutoff=0.6)
    return _BANK_NAMES[close[0]] if close else ""


def bank_names() -> Iterable[str]:
    """The banks we know, as the template offers them."""
    return _BANKS
