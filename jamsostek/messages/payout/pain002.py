"""The bank's answer to an order: ISO 20022 pain.002, versions 03 to 15 read, 10 written.

What it says of a block holds for its transfers that say nothing of themselves, and what it says of the group for its
blocks; `PART` says nothing of any one. A transfer that is named twice must be told the same twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from jamsostek.messages.bank.amounts import plain_rupiah
from jamsostek.messages.bank.camt import Element
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY
from jamsostek.messages.bank.texts import clean, fold, unfold
from jamsostek.messages.payout import pain001
from jamsostek.messages.payout.outcomes import Outcomes
from jamsostek.messages.payout.problems import Problem
from jamsostek.messages.payout.records import (
    ACCEPTED,
    PAIN002,
    PARTIAL,
    PENDING,
    REJECTED,
    SETTLED,
    Answer,
    Outcome,
    status_of,
)
from jamsostek.messages.payout.refusals import missing, not_an_answer, wrong_version
from jamsostek.messages.payout.xml import (
    elements,
    first,
    given,
    message_of,
    money,
    name_of,
    needed,
    node,
    text,
    texts,
    write_document,
)

VERSION = "pain.002.001.10"
_KNOWN = re.compile(r"pain\.002\.001\.(0[3-9]|1[0-5])")
_MEANINGS = {
    **dict.fromkeys(("ACTC", "ACCP", "ACSP", "ACWC"), ACCEPTED),
    **dict.fromkeys(("RCVD", "PDNG", "ACWP", "PATC", "ACFC"), PENDING),
    **dict.fromkeys(("RJCT", "CANC"), REJECTED),
    **dict.fromkeys(("ACSC", "ACCC"), SETTLED),
    "PART": PARTIAL,
}
"""ISO 20022 ExternalPaymentTransactionStatus1Code: taken, still waiting for somebody, refused, paid."""
_CODES = {ACCEPTED: "ACCP", PENDING: "PDNG", REJECTED: "RJCT", SETTLED: "ACSC", PARTIAL: "PART"}
_REASON_WIDTH = 105


def read_pain002(content: bytes) -> Answer:
    """The answer, for bytes we trust; a stranger's: `reader.read_answer`. Raises `FileUnreadable`."""
    called = message_of(content)
    if not _KNOWN.fullmatch(called):
        raise wrong_version(called, VERSION) if called.startswith("pain.002.") else not_an_answer(called)
    report = _Report()
    for element in elements(content, called, "GrpHdr", "OrgnlGrpInfAndSts", "TxInfAndSts", "OrgnlPmtInfAndSts"):
        report.take(element)
    return report.answer()


@dataclass
class _Report:
    """What was read so far; elements that outlive the stream are copies."""

    header: Element | None = None
    group: Element | None = None
    blocks: list[Element] = field(default_factory=list)
    outcomes: Outcomes = field(default_factory=Outcomes)
    rejected: int = 0
    rows: int = 0

    def take(self, element: Element) -> None:
        """One element as it ends."""
        name = name_of(element)
        if name == "TxInfAndSts":
            self.rows += 1
            self._transfer(element)
        elif name == "GrpHdr":
            self.header = deepcopy(element)
        elif name == "OrgnlGrpInfAndSts":
            self.group = deepcopy(element)
        else:
            self.blocks.append(deepcopy(element))

    def _transfer(self, element: Element) -> None:
        id, written = given(text(element, "OrgnlEndToEndId")), self._status_written(element)
        status = _MEANINGS.get(written, "")
        if not id:
            self.outcomes.tell("transfer_unnamed", self.rows, "OrgnlEndToEndId", "")
        elif status in ("", PARTIAL):
            self.outcomes.tell("status_unknown", self.rows, "TxSts", written)
        else:
            self.rejected += status == REJECTED
            self.outcomes.add(self.rows, _outcome(element, id, status, self._amount(element)))

    def _status_written(self, element: Element) -> str:
        """The status of a transfer: its own, that of its block, that of the group."""
        return text(element, "TxSts") or text(element.getparent(), "PmtInfSts") or text(self.group, "GrpSts")

    def _amount(self, element: Element) -> int | None:
        """The amount, where it is told in whole rupiah."""
        written = first(element, "OrgnlTxRef/Amt/InstdAmt")
        if written is None:
            return None
        try:
            if written.get("Ccy") != CURRENCY:
                raise Unread("amount_not_told", "InstdAmt", f"{written.get('Ccy')} {written.text}")
            return plain_rupiah(written.text or "", "InstdAmt")
        except Unread as unread:
            self.outcomes.tell("amount_not_told", self.rows, "InstdAmt", unread.value)
            return None

    def answer(self) -> Answer:
        """The whole. Raises `FileUnreadable` where the head is missing."""
        if self.header is None or self.group is None:
            raise missing("GrpHdr" if self.header is None else "OrgnlGrpInfAndSts")
        self._check_rejected()
        reasoned = next((one for one in (self.group, *self.blocks) if first(one, "StsRsnInf") is not None), None)
        code, words = _reason(reasoned)
        status = self._status()
        return Answer(
            kind=PAIN002,
            message_id=needed(self.header, "MsgId"),
            original_message_id=needed(self.group, "OrgnlMsgId"),
            status=status,
            outcomes=self.outcomes.believed,
            problems=tuple(self.outcomes.problems),
            reason_code=code,
            reason=words,
        )

    def _status(self) -> str:
        """As the group says, else as its blocks say, else as its transfers fare."""
        group = text(self.group, "GrpSts")
        if group:
            return self._known(group, "GrpSts")
        blocks = [self._known(written, "PmtInfSts") for one in self.blocks if (written := text(one, "PmtInfSts"))]
        return status_of(blocks or (outcome.status for outcome in self.outcomes.believed))

    def _known(self, written: str, field: str) -> str:
        if written not in _MEANINGS:
            self.outcomes.tell("status_unknown", None, field, written)
        return _MEANINGS.get(written, "")

    def _check_rejected(self) -> None:
        """Where the bank says how many it refuses and names some, it must name them all."""
        counted = [_rejected(self.group)] if _rejected(self.group) is not None else list(map(_rejected, self.blocks))
        declared = sum(one or 0 for one in counted)
        if self.rows and declared > self.rejected:
            detail = {"expected": declared, "counted": self.rejected}
            self.outcomes.problems.append(Problem("rejected_unnamed", None, "NbOfTxsPerSts", str(declared), detail))


def _rejected(element: Element | None) -> int | None:
    """How many transfers an element says are refused."""
    for one in element.iterfind("{*}NbOfTxsPerSts") if element is not None else ():
        written = text(one, "DtldNbOfTxs")
        if text(one, "DtldSts") == "RJCT" and re.fullmatch(r"[0-9]{1,15}", written):
            return int(written)
    return None


def _outcome(element: Element, id: str, status: str, amount: int | None) -> Outcome:
    code, words = _reason(element)
    reference = given(text(element, "AcctSvcrRef")) or given(text(element, "ClrSysRef"))
    return Outcome(id, status, code, words, reference, None, amount)


def _reason(element: Element | None) -> tuple[str, str]:
    """The first reason's code, and all that is said of it."""
    code = text(element, "StsRsnInf/Rsn/Cd") or text(element, "StsRsnInf/Rsn/Prtry")
    return code, unfold(texts(element, "StsRsnInf/AddtlInf"), _REASON_WIDTH)


# --- written ----------------------------------------------------------------------------------------------------------


def write_pain002(answer: Answer, made_at: dt.datetime) -> bytes:
    """The answer as a bank would give it. Raises ValueError for a return, which only a notification can tell."""
    statuses = Counter(outcome.status for outcome in answer.outcomes)
    if any(status not in _CODES for status in statuses):
        raise ValueError("a pain.002 cannot say that money came back")
    header = node("GrpHdr", node("MsgId", answer.message_id), node("CreDtTm", made_at.isoformat()))
    group = node(
        "OrgnlGrpInfAndSts",
        node("OrgnlMsgId", answer.original_message_id),
        node("OrgnlMsgNmId", pain001.VERSION),
        node("GrpSts", _CODES[answer.status]) if answer.status else None,
        *_reasons(answer.reason_code, answer.reason),
        *(
            node("NbOfTxsPerSts", node("DtldNbOfTxs", str(statuses[status])), node("DtldSts", code))
            for status, code in _CODES.items()
            if statuses[status]
        ),
    )
    block = (
        node("OrgnlPmtInfId", answer.original_message_id),
        *([node("PmtInfSts", _CODES[answer.status])] if answer.status else []),
    )
    rows = (_row(outcome, number) for number, outcome in enumerate(answer.outcomes, 1))
    return write_document(VERSION, "CstmrPmtStsRpt", [header, group], "OrgnlPmtInfAndSts", block, rows)


def _row(outcome: Outcome, number: int) -> Element:
    amount = outcome.amount_rupiah
    return node(
        "TxInfAndSts",
        node("StsId", str(number)),
        node("OrgnlEndToEndId", outcome.end_to_end_id),
        node("TxSts", _CODES[outcome.status]),
        *_reasons(outcome.reason_code, outcome.reason),
        node("AcctSvcrRef", outcome.reference) if outcome.reference else None,
        node("OrgnlTxRef", node("Amt", money("InstdAmt", amount))) if amount is not None else None,
    )


def _reasons(code: str, words: str) -> list[Element]:
    lines = [node("AddtlInf", line) for line in fold(clean(words), _REASON_WIDTH)]
    return [node("StsRsnInf", node("Rsn", node("Cd", code)) if code else None, *lines)] if code or lines else []
