"""Limits of investment: by class, issuer and group, of the law and of the board; what a trade would do to each of them.

    rules       what is limited, as data/limits.yaml has it, with article, source and grade
    measure     how far holdings stand from limits (pure)
    checking    before and after a trade

A breach is counted by whoever checks or settles: `sum(one.breach for one in findings_after(…))`.
"""

from jamsostek.fund.limits.checking import Finding, findings_after

__all__ = ["Finding", "findings_after"]
