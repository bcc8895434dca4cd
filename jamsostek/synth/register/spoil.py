"""A clean list of people made into a clerk's list, and what was done to each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.assumptions import SEXES
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.names import FEMALE, MALE
from jamsostek.synth.regency.schema import said
from jamsostek.synth.register import misdated, misnamed, misnumbered
from jamsostek.synth.register.errors import Errors
from jamsostek.synth.register.households import age_of
from jamsostek.synth.register.people import TITLES
from jamsostek.synth.register.places import near

_PREFIXES = ("KAB. ", "Kab ", "Kota ", "KOTA ")
_NOT_GIVEN = r"^(?:\S*\.|mu?o?ha?mm?ad|mochamad|a[ck]?h?mad|abdul|cut|i gede|i made|i wayan|i nyoman|i ketut|i) "
"""What stands before the given name."""
_GENERATION_DAYS = 16 * 365


@dataclass(frozen=True)
class Spoiled:
    """The list, row by row as the people came in, and the states of its NIKs, dates, names and villages."""

    register: pa.Table
    """row, name, nik, kk, sex, birth_date, birth_place, mother_name, phone, village_code."""
    states: pa.Table
    """row, person, nik_state, date_state, name_state, moved."""


def spoil(seed: int, people: pa.Table, errors: Errors, *, purpose: str = "register") -> Spoiled:
    """What clerks with these `errors` write of `people`; the same arguments give the same bytes, two purposes different ones.

    Columns of `people`: person, household int64; name text; nik, kk text?; sex text (male, female); birth_date date32;
    birth_place, mother_name, phone text?; village_code int64?; is_head bool; head_nik text?. A person may come twice; mistakes
    are drawn for each row. NIKs are sixteen digits and of invented districts. Raises KeyError for a missing column.
    """
    people = people.combine_chunks()
    nik, nik_state = misnumbered.wrong_niks(_draw(seed, purpose, "niks"), people, errors)
    days = people["birth_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    day, date_state = misdated.wrong_dates(_draw(seed, purpose, "dates"), days, errors)
    sex = np.where(pc.equal(people["sex"], SEXES[FEMALE]).to_numpy(), FEMALE, MALE)
    name, name_state = _names(seed, purpose, people, sex, days, errors)
    village, moved = _villages(_draw(seed, purpose, "villages"), people["village_code"].combine_chunks(), errors)
    row = np.arange(1, people.num_rows + 1)
    register = pa.table(
        {
            "row": row,
            "name": name,
            "nik": nik,
            "kk": misnumbered.wrong_cards(_draw(seed, purpose, "cards"), people["kk"].combine_chunks(), errors),
            "sex": _sexes(_draw(seed, purpose, "sexes"), sex, errors),
            "birth_date": _dates(day, date_state == misdated.DATE_STATES.index("missing")),
            "birth_place": _birthplaces(_draw(seed, purpose, "birth places"), people["birth_place"].combine_chunks(), errors),
            "mother_name": _mothers(seed, purpose, people, errors),
            "phone": misnumbered.wrong_phones(_draw(seed, purpose, "phones"), people, errors),
            "village_code": village,
        }
    )
    states = pa.table(
        {
            "row": row,
            "person": people["person"],
            "nik_state": said(nik_state, misnumbered.NIK_STATES),
            "date_state": said(date_state, misdated.DATE_STATES),
            "name_state": said(name_state, misnamed.STATES),
            "moved": moved,
        }
    )
    return Spoiled(register, states)


def _draw(seed: int, purpose: str, column: str) -> Draw:
    return Draw(seed, 0, f"spoil {purpose} {column}")


def _dates(day: Int64Array, missing: Bools) -> pa.Array:
    return pa.array(np.where(missing, 0, day).astype(np.int32), mask=missing).cast(pa.date32())


def _names(
    seed: int, purpose: str, people: pa.Table, sex: Int64Array, days: Int64Array, errors: Errors
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    draw = _draw(seed, purpose, "names")
    bearers = misnamed.Bearers(sex == MALE, age_of(days), _fathers(draw, people, sex, days))
    done = misnamed.misnamed(draw, people["name"].combine_chunks(), bearers, errors)
    return _cased(_draw(seed, purpose, "cases"), done.name, people["village_code"], errors), done.state


def _fathers(draw: Draw, people: pa.Table, sex: Int64Array, days: Int64Array) -> pa.Array:
    """Given names of fathers: the head's, if he is a man and a generation older, else any man's."""
    plain = pc.replace_substring_regex(people["name"].combine_chunks(), TITLES, "")
    given = pc.replace_substring_regex(pc.utf8_lower(plain), _NOT_GIVEN, "")
    first = pc.replace_substring_regex(given, " .*$", "")
    men = np.flatnonzero(sex == MALE)
    if not len(men):
        return pa.nulls(len(first), pa.string())
    anybody = men[draw.whole(len(first), 0, len(men) - 1)]
    heads = misnumbered.heads_of(people)
    head = np.maximum(heads, 0)
    is_father = (heads >= 0) & (sex[head] == MALE) & (days - days[head] > _GENERATION_DAYS)
    return first.take(pa.array(np.where(is_father, head, anybody)))


def _mothers(seed: int, purpose: str, people: pa.Table, errors: Errors) -> pa.Array:
    """Mothers' names with mistakes of their own, or nothing."""
    draw = _draw(seed, purpose, "mothers")
    names = people["mother_name"].combine_chunks()
    missing = pa.array(draw.chance(len(names), errors.mother_missing))
    names = pc.if_else(missing, None, names)
    bearers = misnamed.Bearers(np.zeros(len(names), dtype=np.bool_), np.full(len(names), 50), pa.nulls(len(names), pa.string()))
    return _cased(
        _draw(seed, purpose, "cases"), misnamed.misnamed(draw, names, bearers, errors).name, people["village_code"], errors
    )


def _cased(draw: Draw, names: pa.Array, village: pa.ChunkedArray, errors: Errors) -> pa.Array:
    """Capitals throughout in most villages, the card's way elsewhere; untidy clerks change their mind or use small letters."""
    codes, place = np.unique(village.combine_chunks().fill_null(0).to_numpy(zero_copy_only=False), return_inverse=True)
    upper = draw.chance(len(codes), errors.upper_case)[place] ^ draw.chance(len(names), errors.untidy // 2)
    names = pc.if_else(pa.array(upper), pc.utf8_upper(names), names)
    return pc.if_else(pa.array(~upper & draw.chance(len(names), errors.untidy // 2)), pc.utf8_lower(names), names)


def _sexes(draw: Draw, sex: Int64Array, errors: Errors) -> pa.Array:
    count = len(sex)
    written = said(sex ^ draw.chance(count, errors.sex_wrong), SEXES)
    return pc.if_else(pa.array(draw.chance(count, errors.sex_missing)), None, written)


def _birthplaces(draw: Draw, places: pa.Array, errors: Errors) -> pa.Array:
    """Half of the wrong ones are another place, half the same with what it is before its name."""
    count = len(places)
    wrong, other = draw.chance(count, errors.birth_place_wrong), draw.chance(count, 500)
    source = np.where(wrong & other, draw.whole(count, 0, max(count - 1, 0)), np.arange(count))
    written = places.take(pa.array(source))
    prefix = said(draw.whole(count, 0, len(_PREFIXES) - 1), _PREFIXES)
    written = pc.if_else(pa.array(wrong & ~other), pc.binary_join_element_wise(prefix, written, ""), written)
    written = pc.if_else(pa.array(draw.chance(count, 500)), pc.utf8_upper(written), written)
    return pc.if_else(pa.array(draw.chance(count, errors.birth_place_missing)), None, written)


def _villages(draw: Draw, village: pa.Array, errors: Errors) -> tuple[pa.Array, Bools]:
    """Villages, some another one where people of the list live, some missing; and who moved."""
    count = len(village)
    codes = village.fill_null(0).to_numpy(zero_copy_only=False)
    known = np.unique(codes[codes > 0])
    moved = np.flatnonzero((codes > 0) & draw.chance(count, errors.moved))
    within = near(draw, codes[moved], known, 1_000_000)
    homes = codes[codes > 0]
    anywhere = homes[draw.whole(len(moved), 0, len(homes) - 1)] if len(homes) else within
    new = codes.copy()
    new[moved] = np.where(draw.chance(len(moved), 500), within, anywhere)
    missing = (codes == 0) | draw.chance(count, errors.village_missing)
    return pa.array(new, mask=missing), new != codes
