"""A snapshot: what was measured at the frozen month, whose marks and evidence count, sealed in one file. Needs no database.

    found = read(path)                                        verified, or an error that names what is broken
    breaks = verify(path, evidence_folder, root=published)    everything that is broken, by name
    field = field_of(found, "regency_coverage", "province", 35)

The file is a ZIP whose members are stored as they are: the edition as it was written, tables as Parquet, for each table the
beginning of every row's digest, and the seal (`sealing` says of what the digests are). The root digest in the seal follows from
what the snapshot says alone: the same state has the same root wherever and whenever it is photographed.
"""

from __future__ import annotations

from jamsostek.awards.snapshot.fields import areas_of, field_of, mean_ppm, ratio_ppm
from jamsostek.awards.snapshot.files import Facts, Snapshot, packed, read, read_bytes
from jamsostek.awards.snapshot.schema import (
    ENTRIES,
    EVIDENCE,
    MARKS,
    Mark,
    columns_of,
    criteria_of,
    measures,
    table_of,
    tables_of,
)
from jamsostek.awards.snapshot.verifying import WHATS, Break, verify

__all__ = [
    "ENTRIES", "EVIDENCE", "MARKS", "WHATS", "Break", "Facts", "Mark", "Snapshot", "areas_of", "columns_of", "criteria_of",
    "field_of", "mean_ppm", "measures", "packed", "ratio_ppm", "read", "read_bytes", "table_of", "tables_of", "verify",
]  # fmt: skip
