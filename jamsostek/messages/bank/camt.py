"""ISO 20022 camt.053 (statement) and camt.054 (notification), versions 02 to 14, read entry by entry.

The file is parsed as a stream by lxml and each `Ntry` is dropped when it is read, so that memory holds the entries and not
the tree. 100,000 entries (60 MB) take 5 seconds of one core and 80 MB beside the file; read into the classes of pyiso20022
they took 36 seconds and 450 MB.

- Only UTF-8, no DOCTYPE, no entities, nothing fetched: refused before the parser sees them.
- A batch (one `Ntry`, several `TxDtls` that each have an amount) becomes one entry for each detail.
- Only booked entries count; `PDNG` is told, `INFO` too.
- Not modelled: charges, returns, the counterparty's account; `camt.052` (interim report) is refused by name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

from lxml import etree

from jamsostek.messages.bank.amounts import plain_rupiah
from jamsostek.messages.bank.pages import Declared, Page, account_number
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CAMT053, CAMT054, CURRENCY
from jamsostek.messages.bank.references import Draft, bank_reference, made_reference
from jamsostek.messages.bank.refusals import (
    cut,
    damaged,
    declarations,
    encoding,
    foreign,
    not_a_statement,
    not_whole_rupiah,
    unreadable,
)
from jamsostek.messages.bank.texts import code_in, joined, unfold
from jamsostek.messages.limited import FileUnreadable

Element: TypeAlias = Any
"""An lxml element; the library has no types of its own."""
Seen: TypeAlias = Callable[[Element, list[Draft]], None]
"""What else is done with an entry that was read, while it still stands: its element, and what it became."""

PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "encoding": "utf-8",
}
"""How lxml reads a stranger's bytes, in this room and its neighbours."""

USTRD_WIDTH = 140
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(camt\.05[34])\.001\.[0-9]{2}")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_ROOT = re.compile(rb"<([A-Za-z_][\w:.\-]*)")
_PIECE = 1 << 20
_STATEMENTS = ("Stmt", "Ntfctn")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def check_xml(content: bytes) -> None:
    """Refuses what a bank's XML never is: another encoding, a DOCTYPE, entities. Raises `FileUnreadable`."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf").lstrip()[:300])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise encoding(declared[1].decode())
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content) + 1, _PIECE):
            decoder.decode(content[start : start + _PIECE], final=start + _PIECE > len(content))
    except UnicodeDecodeError as error:
        raise encoding(str(error.object[error.start : error.start + 4])) from None
    if b"\0" in content:
        raise encoding("NUL")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise declarations()


def read_camt(content: bytes, seen: Seen | None = None) -> tuple[list[Page], str]:
    """The statements of a file, and its format; `seen` is shown every booked entry. Raises `FileUnreadable`."""
    check_xml(content)
    pages: list[Page] = []
    format = ""
    try:
        for statement, page in _statements(content.removeprefix(b"\xef\xbb\xbf").lstrip(), seen):
            format = _format_of(statement)
            pages.append(_with_head(page, statement, format))
    except etree.XMLSyntaxError as error:
        raise broken(content, error) from None
    if not pages:
        raise not_a_statement(root_name(content))
    return pages, format


def broken(content: bytes, error: etree.XMLSyntaxError) -> FileUnreadable:
    """Why XML that the parser stumbled over is refused: it was cut, or it is damaged."""
    return cut(_end_tag(content), error.lineno) if _is_cut(content) else damaged(str(error), error.lineno)


def _end_tag(content: bytes) -> str:
    """The end of the root element."""
    root = _ROOT.search(content)
    return f"</{root[1].decode()}>" if root else ">"


def _is_cut(content: bytes) -> bool:
    """Whether that end is missing: then the file was cut, whatever the parser stumbled over."""
    return not content.rstrip().endswith(_end_tag(content).encode())


def _statements(content: bytes, seen: Seen | None) -> Iterator[tuple[Element, Page]]:
    """Each statement element with its entries read and dropped; its head is still in it."""
    events = etree.iterparse(
        BytesIO(content),
        events=("end",),
        tag=("{*}Ntry", *(f"{{*}}{name}" for name in _STATEMENTS)),
        **PARSING,
    )
    page, row = Page(""), 0
    for _event, element in events:
        if _local(element.tag) == "Ntry":
            row += 1
            _read_entry(page, element, row, seen)
            drop(element)
        else:
            yield element, page
            drop(element)
            page = Page("")


def drop(element: Element) -> None:
    """Forgets an element that was read, and the one before it."""
    element.clear(keep_tail=False)
    previous = element.getprevious()
    if previous is not None and previous.tag == element.tag:
        element.getparent().remove(previous)  # not the element itself: the parser still stands at it


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    """A tag without its namespace; looked up millions of times."""
    return tag.rpartition("}")[2]


def _namespace(tag: str) -> str:
    """A tag's namespace; `etree.QName` would refuse names that the parser lets pass."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _children(element: Element | None) -> dict[str, Element]:
    """Children by name; the first of each name counts."""
    found: dict[str, Element] = {}
    for child in element if element is not None else ():
        found.setdefault(_local(child.tag), child)
    return found


def _all(element: Element | None, *path: str) -> list[Element]:
    """All elements at a path."""
    found = [element] if element is not None else []
    for name in path:
        found = [child for one in found for child in one if _local(child.tag) == name]
    return found


def _text(element: Element | None, *path: str) -> str:
    """The text of the first element at a path, or ''."""
    found = _all(element, *path)
    return (found[0].text or "").strip() if found else ""


# --- entries ----------------------------------------------------------------------------------------------------------


def _read_entry(page: Page, entry: Element, row: int, seen: Seen | None) -> None:
    parts = _children(entry)
    try:
        status = (_text(parts.get("Sts"), "Cd") or _text(parts.get("Sts"))).upper()
        if status not in ("BOOK", ""):
            raise Unread("pending", "Sts", status)
        drafts = _drafts(parts, entry, row)
        page.add(*drafts)
        if seen:
            seen(entry, drafts)
    except Unread as unread:
        page.lose(unread, row)


def _drafts(parts: dict[str, Element], entry: Element, row: int) -> list[Draft]:
    """An entry, or its details where it is a batch."""
    amount, credit = _amount(parts.get("Amt"), row), _direction(parts)
    signed = amount if credit else -amount
    if not amount:
        raise Unread("amount_zero", "Amt", "0").moving(0)
    try:
        booked = _date(parts.get("BookgDt"), "BookgDt")
        valued = _date(parts.get("ValDt"), "ValDt") if "ValDt" in parts else booked
    except Unread as unread:
        raise unread.moving(signed) from None
    whole = Draft(row, bank_reference(_text(parts.get("AcctSvcrRef"))), amount, credit, booked, valued, "", "")
    details = _all(entry, "NtryDtls", "TxDtls")
    if len(details) > 1 and (split := _split(whole, details, row)):
        return split
    return [_described(whole, details, _text(parts.get("AddtlNtryInf")))]


def _amount(element: Element | None, row: int) -> int:
    if element is None:
        raise Unread("amount_missing", "Amt", "")
    currency = str(element.get("Ccy", CURRENCY)).upper()
    if currency != CURRENCY:
        raise foreign(currency, row)
    return plain_rupiah(element.text or "", "Amt")


def _direction(parts: dict[str, Element]) -> bool:
    mark = _text(parts.get("CdtDbtInd"))
    if mark not in ("CRDT", "DBIT"):
        raise Unread("direction_unknown", "CdtDbtInd", mark)
    return mark == "CRDT"


def _date(element: Element | None, field: str) -> date:
    """The day of a `Dt` or `DtTm`, as it is written there: the bank's own day."""
    written = _text(element, "Dt") or _text(element, "DtTm")
    if not written:
        raise Unread("date_missing", field, "")
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        looks = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written[:10])
        raise Unread("date_impossible" if looks else "date_unreadable", field, written) from None


def _split(whole: Draft, details: list[Element], row: int) -> list[Draft]:
    """The details of a batch as entries; empty where they do not each have an amount in rupiah. Raises `Unread`."""
    drafts = []
    for number, detail in enumerate(details, 1):
        parts = _children(detail)
        money = parts.get("Amt") if "Amt" in parts else next(iter(_all(parts.get("AmtDtls"), "TxAmt", "Amt")), None)
        if money is None or str(money.get("Ccy", CURRENCY)).upper() != CURRENCY:
            return []
        credit = _direction(parts) if "CdtDbtInd" in parts else whole.credit
        one = replace(whole, amount_rupiah=_amount(money, row), credit=credit, reference="")
        one = _described(one, [detail], "")
        own = one.reference if one.reference != whole.reference else ""
        drafts.append(replace(one, reference=own or (whole.reference and f"{whole.reference}/{number}")))
    counted = sum(draft.signed_rupiah for draft in drafts)
    if counted != whole.signed_rupiah:
        raise Unread(
            "details_differ", "TxDtls", counted, expected=whole.signed_rupiah, counted=counted
        ).moving(whole.signed_rupiah)  # fmt: skip
    return [draft for draft in drafts if draft.amount_rupiah]


def _described(draft: Draft, details: list[Element], more: str) -> Draft:
    """The draft with payment code, text and, where it has none, reference from its details."""
    fields: list[str] = []
    texts: list[str] = []
    for detail in details:
        parts = _children(detail)
        parties = parts.get("RltdPties")
        fields.append(_text(parts.get("Refs"), "EndToEndId"))
        fields += [_text(one) for one in _all(parts.get("RmtInf"), "Strd", "CdtrRefInf", "Ref")]
        fields += [_text(one) for one in _all(parties, "CdtrAcct", "Id", "Othr", "Id")]
        texts.append(unfold([one.text or "" for one in _all(parts.get("RmtInf"), "Ustrd")], USTRD_WIDTH))
        texts += [_text(parts.get("AddtlTxInf")), _text(parties, "Dbtr", "Nm") or _text(parties, "Dbtr", "Pty", "Nm")]
    text = joined([*texts, more])
    code = code_in(fields, text) if len(details) == 1 else _only_code(fields) or code_in((), text)
    return replace(draft, code=code, text=text, reference=draft.reference or _reference_of(details, code))


def _reference_of(details: list[Element], code: str) -> str:
    """The reference that a single detail gives: the bank's own, else one that looks made by a machine."""
    if len(details) != 1:
        return ""
    names = _children(_children(details[0]).get("Refs"))
    made = (made_reference(_text(names.get(name)), code) for name in ("EndToEndId", "TxId"))
    return bank_reference(_text(names.get("AcctSvcrRef"))) or next(filter(None, made), "")


def _only_code(fields: list[str]) -> str:
    """The one code that all details name, or ''."""
    found = {code for field in fields if (code := code_in([field], ""))}
    return found.pop() if len(found) == 1 else ""


# --- the head of a statement ------------------------------------------------------------------------------------------


def _format_of(statement: Element) -> str:
    namespace = _namespace(statement.tag)
    found = _NAMESPACE.fullmatch(namespace)
    if not found:
        raise not_a_statement(namespace.rpartition(":")[2] or _local(statement.tag))
    return CAMT053 if found[1] == "camt.053" else CAMT054


def _with_head(page: Page, statement: Element, format: str) -> Page:
    parts = _children(statement)
    account = parts.get("Acct")
    page.account = account_number(_text(account, "Id", "Othr", "Id") or _text(account, "Id", "IBAN"))
    page.currency = (_text(account, "Ccy") or CURRENCY).upper()
    page.statement_id = _text(parts.get("Id"))
    page.declared = _declared(parts.get("TxsSummry"))
    page.period = _period(parts, statement)
    if format == CAMT053:
        page.opening = _balance(statement, _OPENING, "opening")
        page.closing = _balance(statement, _CLOSING, "closing")
    return page


def _balance(statement: Element, types: tuple[str, ...], field: str) -> int:
    """A balance, below zero where the account owes. Raises `FileUnreadable`."""
    balances = {_text(one, "Tp", "CdOrPrtry", "Cd"): one for one in _all(statement, "Bal")}
    found = next((balances[kind] for kind in types if kind in balances), None)
    if found is None:
        raise cut(f"Bal {types[0]}")
    parts = _children(found)
    amount = _sum(parts.get("Amt"), field)
    try:
        return amount if _direction(parts) else -amount
    except Unread as unread:
        raise unreadable(field, unread.value) from None


def _sum(element: Element | None, field: str) -> int:
    """An amount that others are checked against. Raises `FileUnreadable` where it is no whole rupiah."""
    currency = CURRENCY if element is None else str(element.get("Ccy", CURRENCY)).upper()
    if currency != CURRENCY:
        raise foreign(currency)
    try:
        return plain_rupiah("" if element is None else element.text or "", field)
    except Unread as unread:
        raise not_whole_rupiah(field, unread.value) from None


def _declared(summary: Element | None) -> Declared:
    parts = _children(summary)
    entries, total = _count_and_sum(parts.get("TtlNtries"), "entries")
    credits, credit_total = _count_and_sum(parts.get("TtlCdtNtries"), "credits")
    debits, debit_total = _count_and_sum(parts.get("TtlDbtNtries"), "debits")
    return Declared(entries, total, credits, credit_total, debits, debit_total)


def _count_and_sum(element: Element | None, field: str) -> tuple[int | None, int | None]:
    parts = _children(element)
    written = _text(parts.get("NbOfNtries"))
    if written and not re.fullmatch(r"[0-9]{1,15}", written):
        raise unreadable(field, written)
    return int(written) if written else None, _sum(parts["Sum"], f"{field}.sum") if "Sum" in parts else None


def _period(parts: dict[str, Element], statement: Element) -> tuple[date, date] | None:
    """`FrToDt`, else the days of the balances, else the day of making."""
    span = parts.get("FrToDt")
    written = [_text(span, name) for name in ("FrDtTm", "ToDtTm", "FrDt", "ToDt")]
    if not any(written):
        written = [_text(one, "Dt", name) for one in _all(statement, "Bal") for name in ("Dt", "DtTm")]
    if not any(written):
        written = [_text(parts.get("CreDtTm"))]
    days = []
    for one in filter(None, written):
        try:
            days.append(date.fromisoformat(one[:10]))
        except ValueError:
            raise unreadable("period", one) from None
    return (min(days), max(days)) if days else None


def root_name(content: bytes) -> str:
    """What an XML is: the name of its message, or of its root."""
    for _event, element in etree.iterparse(BytesIO(content.removeprefix(b"\xef\xbb\xbf").lstrip()), events=("start",), **PARSING):
        namespace = _namespace(element.tag)
        return namespace.rpartition(":")[2] or _local(element.tag)
    return "XML"
