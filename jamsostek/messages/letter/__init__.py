"""Letters and accounts on paper: A4, tagged, one language after the other or a single one."""

from jamsostek.messages.letter.draw import Letter, Part, Table, draw_letter_pdf

__all__ = ["Letter", "Part", "Table", "draw_letter_pdf"]
