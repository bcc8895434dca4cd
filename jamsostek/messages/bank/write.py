"""Writes a statement as a bank would: camt.053, MT940, CSV. For simulators and tests; `reader` gives the same entries back.

Debits lose the mark that readers put on their references, and get it again. Raises ValueError where a format has no room
for a reference or an amount, or cannot say a statement without balances.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from itertools import accumulate

from lxml import etree

from jamsostek.messages.bank.camt import USTRD_WIDTH, Element
from jamsostek.messages.bank.mt940 import DETAILS_WIDTH
from jamsostek.messages.bank.records import Entry, Statement
from jamsostek.messages.bank.references import without_debit_mark
from jamsostek.messages.bank.texts import fold
from jamsostek.messages.tables.neutral import runs

CAMT_VERSIONS = ("02", "08")
_WIB = dt.timezone(dt.timedelta(hours=7))
_MAX35, _SWIFT_REFERENCE, _SWIFT_AMOUNT, _SWIFT_LINES = 35, 16, 15, 6
_NOT_SWIFT = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def _balances(statement: Statement) -> tuple[int, int]:
    if statement.opening_rupiah is None or statement.closing_rupiah is None:
        raise ValueError("a statement without balances cannot be written")
    return statement.opening_rupiah, statement.closing_rupiah


def _reference(entry: Entry, longest: int) -> str:
    reference = without_debit_mark(entry)
    if len(reference) > longest:
        raise ValueError(f"a reference of {len(reference)} signs, there is room for {longest}")
    return reference


# --- camt.053 ---------------------------------------------------------------------------------------------------------


def write_camt053(statement: Statement, version: str = "08") -> bytes:
    """ISO 20022 camt.053.001.02 or .08, UTF-8, with declared counts and sums."""
    if version not in CAMT_VERSIONS:
        raise ValueError(f"version {version!r} is not one of {CAMT_VERSIONS}")
    opening, closing = _balances(statement)
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    document = etree.Element("Document", nsmap={None: namespace})
    body = _add(document, "BkToCstmrStmt")
    made = dt.datetime.combine(statement.to_date, dt.time(23, 59, 59), _WIB).isoformat()
    header = _add(body, "GrpHdr")
    _add(header, "MsgId", statement.statement_id[:_MAX35] or "-")
    _add(header, "CreDtTm", made)
    one = _add(body, "Stmt")
    _add(one, "Id", statement.statement_id[:_MAX35] or "-")
    _add(one, "CreDtTm", made)
    _add_period(one, statement)
    account = _add(one, "Acct")
    _add(_add(_add(account, "Id"), "Othr"), "Id", statement.account)
    _add(account, "Ccy", statement.currency)
    _add_balance(one, "OPBD", opening, statement.from_date)
    _add_balance(one, "CLBD", closing, statement.to_date)
    _add_summary(one, statement)
    for entry in statement.entries:
        _add_entry(one, entry, version)
    return bytes(etree.tostring(_named(document, namespace), xml_declaration=True, encoding="UTF-8"))


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _named(document: Element, namespace: str) -> Element:
    """The document with every element in its namespace."""
    for element in document.iter():
        element.tag = f"{{{namespace}}}{element.tag}"
    return document


def _add_amount(parent: Element, rupiah: int) -> None:
    """An amount and its direction."""
    _add(parent, "Amt", f"{abs(rupiah)}.00").set("Ccy", "IDR")
    _add(parent, "CdtDbtInd", "CRDT" if rupiah >= 0 else "DBIT")


def _add_period(one: Element, statement: Statement) -> None:
    span = _add(one, "FrToDt")
    _add(span, "FrDtTm", dt.datetime.combine(statement.from_date, dt.time(), _WIB).isoformat())
    _add(span, "ToDtTm", dt.datetime.combine(statement.to_date, dt.time(23, 59, 59), _WIB).isoformat())


def _add_balance(one: Element, kind: str, rupiah: int, day: dt.date) -> None:
    balance = _add(one, "Bal")
    _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", kind)
    _add_amount(balance, rupiah)
    _add(_add(balance, "Dt"), "Dt", day.isoformat())


def _add_summary(one: Element, statement: Statement) -> None:
    summary = _add(one, "TxsSummry")
    credits = [entry.amount_rupiah for entry in statement.entries if entry.credit]
    debits = [entry.amount_rupiah for entry in statement.entries if not entry.credit]
    for name, amounts in (("TtlNtries", credits + debits), ("TtlCdtNtries", credits), ("TtlDbtNtries", debits)):
        total = _add(summary, name)
        _add(total, "NbOfNtries", str(len(amounts)))
        _add(total, "Sum", f"{sum(amounts)}.00")


def _add_entry(one: Element, entry: Entry, version: str) -> None:
    line = _add(one, "Ntry")
    _add_amount(line, entry.signed_rupiah)
    status = _add(line, "Sts", "BOOK" if version == "02" else None)
    if version != "02":
        _add(status, "Cd", "BOOK")
    _add(_add(line, "BookgDt"), "Dt", entry.booked_on.isoformat())
    _add(_add(line, "ValDt"), "Dt", entry.valued_on.isoformat())
    _add(line, "AcctSvcrRef", _reference(entry, _MAX35))
    _add(_add(_add(line, "BkTxCd"), "Prtry"), "Cd", "VA" if entry.code else "TRF")
    details = _add(_add(line, "NtryDtls"), "TxDtls")
    _add(_add(details, "Refs"), "EndToEndId", entry.code or "NOTPROVIDED")
    if version != "02":
        _add_amount(details, entry.signed_rupiah)
    if entry.text:
        remittance = _add(details, "RmtInf")
        for part in fold(entry.text, USTRD_WIDTH):
            _add(remittance, "Ustrd", part)


# --- MT940 ------------------------------------------------------------------------------------------------------------


def write_mt940(statement: Statement) -> bytes:
    """SWIFT MT940, CRLF. Signs that SWIFT does not have become points; of texts 6 lines of 65 are written."""
    opening, closing = _balances(statement)
    lines = [
        f":20:{_swift(statement.statement_id)[:_SWIFT_REFERENCE] or 'NONREF'}",
        f":25:{statement.account}",
        ":28C:1/1",
        f":60F:{_swift_balance(opening, statement.from_date)}",
    ]
    for entry in statement.entries:
        lines += _swift_lines(entry)
    lines.append(f":62F:{_swift_balance(closing, statement.to_date)}")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _swift(text: str) -> str:
    return _NOT_SWIFT.sub(".", text)


def _swift_balance(rupiah: int, day: dt.date) -> str:
    return f"{'C' if rupiah >= 0 else 'D'}{day:%y%m%d}IDR{_swift_amount(abs(rupiah))}"


def _swift_amount(rupiah: int) -> str:
    """At most fifteen signs with the comma that every amount has; sen where there is room for them."""
    amount = f"{rupiah},00" if rupiah < 10**12 else f"{rupiah},"
    if len(amount) > _SWIFT_AMOUNT:
        raise ValueError(f"an amount of {len(amount)} signs, there is room for {_SWIFT_AMOUNT}")
    return amount


def _swift_lines(entry: Entry) -> list[str]:
    mark = "C" if entry.credit else "D"
    days = f"{entry.valued_on:%y%m%d}{entry.booked_on:%m%d}"
    customer = entry.code or "NONREF"
    line = f":61:{days}{mark}{_swift_amount(entry.amount_rupiah)}NTRF{customer}//{_swift(_reference(entry, _SWIFT_REFERENCE))}"
    details = fold(_swift(entry.text), DETAILS_WIDTH)[:_SWIFT_LINES]
    # A line must not begin like a field or like the end of the message.
    return [line, *(f":86:{part}" if not at else re.sub(r"^[:\-]", ".", part) for at, part in enumerate(details))]


# --- CSV --------------------------------------------------------------------------------------------------------------

_TITLES = ("Tanggal", "Tanggal Valuta", "Keterangan", "No. Referensi", "Kode Bayar", "Debet", "Kredit", "Saldo")


def write_csv(statement: Statement) -> bytes:
    """A CSV like those of internet banking: heading, table with a running balance, balances and sums below it."""
    opening, closing = _balances(statement)
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(["No. Rekening", statement.account])
    rows.writerow(["Mata Uang", statement.currency])
    rows.writerow(["Periode", f"{statement.from_date:%d/%m/%Y} - {statement.to_date:%d/%m/%Y}"])
    rows.writerow(["No. Laporan", _text(statement.statement_id)])
    rows.writerow([])
    rows.writerow(_TITLES)
    balances = list(accumulate((entry.signed_rupiah for entry in statement.entries), initial=opening))
    for entry, balance in zip(statement.entries, balances[1:], strict=True):
        rows.writerow(_csv_row(entry, balance))
    debits = sum(entry.amount_rupiah for entry in statement.entries if not entry.credit)
    credits = sum(entry.amount_rupiah for entry in statement.entries if entry.credit)
    for label, rupiah in (
        ("Saldo Awal", opening),
        ("Mutasi Debet", debits),
        ("Mutasi Kredit", credits),
        ("Saldo Akhir", closing),
    ):
        rows.writerow([label, _money(rupiah)])
    return out.getvalue().encode("utf-8")


def _csv_row(entry: Entry, balance: int) -> list[str]:
    amount = _money(entry.amount_rupiah)
    return [
        f"{entry.booked_on:%d/%m/%Y}",
        f"{entry.valued_on:%d/%m/%Y}",
        _text(entry.text),
        _text(without_debit_mark(entry)),
        _text(entry.code),
        "" if entry.credit else amount,
        amount if entry.credit else "",
        _money(balance),
    ]


def _money(rupiah: int) -> str:
    """`1.000.000,00`, whatever language is spoken."""
    return f"{rupiah:,}".replace(",", ".") + ",00"


def _text(text: str) -> str:
    """Text as text: what a spreadsheet would run or take for a number gets the quote that readers take off again."""
    return f"'{text}" if text.startswith("'") or runs(text) or text.isdigit() else text
