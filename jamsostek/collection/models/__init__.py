"""Tables of the month."""

from jamsostek.collection.models.bills import Bill, BillLine, LawUsed, Part, Void
from jamsostek.collection.models.payments import Allocation, Payment, Refund
from jamsostek.collection.models.reassessment import Reassessment, ReassessmentItem

__all__ = ["Allocation", "Bill", "BillLine", "LawUsed", "Part", "Payment", "Reassessment", "ReassessmentItem", "Refund", "Void"]
