"""Codes of two owners compared by a third party, who has no key: same, ask, or different for every record of the register."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.linkage.decide import ASK, BETWEEN, DIFFERENT, NAMES_DIFFER, SAME, TWO_PEOPLE
from jamsostek.linkage.hashed.files import checked_codes
from jamsostek.linkage.hashed.layout import CODE_BYTES, block_names, told
from jamsostek.linkage.hashed.pairs import Bits, Floats, Pairs, Rows, candidates, dice, numbers_of
from jamsostek.linkage.hashed.weigh import GUARD, ONE_PERSON, Evidence, chances, log_odds

BY_NIK, BY_LIKENESS = "nik", "alike"
"""How a member was found."""
SURE, LEAST = 0.99, 1 / 3
"""Chances from which two records are the same, and from which a person is asked; as in the clear-text linkage."""
_APART = 3 * np.log(2.0)
"""A second person nearer than this to the first is a question (3 bits)."""
_MATCHES = {
    "version": N_("versi kode"),
    "agreement": N_("perjanjian"),
    "key": N_("kunci (sidik jari)"),
    "fields": N_("kolom yang dikodekan"),
    "more": N_("kolom tambahan"),
}
RESULT = pa.schema([
    pa.field("code", pa.binary(CODE_BYTES), nullable=False),
    pa.field("outcome", pa.string(), nullable=False),
    pa.field("how", pa.string()),
    pa.field("reason", pa.string()),
    pa.field("member_code", pa.binary(CODE_BYTES)),
    pa.field("dice", pa.float64()),
    pa.field("chance", pa.float64()),
])  # fmt: skip


def link_codes(register: pa.Table, members: pa.Table) -> pa.Table:
    """One row a register code, in its order: `RESULT`. `how`, `member_code`, `dice` and `chance` are null where different.

    `outcome` is same, ask or different; `reason` says why to ask: between, names_differ (the NIK is equal, nearly nothing
    else), two_people. `chance` is the model's own estimate. Raises InputError where a table is no table of codes, or where
    the two are of different agreements, keys, versions or fields.
    """
    checked_codes(register)
    checked_codes(members)
    _refuse_strangers(register.schema, members.schema)
    bits, of_members = numbers_of(register["clk"]), numbers_of(members["clk"])
    pairs = candidates(register, members)
    alike = dice(bits, of_members, pairs.left, pairs.right)
    both = _known(register)[pairs.left] & _known(members)[pairs.right]
    seen = Evidence(pairs, alike, block_names(register.schema), both)
    odds = log_odds(seen, of_members)
    return _decided(register["code"], members, seen, odds, of_members)


def _refuse_strangers(one: pa.Schema, other: pa.Schema) -> None:
    """Raises InputError where two tables of codes cannot be compared."""
    for name, shown in _MATCHES.items():
        if told(one, name) != told(other, name):
            raise InputError(
                _("Kedua berkas kode berbeda {what}: {one!r} dan {other!r}.").format(
                    what=_(shown), one=told(one, name), other=told(other, name)
                ),
                field=name,
                remedy=_("Kedua pemilik harus membuat kode dengan perjanjian, kunci, versi, dan kolom yang sama."),
            )


def _known(codes: pa.Table) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.is_valid(codes["nik"]).to_numpy())


def _decided(code: pa.ChunkedArray, members: pa.Table, seen: Evidence, odds: Floats, of_members: Bits) -> pa.Table:
    """The best member of each record, and what to do with it."""
    best, doubtful = _ranked(seen.pairs, odds, of_members)
    chance = chances(odds[best])
    same_nik = seen.same_nik[best]
    names_differ = same_nik & (seen.alike[best] < GUARD)
    reason = np.full(len(best), None, dtype=object)
    reason[chance < SURE] = BETWEEN
    reason[doubtful] = TWO_PEOPLE
    reason[names_differ] = NAMES_DIFFER
    told = (chance >= LEAST) | names_differ
    best, row = best[told], seen.pairs.left[best[told]]
    outcome = np.full(len(code), DIFFERENT, dtype=object)
    outcome[row] = np.where(reason[told] == None, SAME, ASK)  # noqa: E711 - each of an array
    place = np.full(len(code), -1)
    place[row] = np.arange(len(row))
    columns = {
        "how": pa.array(np.where(same_nik[told], BY_NIK, BY_LIKENESS), pa.string()),
        "reason": pa.array(reason[told], pa.string()),
        "member_code": members["code"].take(pa.array(seen.pairs.right[best])).combine_chunks(),
        "dice": pa.array(seen.alike[best]),
        "chance": pa.array(chance[told]),
    }
    where = pa.array(place, mask=place < 0)
    taken = {name: column.take(where) for name, column in columns.items()}
    return pa.table({"code": code, "outcome": pa.array(outcome, pa.string()), **taken}).cast(RESULT)


def _ranked(pairs: Pairs, odds: Floats, of_members: Bits) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """The likeliest pair of each record, and whether another person is nearly as likely."""
    order = np.lexsort((pairs.right, -odds, pairs.left))
    left = pairs.left[order]
    is_first = np.diff(left, prepend=-1) > 0
    best = order[is_first]
    first_of = best[np.cumsum(is_first) - 1]
    close = np.flatnonzero(~is_first & (odds[order] > odds[first_of] - _APART))
    close = close[chances(odds[first_of[close]]) >= LEAST]
    one, other = pairs.right[first_of[close]], pairs.right[order[close]]
    others = close[dice(of_members, of_members, one, other) < ONE_PERSON]
    doubtful = np.isin(pairs.left[best], left[others])
    return best, doubtful
