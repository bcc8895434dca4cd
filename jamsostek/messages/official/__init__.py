"""A government's letter on paper: letterhead, number, subject, addressee, text, signature, copies."""

from jamsostek.messages.official.draw import Official, Sheet, draw_official_pdf

__all__ = ["Official", "Sheet", "draw_official_pdf"]
