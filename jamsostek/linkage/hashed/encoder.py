"""People in written columns turned into codes, on their owner's machine."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.linkage.hashed.fields import Part, blocks_of, parts_of
from jamsostek.linkage.hashed.keys import checked_agreement, checked_key, secret_for
from jamsostek.linkage.hashed.layout import BITS, BLOCK_BYTES, CLK_BYTES, CODE_BYTES, FILTER, checked_more, schema_of
from jamsostek.linkage.normalise import normalise

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
_AT_ONCE = 50_000
"""Records taken together: their bits stay in the processor's cache."""


class Encoder:
    """What one owner's key and agreement make of records; features that were hashed once are remembered."""

    def __init__(self, key: bytes, agreement: str, more: Iterable[str] = ()) -> None:
        self.key, self.agreement, self.more = checked_key(key), checked_agreement(agreement), checked_more(more)
        self.schema = schema_of(self.key, self.agreement, self.more)
        self._places: dict[str, dict[str, npt.NDArray[np.uint16]]] = {}

    def table(self, people: pa.Table) -> pa.Table:
        """The codes of people, row for row."""
        pieces = [self._piece(people.slice(at, _AT_ONCE)) for at in range(0, people.num_rows, _AT_ONCE)]
        return pa.Table.from_batches(pieces, schema=self.schema)

    def _piece(self, people: pa.Table) -> pa.RecordBatch:
        normal = normalise(people)
        columns = [
            row_codes(normal["unique_id"], self.key, agreement=self.agreement),
            self._hashed("nik", normal["nik"], CODE_BYTES),
            self._clk(normal),
            *(self._block(name, normal, of) for name, of in blocks_of(self.more).items()),
        ]
        return pa.record_batch(columns, schema=self.schema)

    def _hashed(self, purpose: str, texts: pa.Array | pa.ChunkedArray, size: int) -> pa.Array:
        return hashed(texts, secret_for(self.key, self.agreement, purpose), size)

    def _block(self, name: str, normal: pa.Table, of: tuple[str, ...]) -> pa.Array:
        texts = [normal[column].combine_chunks().cast(pa.string()) for column in of]
        return self._hashed(f"block {name}", pc.binary_join_element_wise(*texts, "|"), BLOCK_BYTES)

    def _clk(self, normal: pa.Table) -> pa.Array:
        """A Bloom filter of all parts, its halves folded onto each other by XOR."""
        bits = np.zeros((normal.num_rows, FILTER // 64), dtype=np.uint64)
        for part in parts_of(self.more):
            self._set(bits, part, part.texts(normal))
        bits = bits[:, : BITS // 64] ^ bits[:, BITS // 64 :]
        return pa.FixedSizeBinaryArray.from_buffers(pa.binary(CLK_BYTES), len(bits), [None, pa.py_buffer(bits.tobytes())])

    def _set(self, bits: Words, part: Part, texts: pa.Array) -> None:
        """Sets the bits of a part: of each different text once, then of every record that has it."""
        flat = pc.list_flatten(texts) if pa.types.is_list(texts.type) else texts.drop_null()
        rows = pc.list_parent_indices(texts) if pa.types.is_list(texts.type) else pc.indices_nonzero(pc.is_valid(texts))
        if not len(flat):
            return
        coded = flat.dictionary_encode()
        masks = self._masks(part, coded.dictionary.to_pylist())
        rows, starts = np.unique(rows.to_numpy(), return_index=True)
        bits[rows] |= np.bitwise_or.reduceat(masks[coded.indices.to_numpy()], starts, axis=0)

    def _masks(self, part: Part, texts: list[str]) -> Words:
        """The bits of each text."""
        secret = secret_for(self.key, self.agreement, f"part {part.name}")
        known = self._places.setdefault(part.name, {})
        flags = np.zeros((len(texts), FILTER), dtype=np.bool_)
        for row, text in enumerate(texts):
            for feature in part.explode(text):
                if feature not in known:
                    known[feature] = _places(secret, feature, part.hashes)
                flags[row, known[feature]] = True
        return np.packbits(flags, axis=1).view(np.uint64)


def row_codes(ids: pa.Array | pa.ChunkedArray, key: bytes, *, agreement: str) -> pa.Array:
    """The codes that stand for an owner's rows: with the ids beside them, the way back, to be kept by the owner."""
    return hashed(ids.cast(pa.string()), secret_for(key, checked_agreement(agreement), "row"), CODE_BYTES)


def hashed(texts: pa.Array | pa.ChunkedArray, secret: bytes, size: int) -> pa.Array:
    """HMAC-SHA-256 of each text, its first bytes; null for null."""
    digest = hmac.digest
    codes = [None if text is None else digest(secret, text.encode(), "sha256")[:size] for text in texts.to_pylist()]
    return pa.array(codes, pa.binary(size))


def encode(people: pa.Table, key: bytes, *, agreement: str, more: Iterable[str] = ()) -> pa.Table:
    """The codes of people in `WRITTEN` columns, sorted by code so that their order tells nothing.

    `more` names fields that the agreement adds: `mother`, `card`, `phone`. Raises InputError for a key, an agreement or a
    field that is none.
    """
    table = Encoder(key, agreement, more).table(people)
    return table.take(pc.sort_indices(table["code"].cast(pa.binary())))


def _places(secret: bytes, feature: str, hashes: int) -> npt.NDArray[np.uint16]:
    drawn = np.frombuffer(hmac.digest(secret, feature.encode(), "sha512"), dtype="<u2")
    return drawn[:hashes] % FILTER
