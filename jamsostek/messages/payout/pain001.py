"""The order: ISO 20022 pain.001.001.09, one payment block, each transfer booked by itself so that each can be found again.

- Names and texts are folded to the bank's letters (`letters`); the receiver gets the whole amount, we bear the charges.
- The same batch is the same bytes. Read back it is the same batch in the bank's letters.
- Reading is strict: one block, rupiah, counts and control sums as declared. What it does not know (addresses, charges,
  priorities, a purpose that is missing counts as SSBE) it passes over.
- 50,000 transfers are 20 MB, written in 2 seconds and read in 5, as a stream: memory holds the batch and the bytes alone.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

from jamsostek.core.errors import InputError
from jamsostek.messages.bank.amounts import plain_rupiah
from jamsostek.messages.bank.camt import Element
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY
from jamsostek.messages.payout.letters import fold
from jamsostek.messages.payout.records import SOCIAL_SECURITY, Batch, Transfer
from jamsostek.messages.payout.refusals import foreign, missing, not_an_order, several, unreadable, wrong_version
from jamsostek.messages.payout.xml import (
    account,
    agent,
    check_totals,
    elements,
    message_of,
    money,
    name_of,
    needed,
    node,
    text,
    texts,
    total,
    write_document,
)

VERSION = "pain.001.001.09"
TOTALS = ("NbOfTxs", "CtrlSum")


def write_pain001(batch: Batch) -> bytes:
    """The order, UTF-8, with counts and control sums."""
    sender = fold(batch.debtor_name)
    header = node(
        "GrpHdr",
        node("MsgId", batch.message_id),
        node("CreDtTm", batch.made_at.isoformat()),
        *_totals(batch),
        node("InitgPty", node("Nm", sender)),
    )
    block = (
        node("PmtInfId", batch.message_id),
        node("PmtMtd", "TRF"),
        node("BtchBookg", "false"),
        *_totals(batch),
        node("ReqdExctnDt", node("Dt", batch.pay_on.isoformat())),
        node("Dbtr", node("Nm", sender)),
        account("DbtrAcct", batch.debtor_account),
        agent("DbtrAgt", batch.debtor_bank),
        node("ChrgBr", "DEBT"),
    )
    return write_document(VERSION, "CstmrCdtTrfInitn", [header], "PmtInf", block, map(_transfer, batch.transfers))


def _totals(batch: Batch) -> tuple[Element, Element]:
    return node(TOTALS[0], str(batch.count)), node(TOTALS[1], total(batch.total_rupiah))


def _transfer(transfer: Transfer) -> Element:
    told = fold(transfer.text)
    return node(
        "CdtTrfTxInf",
        node("PmtId", node("EndToEndId", transfer.end_to_end_id)),
        node("Amt", money("InstdAmt", transfer.amount_rupiah)),
        agent("CdtrAgt", transfer.creditor_bank),
        node("Cdtr", node("Nm", fold(transfer.creditor_name))),
        account("CdtrAcct", transfer.creditor_account),
        node("Purp", node("Cd", transfer.purpose)),
        node("RmtInf", node("Ustrd", told)) if told else None,
    )


# --- read -------------------------------------------------------------------------------------------------------------


def read_pain001(content: bytes) -> Batch:
    """The batch of an order, for bytes we trust; a stranger's: `reader.read_order`. Raises `InputError`."""
    called = message_of(content)
    if called != VERSION:
        raise wrong_version(called, VERSION) if called.startswith("pain.001.") else not_an_order(called)
    header: Element | None = None
    blocks: list[Element] = []
    transfers: list[Transfer] = []
    for element in elements(content, VERSION, "GrpHdr", "CdtTrfTxInf", "PmtInf"):
        name = name_of(element)
        if name == "CdtTrfTxInf":
            transfers.append(_read_transfer(element, len(transfers) + 1))
        elif name == "GrpHdr":
            header = deepcopy(element)
        else:
            blocks.append(deepcopy(element))  # it outlives the stream
    if header is None:
        raise missing("GrpHdr")
    if len(blocks) != 1:
        raise several("PmtInf", len(blocks)) if blocks else missing("PmtInf")
    return _batch(header, blocks[0], tuple(transfers))


def _batch(header: Element, block: Element, transfers: tuple[Transfer, ...]) -> Batch:
    sum_rupiah = sum(one.amount_rupiah for one in transfers)
    needed(header, TOTALS[0])
    for element in (header, block):
        check_totals(element, TOTALS, len(transfers), sum_rupiah)
    method = needed(block, "PmtMtd")
    if method != "TRF":
        raise unreadable("PmtMtd", method)
    return Batch(
        message_id=needed(header, "MsgId"),
        made_at=_moment(needed(header, "CreDtTm")),
        pay_on=_day(needed(block, "ReqdExctnDt/Dt")),
        debtor_name=needed(block, "Dbtr/Nm"),
        debtor_bank=_agent(block, "DbtrAgt"),
        debtor_account=_account(block, "DbtrAcct"),
        transfers=transfers,
    )


def _read_transfer(element: Element, row: int) -> Transfer:
    """One transfer. Raises `InputError` that names its number."""
    try:
        return Transfer(
            end_to_end_id=needed(element, "PmtId/EndToEndId"),
            amount_rupiah=_amount(element, row),
            creditor_name=needed(element, "Cdtr/Nm"),
            creditor_bank=_agent(element, "CdtrAgt"),
            creditor_account=_account(element, "CdtrAcct"),
            text=" ".join(texts(element, "RmtInf/Ustrd")).strip(),
            purpose=text(element, "Purp/Cd") or SOCIAL_SECURITY,
        )
    except InputError as error:
        error.row = row
        raise


def _amount(element: Element, row: int) -> int:
    found = element.find("{*}Amt/{*}InstdAmt")
    if found is None:
        raise missing("InstdAmt")
    if found.get("Ccy") != CURRENCY:
        raise foreign(str(found.get("Ccy")), row)
    try:
        return plain_rupiah(found.text or "", "InstdAmt")
    except Unread as unread:
        raise unreadable("InstdAmt", unread.value, row) from None


def _agent(element: Element, name: str) -> str:
    bank = f"{name}/FinInstnId"
    return text(element, f"{bank}/BICFI") or needed(element, f"{bank}/ClrSysMmbId/MmbId")


def _account(element: Element, name: str) -> str:
    return text(element, f"{name}/Id/IBAN") or needed(element, f"{name}/Id/Othr/Id")


def _moment(written: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(written)
    except ValueError:
        raise unreadable("CreDtTm", written) from None


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        raise unreadable("ReqdExctnDt", written) from None
