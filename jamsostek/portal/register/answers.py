"""The answers as a person reads them, and the price beside the choice of programmes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.law import law_on
from jamsostek.portal.register.forms import Question
from jamsostek.portal.register.work import WORKS, band_of, explained, price
from jamsostek.portal.screens import Fact, Link
from jamsostek.portal.screens.explanation import told as explanation_of
from jamsostek.portal.screens.words import date, inside
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions.drafts import Answers
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex
from jamsostek.registry.queries.registers import region


def told(answers: Answers, day: dt.date, change: Callable[[str], str]) -> list[Fact]:
    """Every answer with the way to change it. The NIK is shown whole, in groups: whoever typed it must be able to compare."""
    nik = answers.nik or ""
    born = dt.date.fromisoformat(answers.birth_date or "")
    lines = [
        ("nama", _("Nama"), answers.name),
        ("nik", _("NIK"), " ".join(nik[at : at + 4] for at in range(0, len(nik), 4))),
        ("lahir", _("Tanggal lahir"), date(born)),
        ("lahir", _("Jenis kelamin"), _(TITLES[Sex][answers.sex or ""])),
        ("ibu", _("Nama ibu kandung"), answers.mother_name),
        ("provinsi" if answers.at_home is not True else "rumah", _("Tempat tinggal"), place_of(answers)),
        ("alamat", _("Alamat"), answers.address or _("Tidak diisi")),
        ("pekerjaan", _("Pekerjaan"), work_of(answers)),
        ("penghasilan", _("Penghasilan sebulan"), band_of(answers.income_rupiah or 0, day)),
        ("program", _("Program"), programmes_of(answers)),
        ("program", _("Iuran setiap bulan"), format_rupiah(price(answers, jht=bool(answers.jht_member), today=day).rupiah)),
        ("telepon", _("Nomor telepon"), answers.phone),
        ("rekening", _("Rekening"), f"{answers.bank_code} {answers.bank_account}".strip() or _("Tidak diisi")),
        ("disabilitas", _("Disabilitas"), disability_of(answers)),
    ]
    return [Fact(label, value, Link(_("Ubah"), change(slug))) for slug, label, value in lines]


def work_of(answers: Answers) -> str:
    """The work in the reader's language where it is one of the list, else as it was written."""
    title = WORKS[answers.work][0] if answers.work in WORKS else ""
    return _(title) if title == answers.occupation else answers.occupation or ""


def place_of(answers: Answers) -> str:
    """Where somebody lives, the smallest place first."""
    below = [region(code) for code in (answers.village_code, answers.district_code) if code]
    regency = answers.regency_code or 0
    return ", ".join([*(one.name for one in below if one), regions_name(regency), regions_name(regency // 100)])


def programmes_of(answers: Answers) -> str:
    """The programmes by their short names."""
    return "JKK, JKM, JHT" if answers.jht_member else "JKK, JKM"


def disability_of(answers: Answers) -> str:
    """What was told about a disability."""
    if not answers.disabled:
        return _("Tidak ada")
    kind = _(TITLES[Disability][answers.disability_type or ""])
    return f"{kind}, {inside(_(TITLES[Degree][answers.disability_degree]))}" if answers.disability_degree else kind


def waiting(day: dt.date) -> str:
    """What the law holds back in the first months; nothing where it holds back nothing."""
    law = law_on(day)
    months, rupiah = law.number("jkm.bpu_wait.months"), law.rupiah("jkm.bpu_wait.funeral")
    if not months:
        return ""
    words = _("Dalam {months} bulan pertama santunan kematian {amount}, sesudahnya penuh. Santunan kecelakaan langsung penuh.")
    return words.format(months=months, amount=format_rupiah(rupiah))


def price_choices(form: Question, answers: Answers, day: dt.date) -> dict[str, Any]:
    """Puts the price beside each choice; returns what the page tells about how it comes about."""
    least, more = price(answers, jht=False, today=day), price(answers, jht=True, today=day)
    field: Any = form.fields["jht_member"]
    field.choices = [
        ("tidak", _("Kecelakaan kerja dan kematian (JKK, JKM): {price} sebulan").format(price=format_rupiah(least.rupiah))),
        ("ya", _("Ditambah tabungan hari tua (JHT): {price} sebulan").format(price=format_rupiah(more.rupiah))),
    ]
    field.option_hints = {
        "tidak": _("Biaya berobat dan santunan bila celaka saat bekerja; santunan bagi keluarga bila meninggal."),
        "ya": _("Tabungan beserta hasil pengembangannya kembali kepada Anda."),
    }
    changes = [one.changes for one in (least, more) if one.changes]
    note = ""
    if len(changes) == 2:
        month = min(month for month, _rupiah in changes)
        words = _("Mulai {month} iurannya menjadi {least} (JKK, JKM) atau {more} (ditambah JHT).")
        note = words.format(month=month_words(month), least=format_rupiah(changes[0][1]), more=format_rupiah(changes[1][1]))
    return {"wait_note": waiting(day), "told": explanation_of(explained(answers, jht=True, today=day)), "price_note": note}
