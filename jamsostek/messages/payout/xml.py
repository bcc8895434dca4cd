"""ISO 20022 as these messages have it: a head, then one element after another, written and read as a stream.

The parser's guards are those of `bank.camt`: UTF-8 alone, no DOCTYPE, no entities, nothing fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree

from jamsostek.core.text import _
from jamsostek.messages.bank.amounts import plain_rupiah
from jamsostek.messages.bank.camt import PARSING, Element, broken, check_xml, drop, root_name
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payout.checks import BIC
from jamsostek.messages.payout.refusals import AGAIN, differs, missing, unreadable

SCHEMAS = "urn:iso:std:iso:20022:tech:xsd:"
_NO_NAME = "NOTPROVIDED"


# --- written ----------------------------------------------------------------------------------------------------------


def node(name: str, *parts: Element | str | None, **attributes: str) -> Element:
    """An element of texts and elements; `None` is no part."""
    element = etree.Element(name, attributes)
    for part in parts:
        if isinstance(part, str):
            element.text = part
        elif part is not None:
            element.append(part)
    return element


def money(name: str, rupiah: int) -> Element:
    """An amount as ISO 20022 has it: rupiah, sen 00."""
    return node(name, total(rupiah), Ccy=CURRENCY)


def total(rupiah: int) -> str:
    """A sum without its currency."""
    return f"{rupiah}.00"


def account(name: str, number: str) -> Element:
    """An account; Indonesia has no IBAN."""
    return node(name, node("Id", node("Othr", node("Id", number))))


def agent(name: str, bank: str) -> Element:
    """A bank: by its BIC, else as a member of a clearing."""
    known = node("BICFI", bank) if BIC.fullmatch(bank) else node("ClrSysMmbId", node("MmbId", bank))
    return node(name, node("FinInstnId", known))


def write_document(
    version: str, message: str, before: Iterable[Element], part: str, head: Iterable[Element], rows: Iterable[Element]
) -> bytes:
    """A document: what stands `before` the one `part`, its `head`, then its `rows`, each forgotten when it is written."""
    namespace = SCHEMAS + version
    out = BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(f"{{{namespace}}}Document", nsmap={None: namespace}), file.element(f"{{{namespace}}}{message}"):
            # Without a namespace of their own, the elements stand in the one that is open.
            file.write(*before)
            with file.element(f"{{{namespace}}}{part}"):
                file.write(*head)
                for row in rows:
                    file.write(row)
    return out.getvalue()


# --- read -------------------------------------------------------------------------------------------------------------


def message_of(content: bytes) -> str:
    """What an XML calls itself: `pain.002.001.10`, or the name of its root. Raises `FileUnreadable`."""
    try:
        check_xml(content)
        return root_name(content)
    except etree.XMLSyntaxError as error:
        raise _again(broken(content, error)) from None
    except FileUnreadable as error:
        raise _again(error) from None


def elements(content: bytes, version: str, *names: str) -> Iterator[Element]:
    """The elements with these names as they end, the last one forgotten when the next one comes. Raises `FileUnreadable`."""
    tags = tuple(f"{{{SCHEMAS}{version}}}{name}" for name in names)
    plain = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        for _event, element in etree.iterparse(BytesIO(plain), events=("end",), tag=tags, **PARSING):
            yield element
            drop(element)
    except etree.XMLSyntaxError as error:
        raise _again(broken(content, error)) from None


def _again(error: FileUnreadable) -> FileUnreadable:
    """A refusal of the reader of statements, with the way out for who sends orders and answers."""
    return FileUnreadable(
        error.message, kind=error.kind, detail=error.detail, field=error.field, value=error.value, row=error.row, remedy=_(AGAIN)
    )


def name_of(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text(element: Element | None, path: str) -> str:
    """The text at a path (`Id/Othr/Id`), or ''."""
    found = None if element is None else element.find(_wild(path))
    return (found.text or "").strip() if found is not None else ""


def texts(element: Element | None, path: str) -> list[str]:
    """All texts at a path."""
    return [one.text or "" for one in element.iterfind(_wild(path))] if element is not None else []


def first(element: Element, path: str) -> Element | None:
    """The first element at a path."""
    return element.find(_wild(path))


def _wild(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def needed(element: Element | None, path: str) -> str:
    """The text at a path that must be there. Raises `FileUnreadable`."""
    found = text(element, path)
    if not found:
        raise missing(path.rpartition("/")[2])
    return found


def check_totals(element: Element, names: tuple[str, str], count: int, rupiah: int) -> None:
    """The number of transfers and their sum, as far as an element declares them, are ours. Raises `FileUnreadable`."""
    written = text(element, names[0])
    if written and not (written.isascii() and written.isdigit() and len(written) <= 15):
        raise unreadable(names[0], written)
    if written and int(written) != count:
        raise differs(names[0], int(written), count)
    declared = text(element, names[1])
    try:
        if declared and plain_rupiah(declared, names[1]) != rupiah:
            raise differs(names[1], plain_rupiah(declared, names[1]), rupiah)
    except Unread:
        raise unreadable(names[1], declared) from None


def given(written: str) -> str:
    """A reference, or '' for what only fills the field."""
    return "" if written.upper() == _NO_NAME else written
