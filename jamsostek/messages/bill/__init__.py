"""A bill on paper: payer, payment code with its QR code, amount in figures and words, programmes, due days, small print.

`draw.BillFace` is what one bill says, `draw.draw_bills_pdf` sets any number of them as one document, a page each; `words.spelled`
writes whole rupiah in words. Bytes and text in and out: no clock, no database.
"""
