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

__all__ = ["Event", "Instrument", "Issuer", "Lot", "LotUse", "MonthEnd", "Price", "Trade", "TradeStep", "Valuation"]
