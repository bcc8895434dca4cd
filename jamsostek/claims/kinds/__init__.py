"""What each kind of claim asks, holds against the law, and computes: one module a kind, all of one shape (`base.KindOf`)."""

from __future__ import annotations

from jamsostek.claims.choices import Kind
from jamsostek.claims.kinds import jht, jkk, jkm, jkp, jp, scholarship
from jamsostek.claims.kinds.base import KindOf

OF: dict[Kind, KindOf] = {
    Kind.JKK: jkk.KIND,
    Kind.JKM: jkm.KIND,
    Kind.JHT: jht.FULL,
    Kind.JHT_PARTIAL: jht.PARTIAL,
    Kind.JP_OLD_AGE: jp.OLD_AGE,
    Kind.JP_DISABILITY: jp.DISABILITY,
    Kind.JP_SURVIVOR: jp.SURVIVOR,
    Kind.JKP: jkp.KIND,
    Kind.SCHOLARSHIP: scholarship.KIND,
}

__all__ = ["OF", "KindOf"]
