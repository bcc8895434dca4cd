"""The receipt of a claim on paper: its number, days, what is next, and a code that leads to where it is tracked.

`draw_receipt_pdf` sets one page. It holds no NIK and no name: whoever finds it learns nothing of a person. Bytes out.
"""

from jamsostek.messages.receipt.draw import Receipt, draw_receipt_pdf

__all__ = ["Receipt", "draw_receipt_pdf"]
