"""Which column is which in a register: the titles seen in lists of ministries, regions, cooperatives and villages."""

from __future__ import annotations

from jamsostek.messages.tables.titles import Vocabulary
from jamsostek.messages.tables.vocabulary import PEOPLE

PLACE_AND_DATE = "birth_place+birth_date"
HEAD_NAME = "head_name"
"""`Nama Kepala Keluarga`: the person's name where no other column is, else somebody else's."""

_TITLES: dict[str, str] = {
    "number": PEOPLE["number"] + "; nomor baris",
    "name": PEOPLE["name"]
    + "; nama pemilik; nama petani; nama nelayan; nama pedagang; nama pengemudi; nama driver; nama pelaku "
        "usaha; nama pembudidaya; "
    "nama penerima; nama penerima manfaat; nama kpm; nama pengurus; nama art; nama anggota keluarga; nama individu; nama warga; "
    "nama penduduk; nama lengkap anggota keluarga; nama anggota rumah tangga; nama calon peserta; nama "
    "pemohon; nama petani penggarap",
    HEAD_NAME: "kepala keluarga; nama kepala keluarga; nama kk; nama kepala rumah tangga; nama krt; kepala rumah tangga",
    "nik": PEOPLE["nik"] + "; nik individu; nik anggota; nik pemilik; nik petani; nik penerima; nik kpm; nomor nik ktp; no nik",
    "kk": "kk; nomor kk; nomor kartu keluarga; kartu keluarga; nomor induk kartu keluarga; nkk; no kk; nomor kk kartu keluarga",
    "sex": PEOPLE["sex"] + "; jenis kel; jns kel; jkel; jenkel",
    "birth_date": "tanggal lahir; tanggal kelahiran; lahir; birth date; birthday; date of birth; tanggal bulan tahun "
        "lahir; tgllahir",
    PLACE_AND_DATE: "ttl; tempat tanggal lahir; tempat dan tanggal lahir; tmp tanggal lahir; tempat tgllahir; tempat "
        "lahir tanggal lahir",
    "birth_place": "tempat lahir; tempat kelahiran; kota lahir; tmp lahir; tmplahir; tempatlahir; birth place",
    "mother_name": "nama ibu kandung; ibu kandung; nama ibu; nama gadis ibu kandung; nama gadis ibu; mother name; nama ibu kdg",
    "phone": (
        "nomor hp; hp; handphone; nomor handphone; nomor telepon; telepon; telp; nomor telp; nomor wa; wa; whatsapp; nomor "
        "whatsapp; nomor hp wa; ponsel; kontak; nomor kontak; phone; nomor telepon hp; nomor telp hp; nohp"
    ),
    "village_code": (
        "kode desa; kode kelurahan; kode desa kelurahan; kode kelurahan desa; kode wilayah; kode kemendagri; kode kemdagri; "
        "kode wilayah kemendagri; kode dagri; village code; kddesa; kode desa kemendagri; nomor kelurahan; kode kemendagri desa"
    ),
    "village": (
        "desa; kelurahan; desa kelurahan; kelurahan desa; nama desa; nama kelurahan; nama desa kelurahan; nama kelurahan desa; "
        "nagari; gampong; kampung; village; nmdesa; desa kampung; desa alamat"
    ),
    "district": "kecamatan; nama kecamatan; distrik; district; nmkec",
    "regency": "kabupaten; kota; kabupaten kota; kota kabupaten; nama kabupaten; nama kabupaten kota; nmkab; regency",
    "address": (
        "alamat; alamat lengkap; alamat ktp; alamat sesuai ktp; alamat rumah; alamat domisili; alamat tempat tinggal; tempat "
        "tinggal; jalan; address; alamat dan rt rw; nama jalan; alamat jalan"
    ),
    "hamlet": "rt; rw; rt rw; dusun; nama dusun; dukuh; pedukuhan; padukuhan; lingkungan; banjar; jorong; sls; "
        "dusun rt rw; nama sls; "
    "rt dusun; dusun lingkungan; blok",
    "relation": (
        "hubungan keluarga; hubungan dengan kepala keluarga; hubungan; status hubungan; status hubungan "
        "dalam keluarga; shdk; hub "
        "keluarga; hub kepala keluarga; hubungan krt; hubungan dengan krt; hubungan kepala keluarga; "
        "hubungan dengan kk; hub krt; "
        "status dalam keluarga; status keluarga; hubungan rumah tangga; hub dengan kk; hubungan dengan kepala rumah tangga"
    ),
    "decile": "desil; desil nasional; desil kesejahteraan; persentil; decile; peringkat kesejahteraan; desil dtsen; desil p3ke; "
    "kelompok desil; desil keluarga; status kesejahteraan",
    "occupation": (
        "pekerjaan; jenis pekerjaan; mata pencaharian; profesi; pekerjaan utama; bidang pekerjaan; jenis usaha; occupation; "
        "lapangan usaha; jenis dagangan; dagangan; jenis profesi; bidang usaha; profesi usaha; lapangan usaha pekerjaan utama; "
        "komoditas usaha; jenis jualan"
    ),
    "employment": "status pekerjaan; status bekerja; kedudukan dalam pekerjaan; status kedudukan dalam pekerjaan; status dalam "
    "pekerjaan; status kedudukan pekerjaan utama; status kerja",
    "income": "penghasilan; penghasilan per bulan; penghasilan sebulan; pendapatan; pendapatan per bulan; omzet "
        "per bulan; income",
    "disability": "disabilitas; jenis disabilitas; ragam disabilitas; penyandang disabilitas; difabel; jenis cacat; "
        "kecacatan; cacat",
    "marital": "status kawin; status perkawinan; status pernikahan; perkawinan; status nikah; stskawin; marital status",
    "woman_head": "perempuan kepala keluarga; pekka; kepala keluarga perempuan; perempuan kepala rumah tangga",
    "children_school": "jumlah anak sekolah; anak sekolah; jumlah anak usia sekolah; anak usia sekolah; jumlah anak bersekolah",
    "asn": "asn; asn tni polri; status asn; pns tni polri; pns; anggota asn tni polri; asn pns tni polri",
    "civil_status": (
        "status kependudukan; status hidup; status penduduk; status individu; keadaan; meninggal; "
        "keberadaan; keberadaan anggota; "
        "status keberadaan; keterangan kependudukan; keberadaan art; status keberadaan anggota"
    ),
    "note": "keterangan; ket; catatan; note; notes; remarks",
    "source_id": (
        "idbdt; id bdt; id dtks; iddtks; id dtsen; iddtsen; id keluarga; idkeluarga; id keluarga p3ke; id individu; idartbdt; "
        "id art; nomor kartu; nomor kks; nomor kusuka; kusuka; nomor kartu kusuka; id p3ke; id individu p3ke; nomor kartu tani; "
        "kartu tani; id pelanggan; nomor anggota; nomor urut rumah tangga; id rumah tangga; id jatim; nomor kta; id semesta"
    ),
}  # fmt: skip
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("mother_name", r"\bibu kandung\b|\bgadis ibu\b"),
    ("", r"\b(pendidikan|ijazah|agama|suku|npwp|luas|plat|nopol|nomor polisi|kios|lapak|los|pasar|pangkalan|kelompok|"
     r"poktan|gapoktan|"
         r"penyuluh|kapal|perahu|alat tangkap|nomor rekening|rekening|bank|email|kode pos|bps|provinsi|padan|"
         r"sumber|tanggal (data|"
         r"update|input)|pkh|bpnt|sembako|pbi|blt|listrik|rumah|air|lantai|dinding|atap|usia|umur|tanda tangan|ttd|ahli waris|"
         r"pasangan|suami|istri|anak ke|merek|tahun)\b"),
    ("kk", r"\b(nomor kk|kartu keluarga)\b"),
    (PLACE_AND_DATE, r"\btempat\b.*\btanggal\b.*\blahir\b|\bttl\b"),
    ("birth_date", r"\btanggal lahir\b"),
    ("birth_place", r"\btempat lahir\b"),
    ("nik", r"\bnik\b|\bnomor ktp\b|\bnomor induk kependudukan\b"),
    ("sex", r"\bjenis kelamin\b"),
    ("relation", r"\bhubungan\b|\bshdk\b"),
    ("decile", r"\bdesil\b"),
    ("disability", r"\b(disabilitas|difabel)\b"),
    ("marital", r"\b(perkawinan|kawin)\b"),
    ("phone", r"\b(hp|handphone|whatsapp|ponsel|telp|telepon)\b"),
    ("source_id", r"\b(kusuka|idbdt|dtks|dtsen|p3ke)\b"),
    ("village_code", r"\bkode\b.*\b(wilayah|desa|kelurahan|kemendagri|kemdagri)\b"),
    ("hamlet", r"^(rt|rw|dusun)\b"),
    ("employment", r"\bstatus\b.*\bpekerjaan\b"),
    ("occupation", r"\b(pekerjaan|mata pencaharian)\b"),
    ("income", r"\b(penghasilan|pendapatan)\b"),
    ("village", r"^nama (desa|kelurahan)\b"),
    ("address", r"^alamat\b"),
    ("name", r"^nama (lengkap|pekerja|peserta|petani|nelayan|pedagang|pemilik|penerima|anggota|warga)\b"),
)  # fmt: skip
VOCABULARY = Vocabulary(
    titles=_TITLES,
    patterns=_PATTERNS,
    weights=dict.fromkeys(_TITLES, 1.0) | {"name": 3.0, "nik": 3.0, "kk": 2.0, "birth_date": 2.0, "number": 0.5, "note": 0.5},
    several=("hamlet", "note"),
    needed=(("name", HEAD_NAME),),
)
