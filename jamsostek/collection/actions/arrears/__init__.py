"""Chasing what is owed: fines, agreements, sanctions, findings. A step that binds takes two people."""

from jamsostek.collection.actions.arrears.agreements import decide as decide_agreement
from jamsostek.collection.actions.arrears.agreements import end as end_agreement
from jamsostek.collection.actions.arrears.agreements import equal_parts, propose
from jamsostek.collection.actions.arrears.cases import close, decide_step, deliver, open_case, sign
from jamsostek.collection.actions.arrears.findings import compare, decide_finding, scan
from jamsostek.collection.actions.arrears.fines import assess, assess_late

__all__ = [
    "assess", "assess_late", "close", "compare", "decide_agreement", "decide_finding", "decide_step", "deliver",
    "end_agreement", "equal_parts", "open_case", "propose", "scan", "sign",
]  # fmt: skip
