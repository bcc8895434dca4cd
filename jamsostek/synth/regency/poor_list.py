"""A poverty register of the regency as its villages send it: workers nobody covers, some members among them, some who died.

Who stands behind each row is known, so that what linkage finds can be counted. The clerks' mistakes are those of
`synth.register.spoil` without those that would make another number out of a NIK: here every number stays nobody's. Deciles,
occupations, disabilities and families are drawn; every share is an assumption and says nothing of a real list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.make import Regency
from jamsostek.synth.register import USUAL, spoil

ERRORS = replace(USUAL, nik_typo=0, nik_cut=0, nik_reissued=0, kk_typo=0, kk_other=0)
MEMBERS, DEAD = 350, 15
"""Of a thousand workers of the list whom nobody covers: so many members and so many dead are on it besides."""
SERVANTS, OTHER_SERVANTS = 4, 60
"""Of a thousand rows: a civil servant who should not be there; and how many more civil servants the office names."""
AGAIN = 20
"""Of a thousand rows: a second one of the same person."""
HOUSEHOLD = 3
"""People of the list who share a card, at most."""
DECILES = ((1, 30), (2, 28), (3, 22), (4, 12), (5, 5), (6, 3))
DISABLED, WOMAN_HEAD = 25, 120
DISABILITIES = (("fisik", 60), ("sensorik", 25), ("intelektual", 10), ("mental", 5))
CHILDREN = ((0, 45), (1, 28), (2, 19), (3, 8))
NOT_WORKING = 70
"""Of a thousand: the list says that they do not work."""
MEMBERS_WORK = (("Buruh harian lepas", 30), ("Petani", 25), ("Pedagang", 20), ("Karyawan swasta", 25))


@dataclass(frozen=True)
class PoorList:
    """Rows as the villages send them, in the columns of `COLUMNS`, and who stands behind each."""

    rows: pa.Table
    deaths: pa.Table
    """The civil register's list of who died in the regency."""
    servants: pa.Table
    """Civil servants who live there; some are on the list too."""
    truth: pa.Table
    """row int64; nik text, the true one; member bool: covered or not, they are in the registry; died bool; again bool: a
    second row of somebody; servant bool."""


COLUMNS = (
    "Nama Lengkap", "NIK", "Nomor KK", "Jenis Kelamin", "Tanggal Lahir", "Tempat Lahir", "Nama Ibu Kandung", "Kode Desa", "Desil",
    "Pekerjaan", "Penyandang Disabilitas", "Perempuan Kepala Keluarga", "Anak Sekolah", "Hubungan Keluarga",
)  # fmt: skip


def make_poor_list(regency: Regency) -> PoorList:
    """The same regency gives the same list."""
    draw = Draw(regency.seed, regency.regency_code, "poor list")
    clean = _people(draw, regency)
    spoiled = spoil(regency.seed, clean, ERRORS, purpose="regency")
    drawn = _drawn(draw, clean)
    servant = np.zeros(clean.num_rows, dtype=np.bool_)
    servant[draw.some(np.flatnonzero(clean["member"].to_numpy(zero_copy_only=False)), clean.num_rows * SERVANTS // 1_000)] = True
    rows = pa.table(dict(zip(COLUMNS, _columns(spoiled.register, clean, drawn), strict=True)))
    truth = pa.table(
        {
            "row": np.arange(1, clean.num_rows + 1), "nik": clean["nik"], "member": clean["member"], "died": clean["died"],
            "again": clean["again"], "servant": servant,
        }
    )  # fmt: skip
    people = regency["people"]
    died = people.filter(pc.and_(pc.equal(people["regency_code"], regency.regency_code), pc.is_valid(people["died_on"])))
    office = _some(draw, people, np.arange(people.num_rows), OTHER_SERVANTS)
    servants = pa.concat_tables([_short(clean.filter(pa.array(servant))), _short(office)])
    return PoorList(rows, _short(died), servants, truth)


def _short(people: pa.Table) -> pa.Table:
    """Names, numbers, sex, birth date: what an office hands over of people."""
    niks = [nik if isinstance(nik, str) else f"{nik:016d}" for nik in people["nik"].to_pylist()]
    sexes = ["L" if sex == "male" else "P" for sex in people["sex"].to_pylist()]
    born = [f"{day:%d/%m/%Y}" for day in people["birth_date"].to_pylist()]
    columns = [
        people["name"],
        *(pa.array(one, pa.string()) for one in (niks, sexes, born)),
        people["village_code"].cast(pa.int64()),
    ]
    return pa.table(dict(zip(("Nama", "NIK", "Jenis Kelamin", "Tanggal Lahir", "Kode Desa"), columns, strict=True)))


def _people(draw: Draw, regency: Regency) -> pa.Table:
    """Everybody of the list in the order in which the villages write them, with what `spoil` asks for."""
    free, people = regency["unregistered"], regency["people"]
    here = pc.and_(pc.is_valid(people["village_code"]), pc.equal(people["regency_code"], regency.regency_code))
    alive = np.flatnonzero(pc.and_(here, pc.is_null(people["died_on"])).to_numpy(zero_copy_only=False))
    dead = np.flatnonzero(pc.and_(here, pc.is_valid(people["died_on"])).to_numpy(zero_copy_only=False))
    count = free.num_rows
    parts = [
        _named(free, member=False, died=False, work=free["occupation"].to_pylist()),
        _named(_some(draw, people, alive, count * MEMBERS // 1_000), member=True, died=False, work=None, draw=draw),
        _named(_some(draw, people, dead, count * DEAD // 1_000), member=True, died=True, work=None, draw=draw),
    ]
    listed = pa.concat_tables(parts)
    again = draw.some(np.arange(listed.num_rows), listed.num_rows * AGAIN // 1_000)
    flag = np.zeros(listed.num_rows + len(again), dtype=np.bool_)
    flag[listed.num_rows :] = True
    both = pa.concat_tables([listed, listed.take(pa.array(again))]).append_column("again", pa.array(flag))
    ordered = both.take(pa.array(np.lexsort((draw.order(both.num_rows), both["village_code"].to_numpy()))))
    return _households(draw, ordered, regency.regency_code)


def _some(draw: Draw, people: pa.Table, places: Int64Array, count: int) -> pa.Table:
    return people.take(pa.array(draw.some(places, count)))


def _named(people: pa.Table, *, member: bool, died: bool, work: list[str] | None, draw: Draw | None = None) -> pa.Table:
    count = people.num_rows
    if work is None:
        assert draw is not None
        work = draw.among(count, MEMBERS_WORK)
    return pa.table(
        {
            "person": np.arange(count) + (10**6 if member else 0) + (10**6 if died else 0),
            "name": people["name"],
            "nik": pa.array([f"{nik:016d}" for nik in people["nik"].to_pylist()], pa.string()),
            "sex": people["sex"],
            "birth_date": people["birth_date"],
            "mother_name": people["mother_name"],
            "village_code": people["village_code"].cast(pa.int64()),
            "work": pa.array(work, pa.string()),
            "member": pa.array([member] * count, pa.bool_()),
            "died": pa.array([died] * count, pa.bool_()),
        }
    )


def _households(draw: Draw, people: pa.Table, regency: int) -> pa.Table:
    """Neighbours on the list share a card; its first is the head. A card's number is nobody's: its serial is 0000."""
    count = people.num_rows
    starts = draw.chance(count, 1_000 // 2)
    village = people["village_code"].to_numpy()
    starts[0] = True
    starts[1:] |= village[1:] != village[:-1]
    household = np.cumsum(starts) - 1
    head = np.flatnonzero(starts)[household]
    is_head = head == np.arange(count)
    far = np.arange(count) - head >= HOUSEHOLD
    household, is_head, head = (
        np.where(far, 10**6 + np.arange(count), household),
        is_head | far,
        np.where(far, np.arange(count), head),
    )
    niks = people["nik"].to_pylist()
    cards = [
        f"{regency:04d}{at % 60 + 1:02d}{at % 28 + 1:02d}{at % 12 + 1:02d}{at // 336 % 100:02d}0000" for at in household.tolist()
    ]
    columns = {
        "household": pa.array(household), "kk": pa.array(cards), "is_head": pa.array(is_head),
        "head_nik": pa.array([None if at == own else niks[at] for own, at in enumerate(head.tolist())], pa.string()),
        "birth_place": pa.nulls(count, pa.string()), "phone": pa.nulls(count, pa.string()),
    }  # fmt: skip
    for name, values in columns.items():
        people = people.append_column(name, values)
    return people


def _card(regency: int, household: int) -> str:
    day, month, year = household % 28 + 1, household % 12 + 1, household // 336 % 100
    return f"{regency:04d}{household % 60 + 1:02d}{day:02d}{month:02d}{year:02d}0000"


@dataclass(frozen=True)
class _Drawn:
    """What the list says of how people live, drawn."""

    decile: Int64Array
    disability: list[str]
    woman_head: list[str]
    children: Int64Array
    idle: Int64Array


def _drawn(draw: Draw, people: pa.Table) -> _Drawn:
    count = people.num_rows
    disabled = draw.chance(count, DISABLED)
    kinds = draw.among(count, DISABILITIES)
    woman = np.asarray(pc.equal(people["sex"], "female").to_numpy(zero_copy_only=False)) & draw.chance(count, WOMAN_HEAD)
    return _Drawn(
        decile=draw.numbers(count, DECILES),
        disability=[kind if one else "tidak" for kind, one in zip(kinds, disabled.tolist(), strict=True)],
        woman_head=["ya" if one else "tidak" for one in woman.tolist()],
        children=draw.numbers(count, CHILDREN),
        idle=np.flatnonzero(draw.chance(count, NOT_WORKING)),
    )


def _columns(register: pa.Table, clean: pa.Table, drawn: _Drawn) -> list[pa.Array]:
    work = clean["work"].to_pylist()
    for place in drawn.idle.tolist():
        work[place] = "Mengurus rumah tangga" if clean["sex"][place].as_py() == "female" else "Belum/Tidak Bekerja"
    sexes = [{"male": "L", "female": "P"}.get(sex or "", "") for sex in register["sex"].to_pylist()]
    born = ["" if day is None else f"{day:%d/%m/%Y}" for day in register["birth_date"].to_pylist()]
    relation = ["Kepala Keluarga" if head else "Famili Lain" for head in clean["is_head"].to_pylist()]
    return [
        register["name"], register["nik"], register["kk"], pa.array(sexes), pa.array(born), register["birth_place"],
        register["mother_name"], register["village_code"], pa.array(drawn.decile), pa.array(work), pa.array(drawn.disability),
        pa.array(drawn.woman_head), pa.array(drawn.children), pa.array(relation),
    ]  # fmt: skip
