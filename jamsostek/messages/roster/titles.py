"""Which column is which in a list of people: titles of our template, of SIPP, and of the lists people make themselves."""

from __future__ import annotations

from jamsostek.messages.tables.titles import Vocabulary
from jamsostek.messages.tables.vocabulary import (
    PEOPLE,
    PEOPLE_PATTERNS,
    SEVERAL,
    WAGE_FIELDS,
    WAGE_PATTERNS,
    WAGES,
    WEIGHTS,
)

RETURNED = "returned"
"""The field of columns that we add to a list we give back; they are passed over when it comes again."""

_TITLES: dict[str, str] = {
    **PEOPLE,
    **WAGES,
    "activity": (
        "kegiatan; jenis kegiatan; mutasi; jenis mutasi; status mutasi; jenis laporan; jenis perubahan; perubahan; aksi; "
        "keterangan mutasi; activity; action; change; change type; type of change"
    ),
    "identity_type": "jenis identitas; identitas; identity type; id type; jenis nomor identitas",
    "nik": PEOPLE["nik"] + "; nomor identitas diri",
    "birth_place": "tempat lahir; tempat kelahiran; kota lahir; kota kelahiran; birth place; birthplace; place birth",
    "mother_name": (
        "nama ibu kandung; ibu kandung; nama ibu; nama gadis ibu kandung; mother name; mothers name; mother maiden name; "
        "mothers maiden name; mother s name; name mother"
    ),
    "address": (
        "alamat; alamat lengkap; alamat ktp; alamat sesuai ktp; alamat rumah; alamat domisili; alamat tempat tinggal; "
        "tempat tinggal; jalan; address; home address; street address"
    ),
    "region_code": (
        "kode wilayah; kode daerah; kode kemendagri; kode wilayah kemendagri; kode desa; kode kelurahan; kode desa kelurahan; "
        "kode kelurahan desa; kode kecamatan; kode kabupaten; kode kota; kode kabupaten kota; kode bps; kode wilayah bps; "
        "kode desa bps; region code; village code; area code; kode wilayah tempat tinggal"
    ),
    "province": "provinsi; propinsi; province; nama provinsi",
    "regency": (
        "kabupaten; kota; kabupaten kota; kota kabupaten; regency; city; regency city; nama kabupaten; nama kabupaten kota; "
        "kota domisili; kota tempat tinggal; domisili; wilayah"
    ),
    "district": "kecamatan; nama kecamatan; distrik; district; sub district; subdistrict",
    "village": (
        "desa; kelurahan; desa kelurahan; kelurahan desa; nama desa; nama kelurahan; nama desa kelurahan; nagari; gampong; "
        "kampung; village; desa kampung"
    ),
    "phone": (
        "nomor hp; hp; handphone; nomor handphone; nomor telepon; telepon; telepon seluler; nomor wa; wa; whatsapp; nomor "
        "whatsapp; nomor hp wa; nomor telepon hp; nomor hp telepon; ponsel; nomor ponsel; kontak; nomor kontak; phone; "
        "phone number; mobile; mobile phone; mobile number; nomor telepon seluler; nomor hp whatsapp"
    ),
    "bank": "bank; nama bank; bank name; bank penerima; nama bank penerima",
    "start_date": (
        "tanggal masuk; tanggal masuk kerja; tanggal mulai; tanggal mulai kerja; tanggal mulai bekerja; tanggal awal bekerja; "
        "tanggal awal kerja; tanggal bekerja; tanggal bergabung; tanggal kepesertaan; tanggal mulai kepesertaan; mulai kerja; "
        "mulai bekerja; tmt; tanggal tmt; tmt kerja; join date; date joined; start date; hire date; date hired; masuk"
    ),
    "end_date": (
        "tanggal keluar; tanggal keluar kerja; tanggal berhenti; tanggal berhenti kerja; tanggal berhenti bekerja; tanggal "
        "nonaktif; tanggal non aktif; tanggal resign; tanggal akhir bekerja; tanggal phk; leave date; date left; end date; "
        "leaving date; termination date; last working day; keluar"
    ),
    "leave_reason": (
        "sebab keluar; alasan keluar; sebab berhenti; alasan berhenti; sebab nonaktif; sebab non aktif; kode nonaktif; kode "
        "non aktif; alasan nonaktif; keterangan keluar; keterangan berhenti; leave reason; reason leaving; reason; leaving "
        "reason; reason for leaving; alasan; sebab"
    ),
    "unit": (
        "unit; unit kerja; cabang; unit cabang; kantor cabang; lokasi; lokasi kerja; lokasi pekerjaan; divisi; departemen; "
        "bagian; kode unit; nama unit; unit branch; branch; work unit; work location; department; division; penempatan"
    ),
    "occupation": (
        "jabatan; posisi; pekerjaan; jenis pekerjaan; mata pencaharian; profesi; position; job title; title; job; "
        "occupation; jabatan pekerjaan; pekerjaan utama; bidang pekerjaan; jenis usaha; profesi pekerjaan"
    ),
    "segment": (
        "segmen; segmen peserta; jenis pekerja; jenis tenaga kerja; jenis kepesertaan; status pegawai; status karyawan; "
        "status pekerja; status kerja; kategori pekerja; jenis karyawan; segment; worker type; employment type; status "
        "kepegawaian; segmen jenis pekerja; employment status"
    ),
    "income": (
        "penghasilan; penghasilan per bulan; penghasilan sebulan; pendapatan; pendapatan per bulan; penghasilan rata rata; "
        "rata rata penghasilan; income; monthly income; dasar upah penghasilan"
    ),
    "disability_type": (
        "disabilitas; jenis disabilitas; ragam disabilitas; penyandang disabilitas; difabel; disability; disability type; "
        "type of disability; jenis difabel; kebutuhan khusus"
    ),
    "disability_degree": (
        "derajat disabilitas; tingkat disabilitas; disability degree; disability level; degree of disability; derajat difabel"
    ),
    "overwrite": (
        "timpa; timpa data; boleh timpa; timpa data lama; ganti data lama; overwrite; overwrite existing; replace existing"
    ),
    "confirmed": (
        "sudah cocok dengan ktp; cocok dengan ktp; sesuai ktp; sudah sesuai ktp; data sesuai ktp; sudah diperiksa; matches id "
        "card; matches identity card; checked with id card; checked against identity card"
    ),
    "unpaid": (
        "tanpa upah; tidak diupah; cuti tanpa upah; cuti di luar tanggungan; unpaid; unpaid leave; without pay; no pay; not paid"
    ),
    RETURNED: (
        "hasil; yang perlu diperbaiki; cara memperbaiki; baris asal; result; to mend; how to mend; how to mend it; original row"
    ),
}  # fmt: skip
del _TITLES["position"]

_NOT_THE_PERSON: tuple[tuple[str, str], ...] = (
    ("mother_name", r"\bibu kandung\b|\bmother'?s?\b.*\bname\b"),
    ("", r"\b(ahli waris|suami|istri|isteri|anak|ayah|pemilik rekening|atas nama|kesehatan|npwp|pajak|pph|potongan|iuran|"
         r"premi|jht|jkk|jkm|jkp|kartu keluarga|kk|perusahaan|rt rw|agama|kawin|kode pos|email|akhir kontrak|masa laku|"
         r"surat menyurat|telepon area|telepon kantor|telepon ext|tanggal ktp)\b"),
    ("region_code", r"\bkode\b.*\b(wilayah|desa|kelurahan|bps|kemendagri)\b"),
    ("birth_place", r"^tempat lahir\b|\bbirth ?place\b"),
    ("bank", r"\bnama bank\b"),
    ("phone", r"\b(hp|handphone|whatsapp|ponsel)\b"),
    ("account", r"\b(nomor )?rekening\b"),
    ("start_date", r"\btanggal (masuk|mulai|awal)\b"),
    ("end_date", r"\btanggal (keluar|berhenti|nonaktif|non aktif)\b"),
    ("leave_reason", r"\b(sebab|alasan)\b.*\b(keluar|berhenti|nonaktif|non aktif)\b"),
    ("disability_degree", r"\b(derajat|tingkat)\b.*\b(disabilitas|difabel)\b"),
    ("disability_type", r"\bdisabilitas\b|\bdifabel\b"),
    ("address", r"^alamat\b"),
)  # fmt: skip

VOCABULARY = Vocabulary(
    titles=_TITLES,
    patterns=(*_NOT_THE_PERSON, *WAGE_PATTERNS, *PEOPLE_PATTERNS),
    weights=dict.fromkeys(_TITLES, 1.0) | WEIGHTS | {RETURNED: 0.0, "income": 1.0},
    several=SEVERAL - {"account"},
    alternatives=WAGE_FIELDS,
    needed=(("name",), ("nik", "kpj")),
)
