"""Titles that mean the same above any table of workers: who they are, what they earn."""

from __future__ import annotations

PEOPLE: dict[str, str] = {
    "number": "nomor; nomor urut; urut; number; no urut",
    "name": (
        "nama; nama lengkap; nama karyawan; nama pegawai; nama pekerja; nama tenaga kerja; nama peserta; "
        "nama buruh; nama staf; nama staff; nama anggota; nama sesuai ktp; nama lengkap sesuai ktp; "
        "karyawan; pekerja; pegawai; tenaga kerja; name; full name; employee name; worker name; employee; "
        "worker; name employee; nama lengkap karyawan"
    ),
    "nik": (
        "nik; nomor nik; nik ktp; ktp; nomor ktp; nomor induk kependudukan; nik kependudukan; nomor "
        "identitas; nomor identitas kependudukan; nik sesuai ktp; nomor ktp nik; nik nomor ktp; national "
        "id; national id number; id number; identity number; nomor id; ktp number; nomor kependudukan"
    ),
    "kpj": (
        "kpj; nomor kpj; nomor peserta; nomor kepesertaan; nomor bpjs tenaga kerja; bpjs tenaga kerja; "
        "nomor jamsostek; jamsostek; kartu peserta jamsostek; nomor kartu peserta; nomor bpjs; kpj number; "
        "nomor kartu jamsostek; participant number; jamsostek number; bpjs number; member number; nomor kpj "
        "bpjs"
    ),
    "birth_date": (
        "tanggal lahir; tanggal kelahiran; lahir; birth date; birthdate; date birth; birthday; ttl; tempat "
        "tanggal lahir; date of birth; tanggal bulan tahun lahir"
    ),
    "sex": "jenis kelamin; kelamin; jk; l p; p l; lp; gender; sex; m f",
    "position": "jabatan; posisi; position; job title; title; pekerjaan; jenis pekerjaan; job",
    "account": "nomor rekening; rekening; rekening bank; account number; bank account; nomor rekening bank",
    "employee_number": (
        "nomor induk karyawan; nomor induk pegawai; nip; nrp; id karyawan; employee id; nomor karyawan; "
        "employee number; nomor pegawai; kode karyawan; nik karyawan; nomor induk; staff id; nik perusahaan"
    ),
}
WAGES: dict[str, str] = {
    "basic": (
        "gaji pokok; upah pokok; basic salary; basic pay; basic; base salary; basic wage; base pay; pokok; "
        "gaji pokok per bulan; upah pokok per bulan; gaji pokok bulan"
    ),
    "fixed": "tunjangan tetap; fixed allowance; jumlah tunjangan tetap; total tunjangan tetap; allowance fixed",
    "variable": "tunjangan tidak tetap; variable allowance; tunjangan variabel; non fixed allowance",
    "reported": (
        "upah dilaporkan; upah yang dilaporkan; upah bpjs; upah bpjs tenaga kerja; dasar iuran; dasar upah; "
        "dasar pengenaan iuran; dasar perhitungan iuran; upah tetap; gaji pokok tunjangan tetap; upah pokok "
        "tunjangan tetap; reported wage; contribution base; upah jamsostek; upah dasar iuran; upah sebulan "
        "dilaporkan; gaji bpjs"
    ),
    "wage": (
        "upah; upah per bulan; upah sebulan; upah bulanan; upah bulan; upah pekerja; upah karyawan; gaji; "
        "gaji per bulan; gaji sebulan; gaji bulanan; gaji karyawan; besar upah; besaran upah; nominal upah; "
        "nilai upah; wage; monthly wage; salary; monthly salary; wages; monthly pay; pay; upah gaji; gaji "
        "upah; upah bulan ini; gaji bulan ini"
    ),
    "daily": (
        "upah harian; upah per hari; gaji harian; gaji per hari; upah sehari; daily wage; daily rate; wage "
        "per day; daily pay; upah hari; tarif harian; harian"
    ),
    "gross": (
        "total upah; jumlah upah; total gaji; jumlah gaji; gaji kotor; upah kotor; gross; gross salary; "
        "gross pay; gross wage; total salary; total wage; penghasilan bruto; gaji bruto; total; jumlah"
    ),
    "net": (
        "gaji bersih; upah bersih; take home pay; thp; net salary; net pay; net; jumlah diterima; total "
        "diterima; total penerimaan; gaji diterima; upah diterima; yang diterima; penerimaan bersih"
    ),
}
PEOPLE_PATTERNS: tuple[tuple[str, str], ...] = (
    ("birth_date", r"\btanggal lahir\b|\bbirth ?date\b|\bdate birth\b"),
    ("kpj", r"\bkpj\b|\bbpjs tenaga kerja\b|\bjamsostek\b"),
    ("nik", r"\bnik\b|\bnomor ktp\b|\bnomor induk kependudukan\b"),
    ("sex", r"\bjenis kelamin\b"),
    ("name", r"^nama (lengkap|karyawan|pegawai|pekerja|tenaga kerja|peserta)\b"),
)  # fmt: skip
WAGE_PATTERNS: tuple[tuple[str, str], ...] = (
    ("variable", r"\b(tidak tetap|variabel|variable|non fixed)\b"),
    ("fixed", r"\b(tunjangan|allowance)\b.*\b(tetap|fixed)\b|\bfixed allowance\b"),
    ("variable", r"\b(lembur|overtime|bonus|thr|insentif|incentive|komisi|commission|rapel|uang saku)\b|"
                 r"^(makan|transport)$|\b(tunjangan|uang|premi|biaya|allowance|makan|transport|meal|attendance)\b.*\b(kehadiran|hadir|attendance|"
                 r"makan|meal|transport|prestasi|kinerja|performance|shift|premi|allowance)\b"),
    ("fixed", r"\b(tunjangan|allowance)\b.*\b(jabatan|position|keluarga|family|istri|isteri|suami|anak|masa kerja|"
              r"perumahan|housing|keahlian|fungsional|functional|kemahalan|daerah|pendidikan|profesi|struktural)\b|"
              r"\b(position|family|housing|functional) allowance\b"),
    ("unclear", r"\b(tunjangan|allowance)\b"),
    ("reported", r"\b(upah|gaji|wage)\b.*\b(dilaporkan|bpjs|jamsostek|reported|iuran)\b"),
    ("daily", r"\b(upah|gaji|wage|pay)\b.*\b(harian|per hari|sehari|daily|per day)\b"),
    ("basic", r"\b(gaji|upah) pokok\b|\b(basic|base) (salary|pay|wage)\b"),
    ("wage", r"^(upah|gaji|wage|salary) (bulan )?(jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|"
             r"nop|des|dec)[a-z]*( \d{2,4})?$"),
)  # fmt: skip
WAGE_FIELDS = ("basic", "reported", "wage", "daily", "gross")
"""Fields a wage can be made of; a title row that names several of them says no more than one that names the best."""
SEVERAL = frozenset({"nik", "fixed", "variable", "unclear", "net", "gross", "account"})
"""Fields that may have more than one column."""
WEIGHTS: dict[str, float] = {
    "name": 3.0, "nik": 3.0, "kpj": 2.0, "birth_date": 2.0, "sex": 1.0, "basic": 3.0, "wage": 3.0, "reported": 3.0,
    "daily": 3.0, "gross": 1.5, "fixed": 1.0, "variable": 0.5, "unclear": 0.5, "position": 1.0, "number": 0.5, "net": 0.5,
    "employee_number": 0.5, "account": 0.5,
}  # fmt: skip
