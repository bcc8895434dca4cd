"""What no published table says of a regency: every number here is assumed. Shares are permille unless named otherwise."""

from __future__ import annotations

HISTORY_MONTHS = 36
"""The books open this many months before the first day after the month the regency is seen in."""
OLDEST_YEARS = 95
"""Nobody is older: a NIK writes two digits of the year, and a centenarian's would be read as a child's."""
ADULT_YEARS = 18
TRAINEE_YEARS = 16
FIRST_MEMBERSHIP = 201407
"""Nobody is a member for longer: the month the present body took over its accounts and numbers."""

# ---- people beyond the plan (the plan is the active members)

FORMER, DECEASED, TRAINEES, UNREGISTERED = 30, 5, 3, 60
"""Members who left and wait, who died, who train on the job, and workers no list has yet; of a thousand active members."""
DUPLICATES, LOOKALIKES = 40, 6
"""Pairs that are one person registered twice, and pairs that only look so."""
MISSPELT = 12
"""People whose name stands in another spelling on a list somewhere."""

# ---- a person

PHONE, PHONE_SHARED = 930, 20
BANK_ACCOUNT = 700
DISABLED = 12
DISABILITY_TYPES = (("physical", 500), ("sensory", 300), ("intellectual", 100), ("mental", 100))
"""The four kinds of UU 8/2016 Pasal 4."""
DISABILITY_DEGREES = (("mild", 550), ("moderate", 320), ("severe", 130))
MOVED_WITHIN, MOVED_IN, MOVED_OUT_OF_FORMER = 12, 25, 250
HOME_DISTRICT_IN_NIK = 850
TITLED_OF_SCHOOLED = 220
"""Office and government workers who write an academic title after their name."""

# ---- names

COMMON_NAME = 400
"""A given or second name comes from the nationwide list instead of the culture's own."""
BEFORE_NAME = 130
MIDDLE_NAME = 180
PILGRIM = 60
"""People over 40 who write H. or Hj. before their name."""
OLD_SPELLING = 250
"""People over 65 whose name keeps the spelling of before 1972 (oe, dj, tj)."""
SINGLE_NAME_BY_AGE = ((60, 165), (40, 110), (25, 55), (0, 30))
"""From this age on: percent of the culture's own share of single names (young people have two or three)."""
OWN_NAMES_ONLY = frozenset(
    {"batak", "nias", "bali", "flores_timor", "dayak", "minahasa", "maluku", "papua", "tionghoa"}
)  # fmt: skip
"""Cultures whose naming does not mix with the nationwide list."""

# ---- family

FAMILY_KNOWN = 720
MARRIED_BY_AGE = ((18, 60), (20, 280), (25, 620), (30, 830), (35, 880), (65, 0))
"""From this age on, until the next."""
DIVORCED = 60
COUPLES = 80
"""Of the married whose family is known: both registered, in the same village."""
CHILDREN = ((0, 100), (1, 300), (2, 400), (3, 200))
PARENT_KNOWN_OF_UNMARRIED, PARENT_KNOWN_OF_MARRIED = 800, 150
SIBLING_KNOWN_OF_UNMARRIED = 300

# ---- work

FROM_THE_START = 480
"""Jobs that already ran when the books open."""
JOB_BEFORE, JOB_BEFORE_THAT = 500, 400
"""Of the jobs begun since: another job went before."""
GAPS_MONTHS = ((0, 350), (1, 250), (2, 150), (3, 100), (4, 80), (6, 70))
SECOND_JOB = 12
LATE_REPORT = 40
"""Joins and leavings that the employer reports months late."""
HISTORY_OF_BPU = 120
"""BPU members who were employed before."""
SENIORITY_PPM = 12_000
"""What a year in the same job adds to a wage above the minimum."""
MINIMUM_GROWTH_PPM = 60_000
"""Growth a year of the minimum wage in years no list gives."""

# ---- employers

EMPLOYER_KINDS = (("company", 730), ("construction_firm", 100), ("government_office", 90), ("village_office", 80))
COMPANY_SCALES = (("large", 60), ("medium", 130), ("small", 240), ("micro", 570))
VILLAGE_OFFICES_OF_NON_ASN = 60
WORKERS_PER_PROJECT = 110
PROJECTS_ENDED_PER_RUNNING = 1.2

# ---- sponsors and BPU

SPONSORING_VILLAGES = 20
SELF_PAYER_GAP = 200
BY_AGENT = 350
AGENTS = 12
COAST_OF_VILLAGES, TOWN_OF_VILLAGES = 120, 100
TRANSPORT_JOBS = (("Pengemudi ojek", 620), ("Sopir angkutan", 230), ("Kurir", 150))
OTHER_JOBS = {
    "farm": (
        ("Petani", 380), ("Buruh tani", 270), ("Pedagang pasar", 110), ("Kader posyandu", 60), ("Peternak", 60),
        ("Penderes kelapa", 40), ("Tukang bangunan", 50), ("Penjahit", 30),
    ),
    "coast": (
        ("Nelayan", 520), ("Petani", 130), ("Buruh tani", 100), ("Pedagang ikan", 120), ("Pedagang pasar", 60),
        ("Kader posyandu", 40), ("Penambak", 30),
    ),
    "town": (
        ("Pedagang pasar", 330), ("Pedagang keliling", 180), ("Kader posyandu", 80), ("Penjahit", 90),
        ("Asisten rumah tangga", 120), ("Juru parkir", 70), ("Pemulung", 50), ("Tukang bangunan", 80),
    ),
}  # fmt: skip

# ---- migrants

COUNTRIES = (("MY", 230), ("HK", 260), ("TW", 270), ("SG", 70), ("SA", 50), ("JP", 60), ("KR", 60))

# ---- positions, by standing in the firm

STANDINGS = ((4_055, "lead"), (3_600, "skilled"), (0, "line"))
"""From this 4,096th of the wages of the same kind of firm on."""
POSITIONS = {
    "lead": ("Manajer", "Kepala Bagian", "Kepala Cabang", "Penyelia Senior"),
    "skilled": ("Penyelia", "Staf Administrasi", "Staf Keuangan", "Teknisi", "Kepala Regu"),
    "line": ("Operator Produksi", "Staf Gudang", "Kasir", "Sopir", "Satpam", "Petugas Kebersihan", "Tenaga Harian"),
    "non_asn": ("Staf Administrasi", "Guru Honorer", "Perawat Kontrak", "Petugas Kebersihan", "Penyuluh", "Satpam", "Sopir"),
    "village": ("Kepala Dusun", "Kepala Urusan", "Staf Desa", "Operator Desa"),
    "construction": ("Tukang Batu", "Pembantu Tukang", "Tukang Kayu", "Tukang Besi", "Mandor", "Operator Alat Berat"),
    "trainee": ("Peserta Magang", "Siswa Praktik Kerja"),
}
