"""The questions in their order, which of them are asked, and what is asked next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.portal.register import forms as ask
from jamsostek.registry.actions.drafts import Answers, read_nik


@dataclass(frozen=True)
class Step:
    """A question: its place in the address, its heading, why it is asked, its form, and when it is asked at all."""

    slug: str
    title: str
    form: type[ask.Question]
    answered_by: str
    why: str = ""
    asked: Callable[[Answers, dt.date], bool] = lambda _answers, _today: True

    def answered(self, answers: Answers) -> bool:
        """Whether it has its answer."""
        return getattr(answers, self.answered_by) is not None


def _nik_names_a_place(answers: Answers, today: dt.date) -> bool:
    """Nearly every NIK does; before it is known the questions are counted as if this one did."""
    told = read_nik(answers.nik, today) if answers.nik else None
    return answers.nik is None or bool(told and told.regency_code)


def _lives_elsewhere(answers: Answers, today: dt.date) -> bool:
    return answers.at_home is False or not _nik_names_a_place(answers, today)


def _knows_below(field: str) -> Callable[[Answers, dt.date], bool]:
    def known(answers: Answers, _today: dt.date) -> bool:
        code = getattr(answers, field)
        return code is not None and len(ask.places_below(code)) > 1

    return known


STEPS = (
    Step("nama", N_("Siapa nama Anda?"), ask.NameQuestion, "name"),
    Step(
        "nik", N_("Berapa NIK Anda?"), ask.NikQuestion, "nik",
        N_("NIK memastikan Anda hanya terdaftar satu kali. Disimpan tersandi, dan tidak tercetak di kartu."),
    ),
    Step(
        "lahir", N_("Apakah ini benar?"), ask.BirthQuestion, "birth_date",
        N_("Terbaca dari NIK Anda. Bila benar, tekan Lanjut; bila tidak, betulkan di sini atau periksa lagi NIK-nya."),
    ),
    Step("ibu", N_("Siapa nama ibu kandung Anda?"), ask.MotherQuestion, "mother_name"),
    Step("rumah", N_("Di mana Anda tinggal?"), ask.HomeQuestion, "at_home", asked=_nik_names_a_place),
    Step("provinsi", N_("Di provinsi mana Anda tinggal?"), ask.ProvinceQuestion, "province_code", asked=_lives_elsewhere),
    Step(
        "kabupaten", N_("Di kabupaten atau kota mana?"), ask.RegencyQuestion, "regency_code", asked=_lives_elsewhere,
        why=N_("Kantor cabang di sanalah yang melayani Anda."),
    ),
    Step("kecamatan", N_("Di kecamatan mana?"), ask.DistrictQuestion, "district_code", asked=_knows_below("regency_code")),
    Step("desa", N_("Di desa atau kelurahan mana?"), ask.VillageQuestion, "village_code", asked=_knows_below("district_code")),
    Step("alamat", N_("Di mana alamat rumah Anda?"), ask.AddressQuestion, "address", N_("Supaya surat sampai. Boleh dilewati.")),
    Step("pekerjaan", N_("Apa pekerjaan Anda?"), ask.WorkQuestion, "work"),
    Step("penghasilan", N_("Berapa penghasilan Anda?"), ask.IncomeQuestion, "income_rupiah"),
    Step("program", N_("Perlindungan apa yang Anda inginkan?"), ask.ProgrammeQuestion, "jht_member"),
    Step("telepon", N_("Berapa nomor telepon Anda?"), ask.PhoneQuestion, "phone"),
    Step(
        "rekening", N_("Apakah Anda punya rekening bank?"), ask.BankQuestion, "bank_account",
        N_("Santunan dibayarkan ke sini. Boleh dilewati dan diisi kapan saja."),
    ),
    Step(
        "disabilitas", N_("Satu pertanyaan lagi"), ask.DisabilityQuestion, "disabled",
        N_("Ditanyakan supaya layanan disesuaikan dan haknya terhitung (UU 8/2016). Tidak mengubah iuran. Boleh dilewati."),
    ),
)  # fmt: skip
BY_SLUG = {step.slug: step for step in STEPS}


def asked(answers: Answers, today: dt.date) -> list[Step]:
    """The questions this person is asked, as far as the answers tell."""
    return [step for step in STEPS if step.asked(answers, today)]


def first_open(answers: Answers, today: dt.date) -> Step | None:
    """The first question without its answer; None where all have one."""
    return next((step for step in asked(answers, today) if not step.answered(answers)), None)


def around(step: Step, answers: Answers, today: dt.date) -> tuple[Step | None, Step | None]:
    """The question before and the one after."""
    found = asked(answers, today)
    at = found.index(step)
    return (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)
