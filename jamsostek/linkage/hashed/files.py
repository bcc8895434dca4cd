"""Codes as Parquet: written by owners in steady memory, read with suspicion by whoever compares them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.linkage.hashed.encoder import Encoder
from jamsostek.linkage.hashed.layout import BITS, VERSION, columns_of, told, told_more, with_rows
from jamsostek.linkage.hashed.pairs import numbers_of
from jamsostek.linkage.normalise import WRITTEN

_BATCH = 50_000
_MEMORY = "256MB"
_FULLEST = BITS * 3 // 4
"""No person sets so many bits; codes that do would be alike to everybody."""


def write_codes(codes: pa.Table, path: Path) -> None:
    """Writes codes of `encode`. Raises InputError where they are none."""
    checked_codes(codes)
    _write(codes.schema, codes.num_rows, codes.to_batches(), path)


def read_codes(path: Path) -> pa.Table:
    """The codes of a file. Raises InputError where it is none, or not as it was written."""
    try:
        with pq.ParquetFile(path) as file:
            _checked_schema(file.schema_arrow)
            if told(file.schema_arrow, "rows") != str(file.metadata.num_rows):
                raise _no_codes(_("Jumlah baris {path} tidak seperti yang tercatat di dalamnya.").format(path=path))
            codes = file.read()
    except (pa.ArrowException, OSError) as error:
        raise _no_codes(_("{path} tidak dapat dibaca sebagai Parquet.").format(path=path)) from error
    checked_codes(codes)
    return codes


def checked_codes(codes: pa.Table) -> None:
    """Raises InputError where a table is no table of codes: its columns, its lengths, double codes, too many bits."""
    _checked_schema(codes.schema)
    for name in ("code", "clk"):
        if codes[name].null_count:
            raise _no_codes(_("Kolom {name} kosong di {rows} baris.").format(name=name, rows=codes[name].null_count), name)
    if pc.count_distinct(codes["code"].cast(pa.binary())).as_py() != codes.num_rows:
        raise _no_codes(_("Ada baris dengan kode yang sama."), "code")
    if np.bitwise_count(numbers_of(codes["clk"])).sum(axis=1, dtype=np.int64).max(initial=0) > _FULLEST:
        raise _no_codes(_("Ada kode yang bitnya terlalu penuh untuk seorang manusia."), "clk")


def encode_file(source: Path, target: Path, key: bytes, *, agreement: str, more: Iterable[str] = ()) -> int:
    """Encodes a Parquet file of `WRITTEN` columns, sorted by code, in steady memory; gives how many records.

    Raises InputError for a wrong key, agreement or field, and for a source that cannot be read, lacks `id` or has one twice.
    """
    encoder = Encoder(key, agreement, more)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="codes-") as folder:
        unsorted = Path(folder) / "unsorted.parquet"
        rows = 0
        with pq.ParquetWriter(unsorted, encoder.schema) as writer:
            for people in _people(source):
                writer.write_table(encoder.table(people))
                rows += people.num_rows
        _write(encoder.schema, rows, _by_code(unsorted, Path(folder), encoder.schema), target)
    return rows


def _people(source: Path) -> Iterator[pa.Table]:
    """The written records of a file, some at a time."""
    try:
        with pq.ParquetFile(source) as file:
            names = [name for name in WRITTEN if name in file.schema_arrow.names]
            for batch in file.iter_batches(_BATCH, columns=names):
                people = pa.Table.from_batches([batch])
                if "id" not in names or people["id"].null_count:
                    raise InputError(_("Setiap baris {path} harus punya id.").format(path=source), field="id")
                yield people.cast(pa.schema([(name, WRITTEN[name]) for name in names]))
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            _("{path} tidak dapat dibaca: {why}").format(path=source, why=type(error).__name__),
            remedy=_("Baca daftar dengan `jamsostek link` lebih dahulu, supaya kolomnya seperti yang diharapkan."),
        ) from error


def _by_code(path: Path, folder: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The records of a file in the order of their codes, which tells nothing of the order they came in."""
    last = b""
    with duckdb.connect() as con:
        con.execute(f"SET memory_limit = '{_MEMORY}'").fetchall()
        con.execute("SET threads = 1").fetchall()
        con.execute(f"SET temp_directory = '{folder}'").fetchall()
        for batch in con.read_parquet(str(path)).order("code").to_arrow_reader(_BATCH):
            codes = batch.column("code").cast(pa.binary())
            if pc.count_distinct(codes).as_py() != len(codes) or codes[0].as_py() == last:
                raise InputError(_("Ada id yang sama di dua baris."), field="id", remedy=_("Beri setiap baris nomor sendiri."))
            last = codes[-1].as_py()
            yield pa.record_batch(
                [column.cast(pa.binary()).cast(field.type) for column, field in zip(batch, schema, strict=True)], schema=schema
            )


def _write(schema: pa.Schema, rows: int, batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Whole or not at all."""
    whole = with_rows(schema, rows)
    beside = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(beside, whole, compression="zstd", use_dictionary=False) as writer:
            for batch in batches:
                writer.write_batch(batch.cast(whole) if batch.schema != whole else batch)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _checked_schema(schema: pa.Schema) -> None:
    """Raises InputError where columns, kinds or version are not those of codes."""
    if told(schema, "version") != VERSION:
        raise _no_codes(
            _("Versi kode {seen!r} tidak dikenal; yang dibaca versi {wanted}.").format(
                seen=told(schema, "version"), wanted=VERSION
            )
        )
    wanted = columns_of(told_more(schema))
    for name in [*wanted.names, *schema.names]:
        if name not in wanted.names or name not in schema.names or schema.field(name).type != wanted.field(name).type:
            raise _no_codes(_("Kolom {name} tidak seperti yang diharapkan.").format(name=name), name)
    if schema.names != wanted.names or not told(schema, "agreement") or not told(schema, "key"):
        raise _no_codes(_("Urutan kolom atau keterangan berkas kode tidak lengkap."))


def _no_codes(message: str, field: str | None = None) -> InputError:
    return InputError(message, field=field, remedy=_("Minta pemilik daftar membuat ulang berkas kodenya."))
