"""What somebody writes as occupation: which kind of work, how risky by the law's own classes, and whether it is work at all.

Registers write freely ("Buruh tani/perkebunan", "PETANI PENGGARAP", "Ojek online"). A text that is not known here is work of no
known risk. Risk is the JKK class of the line of the annex of PP 82/2019 that comes nearest (`registry.industries`): for an
order of who comes first, never for a contribution, which for those who work for themselves does not ask for a class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from jamsostek.core.text import N_

CLASSES = ("very_low", "low", "medium", "high", "very_high")
"""JKK risk classes, from 1 to 5."""


@dataclass(frozen=True)
class Work:
    """A kind of work. `words` is a regular expression on folded text; `annex` the line of PP 82/2019, class then number."""

    key: str
    title: str
    words: str
    annex: str
    group: str = ""
    """What money that may pay only for some calls it (`outreach.plan.Source.only`)."""


NONE = "none"
"""Written, but not work."""
_NOT_WORK = (
    r"(belum|tidak|tdk|blm)( /? ?(tidak|belum))? (be)?kerja|penganggur|mengurus rumah|ibu rumah|rumah tangga$|\birt\b|pelajar|"
    r"mahasiswa|pensiun|sekolah\b"
)
KINDS = (
    Work("palm", N_("Pekebun dan buruh sawit"), r"sawit", "2.5", "palm"),
    Work("tobacco", N_("Petani dan buruh tembakau"), r"tembakau|rokok|cengkeh", "2.3", "tobacco"),
    Work("fisher", N_("Nelayan"), r"nelayan|melaut|\babk\b|anak buah kapal", "4.20"),
    Work("fish_farmer", N_("Pembudi daya ikan"), r"petambak|tambak|budi ?daya ikan|perikanan", "3.6"),
    Work("livestock", N_("Peternak"), r"ternak", "1.19"),
    Work("forest", N_("Pekerja hutan"), r"hutan|penebang|penderes|penyadap", "3.2"),
    Work("farmer", N_("Petani dan buruh tani"), r"tani\b|petani|pekebun|perkebunan|penggarap|berkebun|sawah", "2.1"),
    Work("driver", N_("Pengemudi"), r"ojek|ojol|supir|sopir|pengemudi|becak|kurir|angkot|kusir", "4.10"),
    Work("builder", N_("Pekerja bangunan"), r"bangunan|tukang (batu|kayu|cat|las)|kuli|konstruksi", "5.5"),
    Work("miner", N_("Penambang"), r"tambang(?! ikan)|penambang|pasir|galian", "5.16"),
    Work("market", N_("Pedagang"), r"pedagang|dagang|warung|jualan|kios|asongan|toko", "1.8"),
    Work("food", N_("Pengolah makanan"), r"katering|warteg|kue|tempe|tahu\b|makanan", "3.27"),
    Work("sewing", N_("Penjahit"), r"jahit|konveksi|bordir|batik|tenun", "1.1"),
    Work("craft", N_("Perajin"), r"rajin|anyam|mebel|ukir|gerabah", "3.44"),
    Work("domestic", N_("Pekerja rumah tangga"), r"asisten rumah|pembantu|\bprt\b|\bart\b", ""),
    Work("scavenger", N_("Pemulung"), r"pemulung|rongsok|sampah", ""),
    Work("religious", N_("Guru mengaji dan pengurus rumah ibadah"), r"ngaji|marbot|imam|ustad|pendeta|pastor|pemangku", ""),
    Work("cadre", N_("Kader dan pengurus RT/RW"), r"kader|posyandu|\brt\b|\brw\b|linmas|hansip", ""),
    Work("honorary", N_("Tenaga honorer"), r"honor", ""),
    Work("labourer", N_("Buruh lepas"), r"buruh|serabutan|harian lepas|pekerja lepas|freelance", ""),
)  # fmt: skip
"""The first whose words are in the text; what pays only for some stands before what is wider."""
OTHER = Work("other", N_("Pekerjaan lain"), "", "")
BY_KEY = {one.key: one for one in (*KINDS, OTHER)}
GROUPS = {one.group: one.title for one in KINDS if one.group}


@cache
def kind_of(text: str) -> str:
    """The key of a written occupation: one of `KINDS`, `other`, `none` where it says that somebody does not work, or ''."""
    folded = re.sub(r"[\s_.\-]+", " ", text.casefold().replace("/", " / ")).strip()
    folded = re.sub(r" / ", " ", folded)
    if not folded or folded in ("0", "none", "null", "tidak ada"):
        return ""
    if re.search(_NOT_WORK, folded) and not re.search(r"asisten|pembantu|pekerja rumah|\bguru\b", folded):
        return NONE
    return next((one.key for one in KINDS if re.search(one.words, folded)), OTHER.key)


@cache
def risk_of(key: str) -> int | None:
    """1 to 5, or None where the annex has no line that comes near."""
    annex = BY_KEY[key].annex if key in BY_KEY else ""
    return int(annex.partition(".")[0]) if annex else None


def works(occupation: str | None, employment: str | None) -> bool | None:
    """Whether somebody works: their status says it, or else what they do; None where neither does."""
    said = (kind_of(text) for text in (employment, occupation) if text and not text.strip().isdigit())
    first = next((one for one in said if one), None)
    return None if first is None else first != NONE


def columns(occupation: list[str | None], employment: list[str | None]) -> dict[str, pa.Array]:
    """For a list: `works`, `occupation` (a key, or null) and `occupation_risk`."""
    kinds = [kind_of(text or "") for text in occupation]
    return {
        "works": pa.array([works(*pair) for pair in zip(occupation, employment, strict=True)], pa.bool_()),
        "occupation": pa.array([kind if kind not in ("", NONE) else None for kind in kinds], pa.string()),
        "occupation_risk": pa.array([risk_of(kind) for kind in kinds], pa.int8()),
    }
