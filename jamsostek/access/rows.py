"""Many rows of whole numbers and days out of and into the database as arrays, by PostgreSQL's binary COPY.

    rows = copy_out("SELECT participant_id, balance_rupiah FROM accounts_balance WHERE month = %s", [202512])
    rows["balance_rupiah"].sum()
    copy_in("accounts_balance_202601_1", {"month": ("int", 202601), "participant_id": ("bigint", rows["participant_id"]), ...})

Columns of one width and without nulls make every row as long as the next, so that the whole answer is one array. Row rules
hold for what is read; into a table that has them COPY cannot write (`bulk.insert_rows` can), into a leaf beside it, it can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connection
from psycopg.pq import DiagnosticField, ExecStatus

Rows: TypeAlias = npt.NDArray[Any]
"""A structured array: a field for each column, int16, int32, int64 or datetime64[D]."""
Column = tuple[str, "npt.ArrayLike"]
"""A type and the values; one value stands for every row."""

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
BLOCK = 65_536
"""Rows handed to the server at a time."""
_EPOCH = np.datetime64("2000-01-01", "D")
_DAY = "datetime64[D]"
_TYPES: dict[str, tuple[int, str, str]] = {
    "smallint": (21, ">i2", "i2"), "int": (23, ">i4", "i4"), "bigint": (20, ">i8", "i8"), "date": (1082, ">i4", _DAY),
}  # fmt: skip
"""Type -> its oid, how a value travels, and what it is here."""
_BY_OID = {oid: (wire, here) for oid, wire, here in _TYPES.values()}


def copy_out(sql: str, values: Sequence[Any] = ()) -> Rows:
    """The rows of a query as one array, in the query's order.

    `%s` in it take `values`. Every column is smallint, int, bigint or date and never null: another type or a null is a
    `ValueError`. Names come from code, not from people.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        text = psycopg.ClientCursor(connection.connection).mogrify(sql, list(values)).encode()
        names, oids = _columns(text)
        return _read(_copied(b"COPY (" + text + b") TO STDOUT (FORMAT binary)"), names, oids)


def _columns(text: bytes) -> tuple[list[str], list[int]]:
    """Names and types of what a query gives, without running it."""
    server = connection.connection.pgconn
    _raise_if(server.prepare(b"", text), ExecStatus.COMMAND_OK)
    told = _raise_if(server.describe_prepared(b""), ExecStatus.COMMAND_OK)
    names = [(told.fname(at) or b"").decode() for at in range(told.nfields)]
    oids = [told.ftype(at) for at in range(told.nfields)]
    strange = [name for name, oid in zip(names, oids, strict=True) if oid not in _BY_OID]
    if strange or len(set(names)) < len(names):
        raise ValueError(f"columns of {sorted(_TYPES)} with names of their own, not {strange or names}")
    return names, oids


def _copied(statement: bytes) -> bytearray:
    """What the server sends. Its own calls: the driver's loop over rows takes ten times as long."""
    server = connection.connection.pgconn
    _raise_if(server.exec_(statement), ExecStatus.COPY_OUT)
    found = bytearray()
    try:
        while True:
            size, data = server.get_copy_data(0)
            if size < 0:
                break
            found += data
    except BaseException:
        server.finish()  # what is still under way would be taken for the answer to the next question
        raise
    results = []
    while (result := server.get_result()) is not None:  # to the last one, also where one tells of an error
        results.append(result)
    for result in results:
        _raise_if(result, ExecStatus.COMMAND_OK)
    return found


def _raise_if(result: Any, wanted: ExecStatus) -> Any:
    if result.status != wanted:
        state = (result.error_field(DiagnosticField.SQLSTATE) or b"").decode()
        kind = psycopg.errors.lookup(state) if state else psycopg.OperationalError
        raise kind(result.get_error_message(), info=result)
    return result


def _wire(names: Sequence[str], kinds: Sequence[str]) -> np.dtype[Any]:
    """A row as it travels: the count of fields, then each field's length and value."""
    fields = [("fields", ">i2")]
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        fields += [(f"length {at}", ">i4"), (f"value {name}", kind)]
    return np.dtype(fields)


def _read(content: bytearray, names: Sequence[str], oids: Sequence[int]) -> Rows:
    kinds, own = [_BY_OID[oid][0] for oid in oids], [_BY_OID[oid][1] for oid in oids]
    form = _wire(names, kinds)
    count, rest = divmod(len(content) - len(SIGNATURE) - len(END), form.itemsize)
    seen = np.frombuffer(content, form, max(count, 0), len(SIGNATURE))
    _refuse_nulls(seen, names)
    if rest:
        raise ValueError(f"row {count + 1} holds a null")
    found = np.empty(count, np.dtype(list(zip(names, own, strict=True))))
    for name, kind in zip(names, own, strict=True):
        value = seen[f"value {name}"]
        found[name] = value.astype(np.int64) + _EPOCH if kind == _DAY else value
    return found


def _refuse_nulls(seen: Rows, names: Sequence[str]) -> None:
    """A null is shorter: the first one stands where it is looked for, and after it nothing does."""
    wrong = seen["fields"] != len(names)
    for at, name in enumerate(names):
        wrong |= seen[f"length {at}"] != seen.dtype[f"value {name}"].itemsize
    if wrong.any():
        raise ValueError(f"row {int(np.argmax(wrong)) + 1} holds a null")


def copy_in(table: str, columns: Mapping[str, Column], *, fresh: bool = False) -> int:
    """Copies rows into a table; returns how many. Names come from code, not from people.

    A day is a datetime64[D]. Values that do not fit their type are an `OverflowError`. `fresh`: the table was made in this
    transaction (and savepoint), so that its rows need no second visit to be marked as seen by everybody.
    """
    given = {name: np.asarray(values) for name, (_kind, values) in columns.items()}
    lengths = {len(one) for one in given.values() if one.ndim}
    if len(lengths) != 1:
        raise ValueError(f"columns of one length, not of {sorted(lengths)}")
    (count,) = lengths
    ready = {name: _ready(name, columns[name][0], values) for name, values in given.items()}
    form = _wire(list(columns), [_TYPES[kind][1] for kind, _values in columns.values()])
    connection.ensure_connection()
    told = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary{', FREEZE' if fresh else ''})"
    with connection.wrap_database_errors, connection.connection.cursor() as cursor, cursor.copy(told) as copy:
        copy.write(SIGNATURE)
        for start in range(0, count, BLOCK):
            copy.write(_block(form, ready, start, min(start + BLOCK, count)).tobytes())
        copy.write(END)
    return count


def _block(form: np.dtype[Any], columns: Mapping[str, npt.NDArray[np.int64]], start: int, end: int) -> Rows:
    block = np.empty(end - start, form)
    block["fields"] = len(columns)
    for at, (name, values) in enumerate(columns.items()):
        block[f"length {at}"] = form[f"value {name}"].itemsize
        block[f"value {name}"] = values[start:end] if values.ndim else values
    return block


def _ready(name: str, kind: str, values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """A column as whole numbers that fit its type."""
    if kind == "date":
        if values.dtype.kind != "M":
            values = values.astype(_DAY)
        values = values.astype(_DAY) - _EPOCH
    elif values.dtype.kind not in "iub":
        raise ValueError(f"{name}: whole numbers, not {values.dtype}")
    whole: npt.NDArray[np.int64] = values.astype(np.int64)
    room = np.iinfo(_TYPES[kind][1])
    if whole.size and (whole.min() < room.min or whole.max() > room.max):
        raise OverflowError(f"{name}: a value does not fit {kind}")
    return whole
