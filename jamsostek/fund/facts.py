"""Which facts an instrument of each class has: what a bond needs and a share cannot have. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jamsostek.fund.choices import AssetClass, IssuerKind, Measured

BANKS = frozenset({IssuerKind.STATE_BANK, IssuerKind.REGIONAL_BANK, IssuerKind.BANK})
FIRMS = BANKS | {IssuerKind.COMPANY}
CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,19}")
ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


@dataclass(frozen=True)
class ClassFacts:
    """What a class asks for.

    `issuers`: whose it can be. `measured`: how it can be carried, the usual way first. `owed`: it has interest and a day on
    which it is repaid. `listed`: True must be, False cannot be, None either. `priced`: it has a price of its own.
    """

    issuers: frozenset[IssuerKind]
    measured: tuple[Measured, ...]
    owed: bool
    listed: bool | None = None
    priced: bool = True


_ANY = frozenset(IssuerKind)
_DEBT = (Measured.AMORTISED, Measured.MARKET)
_LENT = (Measured.AMORTISED, Measured.COST)
_WORTH = (Measured.MARKET,)
CLASS_FACTS: dict[AssetClass, ClassFacts] = {
    AssetClass.GOVERNMENT_BOND: ClassFacts(frozenset({IssuerKind.GOVERNMENT}), _DEBT, True),
    AssetClass.CENTRAL_BANK_PAPER: ClassFacts(frozenset({IssuerKind.CENTRAL_BANK}), _DEBT, True),
    AssetClass.CORPORATE_BOND: ClassFacts(FIRMS, _DEBT, True),
    AssetClass.DEPOSIT: ClassFacts(BANKS, _LENT, True, listed=False, priced=False),
    AssetClass.EQUITY: ClassFacts(FIRMS, _WORTH, False, listed=True),
    AssetClass.MUTUAL_FUND: ClassFacts(frozenset({IssuerKind.MANAGER}), _WORTH, False),
    AssetClass.ASSET_BACKED: ClassFacts(FIRMS | {IssuerKind.MANAGER}, _DEBT, True),
    AssetClass.REAL_ESTATE_FUND: ClassFacts(frozenset({IssuerKind.MANAGER}), _WORTH, False),
    AssetClass.REPO: ClassFacts(_ANY - {IssuerKind.MANAGER}, _LENT, True, listed=False, priced=False),
    AssetClass.PROPERTY: ClassFacts(_ANY, (Measured.COST, Measured.MARKET), False, listed=False),
    AssetClass.DIRECT: ClassFacts(FIRMS, (Measured.COST, Measured.MARKET), False, listed=False),
}
"""Repo and deposits are worth what was lent, with the interest that has run: nobody quotes them."""
KEPT_BY_CUSTODIANS = frozenset(
    {
        AssetClass.GOVERNMENT_BOND, AssetClass.CENTRAL_BANK_PAPER, AssetClass.CORPORATE_BOND, AssetClass.EQUITY,
        AssetClass.MUTUAL_FUND, AssetClass.ASSET_BACKED, AssetClass.REAL_ESTATE_FUND,
    }
)  # fmt: skip
"""Classes that a custodian's statement should have; of others it tells only what it keeps."""
QUOTED_IN_PERCENT = frozenset(
    {AssetClass.GOVERNMENT_BOND, AssetClass.CENTRAL_BANK_PAPER, AssetClass.CORPORATE_BOND, AssetClass.ASSET_BACKED}
)
"""Classes whose prices are told in per cent of the face; all others in rupiah of a unit."""


def isin_holds(isin: str) -> bool:
    """Whether an ISIN is one: two letters, nine signs and the check digit of ISO 6166 (Luhn over its digits, A = 10 … Z = 35)."""
    if not ISIN.fullmatch(isin):
        return False
    digits = "".join(str(int(sign, 36)) for sign in isin[:-1])
    total = sum(sum(divmod(int(digit) * (2 if at % 2 == 0 else 1), 10)) for at, digit in enumerate(reversed(digits)))
    return (10 - total % 10) % 10 == int(isin[-1])
