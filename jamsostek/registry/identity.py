"""What a person says about themself, put into one form and checked; the same at every door.

`check` returns the person as they will be stored, or raises `Problems`: every field that is wrong with its remedy, at
once, so that nobody mends one thing only to hear of the next.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from jamsostek.core.dates import civil_from_days
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.nik import decode, mask_nik, parse_niks
from jamsostek.core.regions import REGENCIES, UnknownRegion, regency
from jamsostek.core.text import _, one_line
from jamsostek.registry.choices import Degree, Disability, Sex

YOUNGEST, OLDEST = 15, 100
"""Years of age a participant may have at registration. 15: UU 13/2003 Pasal 69 (light work from 13 is not insured here)."""


@dataclass(frozen=True)
class Person:
    """Somebody to be registered."""

    name: str
    sex: str
    birth_date: dt.date
    regency_code: int
    nik: str | None = None
    mother_name: str = ""
    birth_place: str = ""
    village_code: int | None = None
    address: str = ""
    phone: str = ""
    bank_code: str = ""
    bank_account: str = ""
    disability_type: str | None = None
    disability_degree: str | None = None


class Problems(InputError):
    """Everything that is wrong with one input; `found` has one `InputError` for each field."""

    def __init__(self, found: Iterable[InputError]) -> None:
        self.found = tuple(found)
        super().__init__(" ".join(str(one) for one in self.found))


def check(person: Person, *, today: dt.date, youngest: int = YOUNGEST, oldest: int = OLDEST) -> Person:
    """The person in stored form; raises `Problems`."""
    wrong: list[InputError] = []
    person = replace(
        person,
        name=_one_line(person.name),
        mother_name=_one_line(person.mother_name),
        nik=re.sub(r"[\s.'\-]", "", person.nik) or None if person.nik else None,
        address=_one_line(person.address),
    )
    for look in (_name, _sex, _disability, _bank):
        wrong += look(person)
    wrong += _birth(person, today, youngest, oldest)
    if person.nik is not None:
        wrong += _nik(person, today)
    person, more = _place(person)
    wrong += more
    try:
        person = replace(person, phone=phone_form(person.phone))
    except InputError as error:
        wrong.append(error)
    if wrong:
        raise Problems(wrong)
    return person


def _one_line(text: str) -> str:
    """Composed letters, single spaces, nothing that does not print."""
    return one_line(unicodedata.normalize("NFC", text))


def _name(person: Person) -> list[InputError]:
    if not person.name:
        return [InputError(_("Nama belum diisi."), field="name", remedy=_("Tulis nama seperti di KTP; satu kata pun boleh."))]
    if re.search(r"\d{3}", person.name) or not re.search(r"[^\W\d_]", person.name):
        return [
            InputError(_("Nama tidak terbaca sebagai nama."), field="name", remedy=_("Tulis nama seperti di KTP, tanpa nomor."))
        ]
    if len(person.name) > 120:
        return [InputError(_("Nama lebih dari 120 huruf."), field="name", remedy=_("Tulis nama seperti di KTP."))]
    return []


def _sex(person: Person) -> list[InputError]:
    if person.sex in tuple(Sex):
        return []
    return [
        InputError(_("Jenis kelamin belum dipilih."), field="sex", remedy=_("Pilih laki-laki atau perempuan, seperti di KTP."))
    ]


def _disability(person: Person) -> list[InputError]:
    if person.disability_type is not None and person.disability_type not in tuple(Disability):
        return [InputError(_("Ragam disabilitas tidak dikenal."), field="disability_type", remedy=_("Pilih salah satu ragam."))]
    if person.disability_degree is not None and (person.disability_type is None or person.disability_degree not in tuple(Degree)):
        return [
            InputError(_("Derajat disabilitas tanpa ragamnya."), field="disability_degree", remedy=_("Pilih ragamnya dahulu."))
        ]
    return []


def _bank(person: Person) -> list[InputError]:
    if not person.bank_account and not person.bank_code:
        return []
    if not person.bank_code:
        return [InputError(_("Bank belum dipilih."), field="bank_code", remedy=_("Pilih bank pemilik rekening ini."))]
    if not re.fullmatch(r"\d{5,20}", re.sub(r"[\s.\-]", "", person.bank_account)):
        return [
            InputError(_("Nomor rekening 5 sampai 20 angka."), field="bank_account", remedy=_("Cocokkan dengan buku tabungan."))
        ]
    return []


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years lived on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _birth(person: Person, today: dt.date, youngest: int, oldest: int) -> list[InputError]:
    age = age_on(person.birth_date, today)
    if youngest <= age <= oldest:
        return []
    message = _("Umur {age} tahun; peserta berumur {youngest} sampai {oldest} tahun.")
    return [
        InputError(
            message.format(age=age, youngest=youngest, oldest=oldest),
            field="birth_date",
            value=person.birth_date.isoformat(),
            remedy=_("Periksa tanggal lahir di KTP."),
        )
    ]


def _nik(person: Person, today: dt.date) -> list[InputError]:
    nik = person.nik or ""
    shown = mask_nik(nik)
    if not re.fullmatch(r"[0-9]{16}", nik):
        return [
            InputError(
                _("NIK harus 16 angka; ini {count}.").format(count=len(nik)),
                field="nik",
                value=shown,
                remedy=_("Cocokkan dengan KTP. Nomor Kartu Keluarga bukan NIK."),
            )
        ]
    parts = decode(parse_niks([nik]), month_of(today))
    if not parts.valid[0]:
        return [
            InputError(
                _("Tanggal di dalam NIK tidak ada."),
                field="nik",
                value=shown,
                remedy=_("Angka ke-7 sampai ke-12 adalah tanggal lahir (perempuan: tanggal + 40). Cocokkan dengan KTP."),
            )
        ]
    return _against_nik(person, int(parts.birth_day[0]), bool(parts.is_female[0]))


def _against_nik(person: Person, birth_day: int, is_female: bool) -> list[InputError]:
    """A NIK of another sex or birth date is somebody else's, or one of the two is mistyped."""
    wrong = []
    if person.sex in tuple(Sex) and is_female != (person.sex == Sex.FEMALE):
        told = _("perempuan") if is_female else _("laki-laki")
        wrong.append(
            InputError(
                _("Menurut NIK, pemiliknya {sex}.").format(sex=told),
                field="nik",
                value=mask_nik(person.nik or ""),
                remedy=_("Periksa NIK dan jenis kelamin: salah satunya keliru, atau NIK ini milik orang lain."),
            )
        )
    year, month, day = (int(part[0]) for part in civil_from_days(np.array([birth_day])))
    # The century is not written in a NIK: the last two digits are what can be compared.
    if (day, month, year % 100) != (person.birth_date.day, person.birth_date.month, person.birth_date.year % 100):
        wrong.append(
            InputError(
                _("Menurut NIK, lahir tanggal {day:02d}-{month:02d}-{year:02d}.").format(day=day, month=month, year=year % 100),
                field="nik",
                value=mask_nik(person.nik or ""),
                remedy=_("Periksa NIK dan tanggal lahir: salah satunya keliru, atau NIK ini milik orang lain."),
            )
        )
    return wrong


def _place(person: Person) -> tuple[Person, list[InputError]]:
    if person.village_code is not None and person.village_code // 1_000_000 != person.regency_code:
        return person, [
            InputError(
                _("Desa ini bukan di kabupaten atau kota yang dipilih."),
                field="village_code",
                value=person.village_code,
                remedy=_("Pilih desa dari daftar kabupaten atau kota itu."),
            )
        ]
    if person.regency_code in REGENCIES:
        return person, []
    try:
        regency(person.regency_code)
    except UnknownRegion as error:
        error.field = "regency_code"
        return person, [error]
    return person, []


def phone_form(text: str) -> str:
    """A phone number as +62…; "" stays ""; raises `InputError`."""
    digits = re.sub(r"[^\d+]", "", text)
    if not digits:
        return ""
    digits = digits.removeprefix("+")
    national = digits.removeprefix("62") if digits.startswith("62") else digits.lstrip("0")
    if not re.fullmatch(r"[2-9]\d{6,12}", national):
        raise InputError(
            _("Nomor telepon tidak terbaca."),
            field="phone",
            value=f"…{digits[-3:]}",
            remedy=_("Tulis seperti 0812 3456 7890 atau +62 812 3456 7890."),
        )
    return f"+62{national}"
