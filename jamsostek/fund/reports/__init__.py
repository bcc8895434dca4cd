"""Reports of the funds: a programme's month, and all funds' year for members.

    statement   balances and changes of a month from the ledger, beside the month before and the same month of the year before
    held        what is held: classes, issuers, maturities; limits; cover; yields
    yearly      the year of every fund, in and out
    building    parts in order, made once each, in a job where the books are long

A part is plain data: whole rupiah, codes, dates as text, so that it is kept as it was and its digest can be reckoned by anyone.
"""
