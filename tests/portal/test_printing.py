"""Pages on paper, drawn while others draw theirs."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from jamsostek.messages.letter import Letter, Part, draw_letter_pdf

DAY = dt.date(2026, 11, 22)


def test_several_people_may_print_at_once() -> None:
    letter = Letter("3283 0135", DAY, "22 November 2026", ["PT Contoh"], [Part("id", "Rekening iuran 2026")])

    def draw(_at: int) -> bytes:
        return draw_letter_pdf(letter)

    with ThreadPoolExecutor(4) as people:
        found = list(people.map(draw, range(40)))
    assert found == [draw_letter_pdf(letter)] * 40
