"""The design for Indonesian registers: what is compared, from measurement on synthetic ones (docs/adr/0020-linkage.md).

Five comparisons, each one fact about a person: NIK, name, birth date, sex, and household with place. Siblings share family
card, mother, village and phone: counted apart they would make a brother the same person, so they are one comparison. A NIK
that differs in a digit or two says nothing: neighbours born on one day differ as little.
"""

from __future__ import annotations

from jamsostek.linkage.model import ELSE, Comparison, Design, Level
from jamsostek.linkage.usual import USUAL_M, USUAL_U

NIK, NAME, BORN, SEX, HOME, ORIGIN = "nik", "name", "born", "sex", "home", "origin"


_NIK = Comparison(NIK, (
    Level("unknown", "nik_l IS NULL OR nik_r IS NULL", says_nothing=True),
    Level("same", "nik_l = nik_r", u=-0.001),  # one in a thousand pairs of equal own NIK is two people
    Level("cut", "nik15_l = nik15_r AND (nik_cut_l OR nik_cut_r)", m=0.015, u=0.015 / 2**4.3),
    Level("near", "levenshtein(nik_l, nik_r) <= 2", says_nothing=True),
    Level("other", ELSE),
))  # fmt: skip
_NAME = Comparison(NAME, (
    Level("unknown", "name_l IS NULL OR name_r IS NULL", says_nothing=True),
    Level("same", "name_l = name_r OR name_joined_l = name_joined_r", rare_by="name"),
    Level("core", "core_l = core_r", rare_by="core"),
    Level("nearly", "alike(name_l, name_r) >= 0.94 OR alike(core_l, core_r) >= 0.94"),
    Level("first", "first_l = first_r", rare_by="first"),
    Level("last", "last_l = last_r OR first_l = last_r OR last_l = first_r", rare_by="last"),
    Level("part", "share(words_l, words_r) OR alike(name_l, name_r) >= 0.85 OR alike(core_l, core_r) >= 0.85"),
    Level("sounds", "skeleton_l = skeleton_r OR alike(name_l, name_r) >= 0.75"),
    Level("other", ELSE),
))  # fmt: skip
_DEFAULT = "(born_x_l IS NULL OR born_x_r IS NULL)"
_BORN = Comparison(BORN, (
    Level("unknown", "born_l IS NULL OR born_r IS NULL", says_nothing=True),
    Level("same", "born_x_l = born_x_r"),
    Level("same_default", "born_l = born_r"),
    Level("slip", f"NOT {_DEFAULT} AND (born_swapped_l = born_r OR levenshtein(born_l, born_r) = 1)"),
    Level("year_default", f"year_l = year_r AND {_DEFAULT}"),
    Level("year", "year_l = year_r"),
    Level("next_year_default", f"abs(year_l - year_r) = 1 AND {_DEFAULT}"),
    Level("years_default", f"abs(year_l - year_r) <= 3 AND {_DEFAULT}"),
    Level("near", "abs(year_l - year_r) <= 2 OR substr(born_l, 5, 4) = substr(born_r, 5, 4)"),
    Level("other", ELSE),
))  # fmt: skip
_SEX = Comparison(SEX, (
    Level("unknown", "sex_l IS NULL OR sex_r IS NULL", says_nothing=True),
    Level("same", "sex_l = sex_r"),
    Level("other", ELSE),
))  # fmt: skip
_MOTHER = "(mother_l = mother_r OR mother_first_l = mother_first_r OR alike(mother_l, mother_r) >= 0.9)"
_NO_MOTHER = "(mother_l IS NULL OR mother_r IS NULL)"
_HOME = Comparison(HOME, (
    Level(
        "unknown",
        f"(village_l IS NULL OR village_r IS NULL) AND {_NO_MOTHER} AND (kk_l IS NULL OR kk_r IS NULL)"
        " AND (phone_l IS NULL OR phone_r IS NULL)",
        says_nothing=True,
    ),
    Level("card_mother", f"kk_l = kk_r AND {_MOTHER}", rare=True),
    Level("card", f"kk_l = kk_r AND {_NO_MOTHER}", rare=True),
    Level("card_other_mother", "kk_l = kk_r", rare=True),
    Level("pointed", "holds(family_r, pointer_l) OR holds(family_l, pointer_r)", rare=True),
    Level("phone", f"phone_l = phone_r AND (village_l = village_r OR {_MOTHER})", rare=True),
    Level("village_mother", f"village_l = village_r AND {_MOTHER}", rare=True),
    Level("phone_only", "phone_l = phone_r", rare=True),
    Level("regency_mother", f"regency_l = regency_r AND {_MOTHER}"),
    Level("mother", _MOTHER),
    Level("village", f"village_l = village_r AND {_NO_MOTHER}"),
    Level("village_other_mother", "village_l = village_r"),
    Level("district", f"district_l = district_r AND {_NO_MOTHER}"),
    Level("district_other_mother", "district_l = district_r"),
    Level("regency", f"regency_l = regency_r AND {_NO_MOTHER}"),
    Level("regency_other_mother", "regency_l = regency_r"),
    Level("elsewhere", _NO_MOTHER),
    Level("elsewhere_other_mother", ELSE),
))  # fmt: skip
_ORIGIN = Comparison(ORIGIN, (
    Level(
        "unknown",
        "birth_place_l IS NULL OR birth_place_r IS NULL OR coalesce(kk_l = kk_r, false) OR coalesce(phone_l = phone_r, false)"
        " OR coalesce(regency_l = regency_r, false)",
        says_nothing=True,  # neighbours were mostly born in one place
    ),
    Level("same", "birth_place_l = birth_place_r", rare_by="birth_place"),
    Level("nearly", "alike(birth_place_l, birth_place_r) >= 0.9"),
    Level("other", ELSE),
))  # fmt: skip
_BLOCKING = {
    "nik15": "l.nik15 = r.nik15",
    "born_skeleton": "l.born_x = r.born_x AND l.skeleton = r.skeleton",
    "born_village": "l.born_x = r.born_x AND l.village = r.village",
    "skeleton_village": "l.skeleton = r.skeleton AND l.village = r.village AND l.sex = r.sex",
    "name_regency_year": "l.name = r.name AND l.regency = r.regency AND l.year = r.year",
    "name_birthplace_year": "l.name = r.name AND l.birth_place = r.birth_place AND l.year = r.year",
    "name_born": "l.name = r.name AND l.born = r.born AND l.sex = r.sex",
    "rare_name_year": "l.rare_name = r.rare_name AND l.year = r.year",
    "rare_name_regency": "l.rare_name = r.rare_name AND l.regency = r.regency",
    "card": "l.kk = r.kk AND l.sex = r.sex",
    "mother_skeleton": "l.mother_skeleton = r.mother_skeleton AND l.skeleton = r.skeleton AND l.regency = r.regency",
    "mother_year": "l.mother = r.mother AND l.year = r.year AND l.sex = r.sex AND l.regency = r.regency",
    "village_year": "l.village = r.village AND l.year = r.year AND l.sex = r.sex",
    "nik_tail": "l.nik_tail = r.nik_tail AND l.regency = r.regency",
    "born_last": "l.born_x = r.born_x AND l.last = r.last AND l.sex = r.sex",
    "phone": "l.phone = r.phone AND l.sex = r.sex",
}
"""Never a birth date alone, never a default date."""

INDONESIA = Design(
    comparisons=(_NIK, _NAME, _BORN, _SEX, _HOME, _ORIGIN),
    blocking=_BLOCKING,
    anchor="l.nik = r.nik AND (l.first = r.first OR l.skeleton = r.skeleton OR l.born = r.born)",
    anchor_number="nik",
    learn_in=(
        "l.nik = r.nik",
        "l.name = r.name AND l.born_x = r.born_x",
        "l.village = r.village AND l.born_x = r.born_x",
        "l.village = r.village AND l.core = r.core",
    ),
    rare_in={
        HOME: "l.village = r.village"
        " ; l.kk = r.kk AND l.village IS DISTINCT FROM r.village"
        " ; l.phone = r.phone AND l.village IS DISTINCT FROM r.village AND l.kk IS DISTINCT FROM r.kk"
    },
    usual_m=USUAL_M,
    usual_u=USUAL_U,
    rare_differ="NOT coalesce(nik_l = nik_r, false) AND coalesce(year_l <> year_r, true) AND coalesce(first_l <> first_r, true)",
)
