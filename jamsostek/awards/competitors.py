"""Who may compete: provinces, regencies, villages, firms, as they stand today, and which categories fit them.

A firm competes in the province of its head office and nowhere else; its workers everywhere count. A region whose code ended
competes under the code that followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jamsostek.access.scope import code_of_today, everything_in_sight
from jamsostek.awards.choices import SCALES, SECTIONS, SUBJECTS, Subject
from jamsostek.awards.edition import Category, Edition
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.regions import PROVINCES, REGENCIES, province, regency
from jamsostek.core.text import _
from jamsostek.registry.kbli import section_of
from jamsostek.registry.models import Employer
from jamsostek.registry.queries.counts import places
from jamsostek.registry.queries.lists import employer_by_npp, my_employers

VILLAGE_DIGITS = 10
FIRMS = ("company", "construction")
"""Kinds of employers that are firms: offices, villages and households are not honoured as such."""


@dataclass(frozen=True)
class Competitor:
    """Somebody who may be honoured. `code` is a Kemendagri code, or an employer's id."""

    subject: str
    code: int
    name: str
    province_code: int
    regency_code: int | None
    kind: str = ""
    """Of a regency or city, `kabupaten` or `kota`; of an employer its kind."""
    scale: str = ""
    section: str = ""
    npp: str = ""
    closed: bool = False


def competitor(subject: str, code: int) -> Competitor:
    """By its code of today or an employer's id; raises `InputError` naming successors, or that there is none."""
    if subject not in SUBJECTS:
        raise unknown_name(_("Yang dinilai"), subject, SUBJECTS)
    if subject == Subject.EMPLOYER:
        with everything_in_sight():
            found = next(iter(my_employers([code])), None)
        return firm(found, str(code))
    return _village(code) if subject == Subject.VILLAGE else _region(subject, code)


def by_npp(npp: str) -> Competitor:
    """A firm by its number; raises `InputError`."""
    with everything_in_sight():
        return firm(employer_by_npp(npp), npp)


def firm(found: Employer | None, asked: str) -> Competitor:
    """A firm as it stands; raises `InputError` for none, and for an employer that is no firm."""
    if found is None:
        raise InputError(
            _("Tidak ada perusahaan dengan nomor {number}.").format(number=asked), field="subject_code", value=asked,
            remedy=_("Periksa NPP-nya: delapan angka."),
        )  # fmt: skip
    if found.kind not in FIRMS:
        raise InputError(
            _("{name} bukan perusahaan, jadi tidak bersaing di kategori perusahaan.").format(name=found.name),
            field="subject_code", value=found.npp, remedy=_("Calonkan perusahaan atau usaha konstruksi."),
        )  # fmt: skip
    return Competitor(
        "employer", found.pk, found.name, _province(found.regency_code), code_of_today(found.regency_code), found.kind,
        found.scale, section_of(found.kbli), found.npp, found.closed_on is not None,
    )  # fmt: skip


def _province(regency_code: int) -> int:
    return regency(code_of_today(regency_code)).province_code


def _region(subject: str, code: int) -> Competitor:
    if subject == Subject.PROVINCE and code in PROVINCES:
        return Competitor("province", code, PROVINCES[code].name, code, None)
    if subject == Subject.REGENCY and code in REGENCIES:
        one = REGENCIES[code]
        return Competitor("regency", code, one.name, one.province_code, code, kind=one.kind.split()[0])
    after = code_of_today(code)
    if after != code:
        raise _ended(code, after)
    found = province(code) if subject == Subject.PROVINCE else regency(code)
    raise AssertionError(found)


def _ended(code: int, after: int) -> InputError:
    """What to say to a code that ended when its province was divided."""
    now = REGENCIES[after]
    return InputError(
        _("Kode {code} berakhir saat provinsinya dibagi pada 2022.").format(code=code), field="subject_code", value=code,
        remedy=_("Calonkan dengan kode penggantinya: {after} {name}, Provinsi {province}.").format(
            after=after, name=now.name, province=PROVINCES[now.province_code].name
        ),
    )  # fmt: skip


def _village(code: int) -> Competitor:
    name = places([code]).get(code) if len(str(code)) == VILLAGE_DIGITS else None
    inside = code // 1_000_000
    if code_of_today(inside) != inside and name is None:
        after = REGENCIES[code_of_today(inside)]
        raise InputError(
            _("Kode desa {code} memakai kode kabupaten yang berakhir pada 2022.").format(code=code),
            field="subject_code", value=code,
            remedy=_("Kabupatennya sekarang {after} {name}; cari kode desanya yang baru.").format(
                after=after.code, name=after.name
            ),
        )  # fmt: skip
    if name is None:
        raise InputError(
            _("Tidak ada desa dengan kode {code}.").format(code=code), field="subject_code", value=code,
            remedy=_("Tulis kode desa dengan sepuluh angka."),
        )  # fmt: skip
    regency_code = code_of_today(inside)
    return Competitor("village", code, name, _province(inside), regency_code)


# --- categories ---------------------------------------------------------------------------------------------------------


def misfit(category: Category, one: Competitor) -> str:
    """Why a category is not for somebody, in words; empty where it is."""
    if category.subject != one.subject:
        return _("Kategori ini untuk {subject}.").format(subject=_(SUBJECTS[category.subject]))
    wanted = {name: tuple(values) for name, values in category.only.items()}
    if "scale" in wanted and one.scale not in wanted["scale"]:
        return _("Untuk skala {wanted}; skala yang tercatat {mine}.").format(
            wanted=_listed(SCALES, wanted["scale"]), mine=_(SCALES.get(one.scale, one.scale))
        )
    if "section" in wanted and one.section not in wanted["section"]:
        told = _listed(SECTIONS, wanted["section"])
        if not one.section:
            return _("Untuk sektor {wanted}; KBLI perusahaan ini belum tercatat.").format(wanted=told)
        return _("Untuk sektor {wanted}; sektor yang tercatat {mine}.").format(wanted=told, mine=_(SECTIONS[one.section]))
    if "regency_kind" in wanted and one.kind not in wanted["regency_kind"]:
        return _("Kategori ini untuk {subject}.").format(subject=", ".join(wanted["regency_kind"]))
    return ""


def _listed(words: dict[str, str], names: Iterable[str]) -> str:
    return ", ".join(_(words.get(name, name)) for name in names)


def area_of(edition: Edition, category: Category, level: str, province_code: int) -> int:
    """The area of a contest in which somebody of a province competes: its province, its zone (1 to 5), or 0 for the nation."""
    area = category.stage(level).area
    if area == "province":
        return province_code
    return 0 if area == "nation" else list(edition.zones).index(edition.zone_of(province_code)) + 1
