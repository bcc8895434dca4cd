"""What a bank's notification or statement (camt.054, camt.053) says of transfers: which left, which came back.

The file is read by `bank.camt`, its money checked to the last rupiah; here only the entries of transfers are taken out:

- a debit with the number we gave (`EndToEndId`) is a transfer that left;
- a credit with that number that says it is a return (`RtrInf`, `RvslInd`, family code `RRTN`) is one that came back.

All other entries are passed over: contributions, fees, interest are the statement's business. A batch that was booked as one
debit gives its transfers without amounts where its details have none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from jamsostek.messages.bank.camt import Element, read_camt
from jamsostek.messages.bank.pages import statement_of
from jamsostek.messages.bank.references import Draft, bank_reference
from jamsostek.messages.bank.texts import clean, fold, unfold
from jamsostek.messages.payout.problems import Problem, of_statement
from jamsostek.messages.payout.records import RETURNED, SETTLED, Answer, Outcome
from jamsostek.messages.payout.xml import account, first, given, money, node, text, texts, total, write_document

VERSION = "camt.054.001.08"
_RETURN = "RRTN"
_REASON_WIDTH = 105
_WIB = dt.timezone(dt.timedelta(hours=7))


def read_notification(content: bytes) -> Answer:
    """The answer, for bytes we trust; a stranger's: `reader.read_answer`. Raises `FileUnreadable`."""
    taken = _Taken()
    pages, format = read_camt(content, taken.take)
    statement = statement_of(pages, format)
    return Answer(
        kind=format,
        message_id=statement.statement_id,
        original_message_id=taken.batches.pop() if len(taken.batches) == 1 else "",
        status="",
        outcomes=tuple(taken.outcomes),
        problems=(*map(of_statement, statement.problems), *taken.twice()),
    )


class _Taken:
    """The transfers among the entries."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.batches: set[str] = set()

    def take(self, entry: Element, drafts: list[Draft]) -> None:
        """An entry, and the movements it became: one for each detail, or one for all."""
        details = list(entry.iterfind("{*}NtryDtls/{*}TxDtls"))
        if len(drafts) == len(details):
            for detail, draft in zip(details, drafts, strict=True):
                self._add(entry, detail, draft, draft.amount_rupiah)
        else:  # booked as one, or a detail of nothing among them: no amount is sure to be this transfer's
            for detail in details:
                self._add(entry, detail, drafts[0], None)

    def _add(self, entry: Element, detail: Element, draft: Draft, amount: int | None) -> None:
        id, back = given(text(detail, "Refs/EndToEndId")), _is_return(entry, detail)
        if not id or draft.credit != back:
            return
        self.batches.add(given(text(detail, "Refs/MsgId")) or given(text(entry, "NtryDtls/Btch/MsgId")))
        reason = first(detail, "RtrInf")
        self.outcomes.append(
            Outcome(
                end_to_end_id=id,
                status=RETURNED if back else SETTLED,
                reason_code=text(reason, "Rsn/Cd") or text(reason, "Rsn/Prtry"),
                reason=unfold(texts(reason, "AddtlInf"), _REASON_WIDTH),
                reference=bank_reference(text(detail, "Refs/AcctSvcrRef")) or draft.reference,
                booked_on=draft.booked_on,
                amount_rupiah=amount,
            )
        )

    def twice(self) -> list[Problem]:
        """Transfers that the bank debited more than once."""
        debits = Counter(one.end_to_end_id for one in self.outcomes if one.status == SETTLED)
        return [Problem("settled_twice", None, "EndToEndId", id) for id, count in debits.items() if count > 1]


def _is_return(entry: Element, detail: Element) -> bool:
    """Whether the entry takes a transfer back."""
    families = {text(one, "BkTxCd/Domn/Fmly/SubFmlyCd") for one in (entry, detail)}
    reversal = text(entry, "RvslInd") in ("true", "1")
    return reversal or _RETURN in families or first(detail, "RtrInf") is not None


# --- written ----------------------------------------------------------------------------------------------------------


def write_camt054(answer: Answer, account_number: str, day: dt.date) -> bytes:
    """The notification of a day, as a bank would write it. Raises ValueError for what moved no money."""
    if any(outcome.status not in (SETTLED, RETURNED) or outcome.amount_rupiah is None for outcome in answer.outcomes):
        raise ValueError("a notification tells only money that moved")
    made = dt.datetime.combine(day, dt.time(23, 59, 59), _WIB).isoformat()
    header = node("GrpHdr", node("MsgId", answer.message_id), node("CreDtTm", made))
    begun = dt.datetime.combine(day, dt.time(), _WIB).isoformat()
    head = (
        node("Id", answer.message_id),
        node("CreDtTm", made),
        node("FrToDt", node("FrDtTm", begun), node("ToDtTm", made)),
        account("Acct", account_number),
        _summary(answer.outcomes),
    )
    rows = (_entry(outcome, outcome.booked_on or day, answer.original_message_id) for outcome in answer.outcomes)
    return write_document(VERSION, "BkToCstmrDbtCdtNtfctn", [header], "Ntfctn", head, rows)


def _summary(outcomes: Sequence[Outcome]) -> Element:
    def counted(name: str, *statuses: str) -> Element:
        amounts = [outcome.amount_rupiah or 0 for outcome in outcomes if outcome.status in statuses]
        return node(name, node("NbOfNtries", str(len(amounts))), node("Sum", total(sum(amounts))))

    return node(
        "TxsSummry",
        counted("TtlNtries", SETTLED, RETURNED),
        counted("TtlCdtNtries", RETURNED),
        counted("TtlDbtNtries", SETTLED),
    )


def _entry(outcome: Outcome, day: dt.date, batch: str) -> Element:
    """One entry with one detail."""
    back = outcome.status == RETURNED
    mark = node("CdtDbtInd", "CRDT" if back else "DBIT")
    rupiah = outcome.amount_rupiah or 0
    family = node("Fmly", node("Cd", "ICDT"), node("SubFmlyCd", _RETURN if back else "DMCT"))
    detail = node(
        "TxDtls",
        node("Refs", node("MsgId", batch) if batch else None, node("EndToEndId", outcome.end_to_end_id)),
        money("Amt", rupiah),
        node("CdtDbtInd", mark.text),
        _return(outcome) if back else None,
    )
    return node(
        "Ntry",
        money("Amt", rupiah),
        mark,
        node("Sts", node("Cd", "BOOK")),
        node("BookgDt", node("Dt", day.isoformat())),
        node("ValDt", node("Dt", day.isoformat())),
        node("AcctSvcrRef", outcome.reference) if outcome.reference else None,
        node("BkTxCd", node("Domn", node("Cd", "PMNT"), family)),
        node("NtryDtls", detail),
    )


def _return(outcome: Outcome) -> Element:
    lines = [node("AddtlInf", line) for line in fold(clean(outcome.reason), _REASON_WIDTH)]
    return node("RtrInf", node("Rsn", node("Cd", outcome.reason_code)) if outcome.reason_code else None, *lines)
