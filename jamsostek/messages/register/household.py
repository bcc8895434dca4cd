"""How the people of a chunk live: relation, decile, status, occupation, disability, and texts as they are written."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.messages.register import words
from jamsostek.messages.register.frame import Bools, Frame, where
from jamsostek.messages.roster.choices import among
from jamsostek.messages.roster.people import is_covered_job

TEXTS = ("birth_place", "address", "occupation", "employment", "source_id", "village", "district", "regency")
_BROKEN = "\ufffd|[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_near = lru_cache(4_096)(partial(among, "disability_type"))
_HINTS = r"(?i)\b(meninggal|wafat|almarhum|almarhumah|tutup usia|pindah)\b"


class Household:
    """Reads everything but who a person is and where; all that can be wrong here is a warning."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        size = frame.size
        self.dead: Bools = np.zeros(size, dtype=np.bool_)
        self.moved: Bools = np.zeros(size, dtype=np.bool_)
        self.texts: dict[str, pa.StringArray] = {}

    def read(self) -> None:
        """Everything."""
        frame = self.frame
        for field in TEXTS:
            self.texts[field] = frame.texts(field)
        for field in ("hamlet", "note"):
            self.texts[field] = self._joined(field)
        self._note_broken()
        choice = words.choice
        self.relation = frame.values("relation", lambda cell: choice("relation", cell))
        self.marital = frame.values("marital", lambda cell: choice("marital", cell))
        self.decile = frame.values("decile", words.decile)
        self.income = frame.values("income", words.income)
        self.children = frame.values("children_school", words.children)
        self.woman_head = frame.values("woman_head", words.answer)
        self.disability = frame.values("disability", words.disability, detail=lambda cell: _near(str(cell)))
        self._read_status()
        self.asn = self._asn()

    def _joined(self, field: str) -> pa.StringArray:
        """The texts of all columns of a field: RT, RW and hamlet often have one each."""
        columns = [self.frame.clean(position) for position in self.frame.positions.get(field, ())]
        if len(columns) < 2:
            return self.frame.texts(field)
        joined = pc.binary_join_element_wise(*columns, " / ", null_handling="skip")
        return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)

    def _note_broken(self) -> None:
        for field, text in self.texts.items():
            broken = where(pc.match_substring_regex(text, _BROKEN)) if self.frame.has(field) else ()
            self.frame.note("text_broken", np.flatnonzero(broken), field)

    def _read_status(self) -> None:
        """Whether somebody lives here still, from the status and from what is noted."""
        frame = self.frame
        self.status = frame.values("civil_status", lambda cell: words.choice("civil_status", cell))
        for kind, value, hint in (("status_dead", "dead", self.dead), ("status_moved", "moved", self.moved)):
            hint[:] = np.fromiter((one == value for one in self.status), dtype=np.bool_, count=frame.size)
            frame.note(kind, np.flatnonzero(hint), "civil_status")
        notes = self.texts["note"]
        hinting = where(pc.match_substring_regex(notes, _HINTS)) if frame.has("note") else np.zeros(frame.size, dtype=np.bool_)
        said = {place: words.hint(notes[place].as_py()) for place in np.flatnonzero(hinting).tolist()}
        for kind, value, hint in (("status_dead", "dead", self.dead), ("status_moved", "moved", self.moved)):
            places = [place for place, one in said.items() if one == value and not hint[place]]
            frame.note(kind, places, "note")
            hint[places] = True

    def _asn(self) -> list[Any]:
        """Stated, or by the occupation; null where nothing is said."""
        frame = self.frame
        stated = frame.values("asn", words.answer)
        jobs = self.texts["occupation"]
        covered = [one for one in pc.unique(jobs).to_pylist() if one and is_covered_job(one)]
        if covered:
            places = np.flatnonzero(where(pc.is_in(jobs, value_set=pa.array(covered, pa.string()))))
            frame.note("asn_job", places, "occupation")
            for place in places.tolist():
                stated[place] = True
        for place in np.flatnonzero(frame.noted_at({"asn_nip"})).tolist():
            stated[place] = True
        return stated
