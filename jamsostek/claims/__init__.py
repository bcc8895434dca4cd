"""Claims: from the worst day of a family to money in the account.

What is promised: every amount comes from the law's own rules over facts that say where they are from; a decision needs two
people, above a limit three; what is owed is written once and paid once; nothing is called paid that the bank has not settled;
a point of law that is not settled goes to a human with both readings, and is never a silent refusal (ADR 19).
"""
