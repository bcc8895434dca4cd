"""What a person reads instead of a name in the code: inputs, outputs, choices, keys of figures, grades of evidence.

Every text is Indonesian and translated when shown; the code keeps the English name beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jamsostek.core.text import N_, _, language
from jamsostek.law.engine import RULES, Choice, Choices, Records
from jamsostek.law.texts import FACTS, TEXTS

GRADES = {
    "gazette": N_("naskah resmi"),
    "secondary": N_("sumber kedua"),
    "derived": N_("diturunkan"),
    "unsourced": N_("tanpa sumber"),
}

LABELS = {
    # inputs of rules and arguments of steps
    "wage_rupiah": N_("upah"),
    "daily_wage_rupiah": N_("upah sehari"),
    "income_rupiah": N_("penghasilan"),
    "base_rupiah": N_("dasar perhitungan"),
    "moved_base_rupiah": N_("upah dasar rekomposisi"),
    "rate_ppm": N_("tarif"),
    "relief_ppm": N_("bagian yang dibayar"),
    "member": N_("ikut program"),
    "scale": N_("skala usaha"),
    "risk_class": N_("kelas risiko"),
    "labour_intensive": N_("padat karya"),
    "jkp_member": N_("ikut JKP"),
    "birth_day": N_("tanggal lahir"),
    "birth_date": N_("tanggal lahir"),
    "month": N_("bulan"),
    "months": N_("lama"),
    "days": N_("lama"),
    "due_rupiah": N_("jumlah terutang"),
    "months_late": N_("bulan terlambat"),
    "due_date": N_("jatuh tempo"),
    "paid_on": N_("dibayar pada"),
    "begins_day": N_("tanggal surat perintah kerja atau mulai kontrak"),
    "contract": N_("jenis kontrak"),
    "industry": N_("sektor industri"),
    "active_workers": N_("pekerja aktif"),
    "days_late": N_("hari terlambat"),
    "benefit_rupiah": N_("manfaat"),
    "membership_months": N_("masa kepesertaan"),
    "arrears_months": N_("tunggakan"),
    "contribution_months": N_("masa iur"),
    "counted_months": N_("masa iur yang dihitung"),
    "mean_indexed_wage_rupiah": N_("rata-rata upah terindeks"),
    "formula_rupiah": N_("hasil rumus"),
    "opening_rupiah": N_("saldo awal"),
    "monthly_contribution_rupiah": N_("iuran sebulan"),
    "annual_rate": N_("tingkat pengembangan setahun"),
    "returned_rupiah": N_("hasil pengembangan tahun ini yang sudah dibukukan"),
    "earning_rupiah": N_("saldo yang berkembang"),
    "movement_rupiah_days": N_("perubahan saldo dikali harinya"),
    "days_in_month": N_("hari dalam bulan itu"),
    "days_in_year": N_("hari dalam tahun itu"),
    "before_rupiah": N_("jumlah sebelumnya"),
    "amount_rupiah": N_("pembayaran"),
    "year": N_("tahun"),
    "first_year": N_("tahun pembayaran pertama"),
    "code": N_("jenis cacat"),
    "loss": N_("bagian yang hilang"),
    "left_handed": N_("kidal"),
    "sum_parts": N_("jumlah persentase"),
    "parts": N_("persentase"),
    "already_paid": N_("banyaknya bulan yang sudah dibayar"),
    "months_already_paid_before_2025_02_07": N_("bulan yang dibayar sebelum 7 Februari 2025"),
    "segment": N_("segmen"),
    "last_paid_month": N_("bulan lunas terakhir"),
    "on_date": N_("tanggal"),
    "within": N_("masih dalam batas tunggakan"),
    "full_right": N_("masa tunggu sudah lewat"),
    "has_right": N_("hak tidak hilang"),
    "day_ppm": N_("hari dengan upah penuh"),
    "land_rupiah": N_("biaya angkutan darat, sungai, atau danau"),
    "sea_rupiah": N_("biaya angkutan laut"),
    "air_rupiah": N_("biaya angkutan udara"),
    "inflation_percent": N_("inflasi"),
    "years": N_("lama (tahun)"),
    "benefit.jp.indexed_wages.years": N_("upah dan inflasi setiap tahun"),
    "contract_value_rupiah": N_("nilai kontrak"),
    "contract_value_with_vat_rupiah": N_("nilai kontrak dengan PPN"),
    "vat_rate": N_("tarif PPN"),
    "band": N_("golongan"),
    "kind": N_("penerima pensiun"),
    "density": N_("kepadatan iuran"),
    "tax_number": N_("punya NPWP"),
    "income_band": N_("golongan penghasilan"),
    "sector": N_("sektor"),
    "payer": N_("pembayar iuran"),
    "route": N_("jalur"),
    "cause": N_("sebab"),
    "children": N_("anak-anak"),
    "children_count": N_("jumlah anak"),
    "injuries": N_("cacat"),
    "payments": N_("pembayaran"),
    "nik": N_("NIK"),
    # outputs of rules
    "programmes": N_("program"),
    "jkk_employer_rupiah": N_("iuran JKK pemberi kerja"),
    "jkm_employer_rupiah": N_("iuran JKM pemberi kerja"),
    "jht_employer_rupiah": N_("iuran JHT pemberi kerja"),
    "jht_worker_rupiah": N_("iuran JHT pekerja"),
    "jp_employer_rupiah": N_("iuran JP pemberi kerja"),
    "jp_worker_rupiah": N_("iuran JP pekerja"),
    "jp_deferred_rupiah": N_("iuran JP yang ditunda"),
    "jp_ceiling_rupiah": N_("batas atas upah JP"),
    "jkp_government_rupiah": N_("iuran JKP dari pemerintah"),
    "jkp_from_jkk_rupiah": N_("rekomposisi dari JKK"),
    "jkp_from_jkm_rupiah": N_("rekomposisi dari JKM"),
    "jkk_fund_rupiah": N_("masuk dana JKK"),
    "jkm_fund_rupiah": N_("masuk dana JKM"),
    "employer_rupiah": N_("bagian pemberi kerja"),
    "worker_rupiah": N_("bagian pekerja"),
    "total_rupiah": N_("jumlah seluruhnya"),
    "jkk_rupiah": N_("iuran JKK"),
    "jkm_rupiah": N_("iuran JKM"),
    "jht_rupiah": N_("iuran JHT"),
    "before_departure_rupiah": N_("sebelum berangkat"),
    "during_after_rupiah": N_("selama dan setelah bekerja"),
    "penalty_rupiah": N_("denda"),
    "jkk_jkm_due": N_("jatuh tempo JKK dan JKM"),
    "jht_due": N_("jatuh tempo JHT"),
    "jp_due": N_("jatuh tempo JP"),
    "overdue_months": N_("bulan menunggak"),
    "protected": N_("terlindungi"),
    "pays_first": N_("yang membayar lebih dahulu"),
    "region_code": N_("kode wilayah"),
    "sex": N_("jenis kelamin"),
    "valid": N_("susunan NIK benar"),
    "death_rupiah": N_("santunan kematian"),
    "periodic_rupiah": N_("santunan berkala"),
    "funeral_rupiah": N_("biaya pemakaman"),
    "scholarship_once_rupiah": N_("beasiswa sekaligus"),
    "disability_rupiah": N_("santunan cacat"),
    "percent": N_("persentase cacat"),
    "incapacity_rupiah": N_("santunan sementara tidak mampu bekerja"),
    "transport_rupiah": N_("biaya pengangkutan yang diganti"),
    "lump_sum_rupiah": N_("santunan sekaligus"),
    "per_child_rupiah": N_("beasiswa setiap anak"),
    "yearly_rupiah": N_("beasiswa setahun menurut jenjang"),
    "balance_rupiah": N_("saldo"),
    "return_rupiah": N_("hasil pengembangan bulan itu"),
    "due_on": N_("jatuh tempo"),
    "relief_in_force": N_("keringanan berlaku bulan itu"),
    "industry_listed": N_("sektor industri yang ditentukan"),
    "enough_workers": N_("cukup pekerja aktif"),
    "paid_up": N_("iuran JKK lunas sampai bulan yang ditentukan"),
    "relieved": N_("mendapat keringanan"),
    "payer_qualifies": N_("pembayar tidak dikecualikan"),
    "paid_percent": N_("bagian iuran yang tetap dibayar"),
    "tax_rupiah": N_("pajak setiap pembayaran"),
    "total_tax_rupiah": N_("pajak seluruhnya"),
    "net_rupiah": N_("diterima setelah pajak"),
    "pension_age_years": N_("usia pensiun"),
    "reached_on": N_("usia pensiun tercapai pada"),
    "minimum_rupiah": N_("paling sedikit"),
    "maximum_rupiah": N_("paling banyak"),
    "indexed_rupiah": N_("upah terindeks setiap tahun"),
    "mean_rupiah": N_("rata-rata upah terindeks"),
    "monthly_rupiah": N_("manfaat setiap bulan"),
    "inflation": N_("inflasi"),
    "grown_rupiah": N_("manfaat setiap bulan sesudah naik"),
    "lump_sum": N_("hanya dibayar sekaligus"),
    # columns of tables
    "above_rupiah": N_("di atas"),
    "from_rupiah": N_("batas bawah golongan"),
    "up_to_months": N_("sampai bulan ke"),
    "share_ppm": N_("bagian upah"),
    "jkk_ppm": N_("tarif JKK"),
    "jkm_ppm": N_("tarif JKM"),
    "rupiah": N_("iuran"),
    "permille": N_("persentase"),
    "minimum_permille": N_("persentase paling rendah"),
    "swaps_sides": N_("kanan dan kiri bertukar bagi kidal"),
    "per_step": N_("dihitung setiap tingkat"),
}

CHOICES: dict[str, dict[str, str]] = {
    "programmes": {"jkk": "JKK", "jkm": "JKM", "jht": "JHT", "jp": "JP", "jkp": "JKP"},
    "risk_class": {
        "very_low": N_("sangat rendah"),
        "low": N_("rendah"),
        "medium": N_("sedang"),
        "high": N_("tinggi"),
        "very_high": N_("sangat tinggi"),
    },
    "scale": {
        "large": N_("usaha besar"),
        "medium": N_("usaha menengah"),
        "small": N_("usaha kecil"),
        "micro": N_("usaha mikro"),
    },
    "segment": {"pu": N_("penerima upah (PU)"), "bpu": N_("bukan penerima upah (BPU)")},
    "sector": {"transport": N_("angkutan"), "other": N_("lainnya")},
    "contract": {"project": N_("proyek konstruksi"), "migrant": N_("pekerja migran")},
    "industry": {
        "food_drink_tobacco": N_("makanan, minuman, dan tembakau"),
        "textile_and_clothing": N_("tekstil dan pakaian jadi"),
        "leather_and_leather_goods": N_("kulit dan barang kulit"),
        "footwear": N_("alas kaki"),
        "toys": N_("mainan anak"),
        "furniture": N_("furnitur"),
        "other": N_("lainnya"),
    },
    "payer": {
        "self": N_("sendiri"),
        "apbn": "APBN",
        "apbd": "APBD",
        "village": N_("desa"),
        "donor": N_("donatur"),
    },
    "route": {"agency": N_("lewat perusahaan penempatan"), "individual": N_("perseorangan")},
    "kind": {
        "old_age": N_("hari tua"),
        "disability": N_("cacat total tetap"),
        "widow": N_("janda atau duda"),
        "child": N_("anak"),
        "parent": N_("orang tua"),
    },
    "cause": {"jkk": N_("kecelakaan kerja (JKK)"), "jkm": N_("sebab lain (JKM)")},
    "levels": {
        "kindergarten": N_("TK"),
        "primary": N_("SD"),
        "junior": N_("SMP"),
        "senior": N_("SMA/SMK"),
        "higher": N_("perguruan tinggi"),
    },
    "sex": {"male": N_("laki-laki"), "female": N_("perempuan")},
    "pays_first": {"bpjs": "BPJS Ketenagakerjaan", "employer": N_("pemberi kerja"), "nobody": N_("tidak ada yang membayar")},
    "code": {
        "arm_from_shoulder_right": N_("lengan kanan dari sendi bahu ke bawah"),
        "arm_from_shoulder_left": N_("lengan kiri dari sendi bahu ke bawah"),
        "arm_from_above_elbow_right": N_("lengan kanan dari atas siku ke bawah"),
        "arm_from_above_elbow_left": N_("lengan kiri dari atas siku ke bawah"),
        "hand_from_above_wrist_right": N_("tangan kanan dari atas pergelangan ke bawah"),
        "hand_from_above_wrist_left": N_("tangan kiri dari atas pergelangan ke bawah"),
        "both_legs_from_groin": N_("kedua kaki dari pangkal paha ke bawah"),
        "one_leg_from_groin": N_("satu kaki dari pangkal paha ke bawah"),
        "both_feet_from_ankle": N_("kedua kaki dari mata kaki ke bawah"),
        "one_foot_from_ankle": N_("satu kaki dari mata kaki ke bawah"),
        "both_eyes": N_("kedua mata"),
        "one_eye_or_diplopia_near_vision": N_("satu mata, atau penglihatan ganda pada jarak dekat"),
        "hearing_both_ears": N_("pendengaran kedua telinga"),
        "hearing_one_ear": N_("pendengaran satu telinga"),
        "thumb_right": N_("ibu jari tangan kanan"),
        "thumb_left": N_("ibu jari tangan kiri"),
        "index_finger_right": N_("telunjuk tangan kanan"),
        "index_finger_left": N_("telunjuk tangan kiri"),
        "other_finger_right_each": N_("satu jari lain tangan kanan"),
        "other_finger_left_each": N_("satu jari lain tangan kiri"),
        "index_first_phalanx_right": N_("ruas pertama telunjuk kanan"),
        "index_first_phalanx_left": N_("ruas pertama telunjuk kiri"),
        "other_finger_first_phalanx_right": N_("ruas pertama jari lain tangan kanan"),
        "other_finger_first_phalanx_left": N_("ruas pertama jari lain tangan kiri"),
        "big_toe_each": N_("satu ibu jari kaki"),
        "second_toe_each": N_("satu jari telunjuk kaki"),
        "other_toe_each": N_("satu jari kaki lain"),
        "scalp_avulsion": N_("kulit kepala terkelupas"),
        "impotence": N_("impotensi"),
        "leg_shortening_lt_5cm": N_("kaki memendek kurang dari 5 cm"),
        "leg_shortening_5_to_lt_7_5cm": N_("kaki memendek 5 sampai kurang dari 7,5 cm"),
        "leg_shortening_ge_7_5cm": N_("kaki memendek 7,5 cm atau lebih"),
        "hearing_loss_both_ears_per_10_db": N_("pendengaran kedua telinga turun, setiap 10 desibel"),
        "hearing_loss_one_ear_per_10_db": N_("pendengaran satu telinga turun, setiap 10 desibel"),
        "one_ear_pinna": N_("satu daun telinga"),
        "both_ear_pinnae": N_("kedua daun telinga"),
        "nose_ala_loss": N_("cuping hidung"),
        "nasal_septum_perforation": N_("sekat rongga hidung berlubang"),
        "smell_loss": N_("daya penciuman"),
        "physical_work_capacity_loss_51_70_pct": N_("kemampuan kerja fisik turun 51 sampai 70 %"),
        "physical_work_capacity_loss_26_50_pct": N_("kemampuan kerja fisik turun 26 sampai 50 %"),
        "physical_work_capacity_loss_10_25_pct": N_("kemampuan kerja fisik turun 10 sampai 25 %"),
        "permanent_mental_work_incapacity": N_("tidak mampu bekerja tetap secara mental"),
        "visual_acuity_efficiency_loss_per_10_pct": N_("efisiensi tajam penglihatan turun, setiap 10 %"),
        "colour_vision_loss": N_("penglihatan warna"),
        "visual_field_loss_per_10_pct": N_("lapang pandang turun, setiap 10 %"),
    },
    "parts of a figure": {
        "employer": N_("pemberi kerja"),
        "worker": N_("pekerja"),
        "lump_sum": N_("sekaligus"),
        "periodic": N_("berkala"),
        "funeral": N_("pemakaman"),
        "government": N_("pemerintah"),
        "from_jkk": N_("dari JKK"),
        "from_jkm": N_("dari JKM"),
        "minimum": N_("paling sedikit"),
        "maximum": N_("paling banyak"),
        "day": N_("tanggal dalam bulan"),
        "month_offset": N_("bulan sesudahnya"),
        "land": N_("darat, sungai, atau danau"),
        "sea": N_("laut"),
        "air": N_("udara"),
        "disability": N_("cacat total tetap"),
        "survivor": N_("ahli waris"),
        "resignation": N_("mengundurkan diri"),
        "dismissal": N_("PHK"),
        "housing": N_("perumahan"),
        "other": N_("lainnya"),
        "contributed": N_("sudah diiur"),
        "window": N_("dalam jangka"),
        "consecutive": N_("berturut-turut"),
        "second": N_("kedua"),
        "third": N_("ketiga"),
        "least": N_("paling sedikit"),
        "most": N_("paling banyak"),
        "at_least": N_("paling rendah"),
        "below": N_("di bawah"),
        "jkk": "JKK",
        "jkm": "JKM",
        "jht_employer": N_("JHT pemberi kerja"),
        "jht_worker": N_("JHT pekerja"),
        "jkk_jkm": N_("JKK dan JKM"),
        "jkk_jkm_jht": N_("JKK, JKM, dan JHT"),
        "total": N_("jumlah"),
    },
}

CITED = (
    N_("pasal tidak disebut dalam sumber"),
    N_("pasal tidak ditemukan"),
    N_("pasal tidak diketahui"),
    N_("tidak ada pasal yang mengenakan"),
    N_("tidak ada pasal ditemukan"),
    N_("tidak ada pasal"),
    N_("tidak ada masa tunggu"),
    N_("tidak diatur"),
    N_("naskah tidak dibaca"),
    N_("sebagaimana diubah"),
    N_("terakhir diubah dengan"),
    N_("aturan pelaksanaan"),
    N_("perubahan"),
    N_("kemudian"),
    N_("sejak 2 Desember 2019"),
    N_("sejak 1 April 2021"),
    N_("dari 2023"),
    N_("praktik administrasi kependudukan"),
    N_("praktik daerah"),
    N_("praktik"),
    N_("Struktur NIK, administrasi kependudukan"),
    N_("surat BPJS Ketenagakerjaan setiap Februari"),
    N_("surat tahunan BPJS Ketenagakerjaan"),
    N_("pekerja pada penyelenggara negara"),
    N_("satu nomor untuk semua program"),
    N_("kasus konstruksi Jatinegara 2018"),
    N_("hanya menyebut nilai kontrak"),
    N_("jasa pemerintahan"),
    N_("kelompok"),
    N_("nomor"),
    N_("penjelasan"),
    N_("Pasal"),
    N_("ayat"),
    N_("huruf"),
    N_("angka"),
    N_("Lampiran"),
    N_("bersama"),
    N_("dan"),
    N_("UU PPh"),
)
"""The words of citations, longer ones first; names of regulations (PP, Permenaker, Perpres, UU) stay as the law has them."""
_CITED = re.compile(rf"\b(?:{'|'.join(map(re.escape, CITED))})\b")


def citation(text: str) -> str:
    """Regulation and article with the words between them in the reader's language."""
    return _citation(text, language())


@cache
def _citation(text: str, lang: str) -> str:
    return _CITED.sub(lambda found: _(found[0]), text)


def label(name: str) -> str:
    """What an input, output or column is called; its own name where it has none."""
    return _(LABELS.get(name, name))


def input_label(rule: str, name: str) -> str:
    """What an input of a rule is called: by the rule where it has its own word, else by its name."""
    own = LABELS.get(f"{rule}.{name}")
    return label(name) if own is None else _(own)


def choice(vocabulary: str, name: str) -> str:
    """What a choice of a vocabulary is called."""
    return _(CHOICES.get(vocabulary, {}).get(name, name))


@cache
def vocabulary_of(keys: tuple[str, ...]) -> str:
    """The first vocabulary that holds all these names."""
    return next((name for name, words in CHOICES.items() if set(keys) <= set(words)), "")


def key_label(keys: Sequence[str], key: str) -> str:
    """What one of a figure's keys is called, known by the keys it stands among."""
    return choice(vocabulary_of(tuple(keys)), key)


def text_label(text: str) -> str:
    """What a figure that is a word is called."""
    return _(TEXTS.get(text, text))


def fact_label(name: str, text: str) -> str:
    """What a word among the facts of a claim is called: by the fact's name, else as a figure that is a word."""
    own = FACTS.get(name, {}).get(text)
    return text_label(text) if own is None else _(own)


@cache
def options(name: str) -> tuple[str, ...]:
    """The names behind the positions of an input or output that is a choice, as the rules declare them; () for others."""
    for rule in RULES.values():
        for item in rule.inputs:
            fields = item.fields if isinstance(item, Records) else (item,)
            for one in fields:
                if one.name == name and isinstance(one, (Choice, Choices)):
                    return one.options
        for output in rule.outputs:
            if output.name == name and output.kind == "choice":
                return output.options
    return ()
