"""What names an entry, so that the same money is known when it comes twice: in two statements, in a webhook and a statement.

The bank's own reference, where there is one: `AcctSvcrRef` (camt), what follows `//` in `:61:` (MT940), a column of
references (CSV), `reference` (webhook). References that the payer chose (`EndToEndId`, the customer's reference) and CSV
columns are taken only where they look made by a machine (`is_made`): people write "INV 11" every month.

- A debit carries `/D` behind the bank's reference: banks reverse a payment under the reference of the payment.
- Where entries of one statement share a reference, the first keeps it and the others get a digest behind it.
- Where there is none, the entry is named by what it is: `H-` and 70 bits of SHA-256 over account, day, amount, text, running
  balance and its number among entries of which all that is the same. Such a name is the same in every statement of the
  same layout, whatever days it covers; in another layout (other texts, no running balance) it is another one.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jamsostek.messages.bank.records import Entry

DERIVED = "H-"
DEBIT = "/D"
LONGEST_REFERENCE = 64
_NONE = frozenset({"NONREF", "NOTPROVIDED", "NOREF", "NOREFERENCE", "NA", "NIHIL", "NULL", "NONE"})
_OWN = re.compile(rf"{DERIVED}[A-Z2-7]{{14}}")


@dataclass(slots=True)
class Draft:
    """An entry before it has its final name. `reference` is the bank's, or ''; `balance` the running one of a CSV."""

    row: int
    reference: str
    amount_rupiah: int
    credit: bool
    booked_on: dt.date
    valued_on: dt.date
    code: str
    text: str
    balance: int | None = None

    @property
    def signed_rupiah(self) -> int:
        """The amount as it changes the balance."""
        return self.amount_rupiah if self.credit else -self.amount_rupiah


def bank_reference(text: str) -> str:
    """A reference that the bank gave, or '' for what only fills the field (`NONREF`, zeros, dashes)."""
    plain = " ".join(text.split())[:LONGEST_REFERENCE]
    bare = re.sub(r"[^A-Z0-9]", "", plain.upper())
    return "" if not bare.strip("0") or bare in _NONE else plain


def is_made(text: str) -> bool:
    """Whether a reference looks made by a machine: at least ten signs, six of them digits, no blank; or one of our own."""
    digits = sum(sign in "0123456789" for sign in text)
    return bool(_OWN.fullmatch(text)) or (len(text) >= 10 and digits >= 6 and " " not in text and len(set(text)) > 2)


def made_reference(text: str, code: str) -> str:
    """A reference of another than the bank, or '' where it is not to be trusted or is the payment code itself."""
    plain = bank_reference(text)
    return plain if plain != code and is_made(plain) else ""


def entries_of(drafts: Iterable[Draft], account: str) -> Iterator[Entry]:
    """The entries with their final references, unique within the statement."""
    alike: Counter[tuple[object, ...]] = Counter()
    taken: set[str] = set()
    for draft in drafts:
        same = (draft.reference, draft.booked_on, draft.signed_rupiah, draft.text, draft.balance)
        alike[same] += 1
        name = reference = _reference(draft, account, alike[same])
        while reference in taken:
            reference = f"{name}/{_digest(draft, account, alike[same])[:6]}"
            alike[same] += reference in taken
        taken.add(reference)
        yield Entry(
            row=draft.row,
            reference=reference,
            amount_rupiah=draft.amount_rupiah,
            credit=draft.credit,
            booked_on=draft.booked_on,
            valued_on=draft.valued_on,
            code=draft.code,
            text=draft.text,
        )


def _reference(draft: Draft, account: str, number: int) -> str:
    if not draft.reference:
        return DERIVED + _digest(draft, account, number)
    if draft.credit or _OWN.fullmatch(draft.reference):
        return draft.reference
    return draft.reference.removesuffix(DEBIT) + DEBIT


def _digest(draft: Draft, account: str, number: int) -> str:
    """Fourteen signs (70 bits) of what an entry is; `number` tells apart those of which all is the same."""
    balance = "" if draft.balance is None else str(draft.balance)
    what = (draft.reference, draft.booked_on.isoformat(), str(draft.signed_rupiah), draft.text.upper(), balance)
    parts = (account, *what, str(number))
    return base64.b32encode(hashlib.sha256("\x1f".join(parts).encode()).digest()).decode()[:14]


def without_debit_mark(entry: Entry) -> str:
    """The bank's own reference of an entry, for whoever writes a statement."""
    return entry.reference if entry.credit else entry.reference.removesuffix(DEBIT)
