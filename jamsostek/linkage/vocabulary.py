"""Words in and around Indonesian names that say nothing of who somebody is, and short forms of those that do."""

from __future__ import annotations

BEFORE = frozenset({
    "h", "hj", "haji", "hajah", "hajjah", "kh", "ky", "kyai", "kiai", "ust", "ustad", "ustadz", "ustadzah", "tgk", "dr", "drg",
    "drh", "drs", "dra", "ir", "prof", "r", "rr", "rm", "rd", "ra", "raden", "tn", "ny", "nn", "bpk", "bapak", "bp", "ibu", "sdr",
    "sdri", "alm", "almh", "almarhum", "almarhumah", "pdt", "rev",
})  # fmt: skip
"""Dropped before a name, never inside or behind it: there they are names and initials."""
BEHIND = frozenset({
    "sh", "se", "st", "sp", "skom", "spd", "spdi", "sag", "ssos", "sip", "ssi", "stp", "sth", "sthi", "shi", "skm", "skep",
    "sfarm", "spt", "spsi", "sstp", "sap", "mm", "mh", "msi", "mpd", "mpdi", "mkom", "mkes", "mba", "mt", "mag", "msc", "mhum",
    "map", "mp", "amd", "amk", "amkep", "amdkeb", "amdkep", "ners", "phd", "alm", "almh", "almarhum", "almarhumah", "cpns", "ak",
    "apt",
})  # fmt: skip
"""Degrees and marks dropped behind a name."""
FIRST = {"m": "muhammad", "st": "siti"}
BETWEEN = frozenset({"bin", "binti", "bt", "binte"})
SHORT = {
    "abd": "abdul", "abdl": "abdul", "abdoel": "abdul", "sitti": "siti", "sti": "siti", "nr": "nur", "noor": "nur", "nor": "nur",
    "noer": "nur", "akh": "ahmad", "ach": "ahmad", "achmat": "ahmad", "akhmat": "ahmad", "ahmat": "ahmad", "ahamad": "ahmad",
    "ahmed": "ahmad", "mhd": "muhammad", "md": "muhammad", "muhd": "muhammad",
}  # fmt: skip
CARRIERS = frozenset({"muhammad", "siti", "abdul", "nur", "sri", "ahmad"})
"""Names so frequent that they say little about who somebody is."""
