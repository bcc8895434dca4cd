"""Tables of the month."""

from jamsostek.collection.models.arrears import (
    Agreed,
    Agreement,
    Case,
    Finding,
    Fine,
    ForeignList,
    Instalment,
    Listed,
    Step,
)
from jamsostek.collection.models.bills import Bill, BillLine, LawUsed, Part, Void
from jamsostek.collection.models.payments import (
    Allocation,
    Bounce,
    FreeMoney,
    Match,
    Payment,
    Receipt,
    Refund,
    Statement,
    StatementRow,
)
from jamsostek.collection.models.reassessment import Reassessment, ReassessmentItem
from jamsostek.collection.models.reports import Report, ReportAnswer, ReportChange, ReportFile, ReportFlag
from jamsostek.collection.models.runs import Run, RunRegion

__all__ = [
    "Agreed", "Agreement", "Allocation", "Bill", "BillLine", "Bounce", "Case", "Finding", "Fine", "ForeignList", "FreeMoney",
    "Instalment", "LawUsed", "Listed", "Match", "Part", "Payment", "Reassessment", "ReassessmentItem", "Receipt", "Refund",
    "Report", "ReportAnswer", "ReportChange", "ReportFile", "ReportFlag", "Run", "RunRegion", "Statement", "StatementRow",
    "Step", "Void",
]  # fmt: skip
