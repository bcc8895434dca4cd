"""The door of the law: rules by name, inputs checked once, arrays in, arrays out.

A rule is a function `f(law, **arrays) -> dict of arrays` marked `@rule`. Arrays are int64 (money in whole rupiah, days since
1970-01-01, months YYYYMM, choices as positions in the vocabulary). One person is an array of one; rows of several months are
split by the law in force, so no rule ever branches on a date.
"""

from jamsostek.law.engine.arrays import NO_DATE, NONE, RISK_CLASSES, SCALES, Array, Outputs, Ragged
from jamsostek.law.engine.inputs import Choice, Choices, Date, Flag, Input, Money, Month, Nik, Records, Share, Whole
from jamsostek.law.engine.outputs import Output
from jamsostek.law.engine.rules import RULES, Rule, get_rule, rule
from jamsostek.law.engine.run import calculate, calculate_many, compute, moment, one_person, present_row

__all__ = [
    "NONE", "NO_DATE", "RISK_CLASSES", "RULES", "SCALES", "Array", "Choice", "Choices", "Date", "Flag", "Input", "Money",
    "Month", "Nik", "Output", "Outputs", "Ragged", "Records", "Rule", "Share", "Whole", "calculate", "calculate_many",
    "compute", "get_rule", "moment", "one_person", "present_row", "rule",
]  # fmt: skip
