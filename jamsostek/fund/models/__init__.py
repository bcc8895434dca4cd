"""Tables of the funds, made by SQL in migrations/."""

from jamsostek.fund.models.investments import (
    Event,
    Instrument,
    Issuer,
    Lot,
    LotUse,
    MonthEnd,
    Price,
    Trade,
    TradeStep,
    Valuation,
)
from jamsostek.fund.models.returns import JhtProposal

__all__ = [
    "Event",
    "Instrument",
    "Issuer",
    "JhtProposal",
    "Lot",
    "LotUse",
    "MonthEnd",
    "Price",
    "Trade",
    "TradeStep",
    "Valuation",
]
