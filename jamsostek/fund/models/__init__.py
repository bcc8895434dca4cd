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
from jamsostek.fund.models.projections import Projection, ProjectionAnswer, ProjectionResult, ProjectionStep

__all__ = [
    "Event",
    "Instrument",
    "Issuer",
    "Lot",
    "LotUse",
    "MonthEnd",
    "Price",
    "Projection",
    "ProjectionAnswer",
    "ProjectionResult",
    "ProjectionStep",
    "Trade",
    "TradeStep",
    "Valuation",
]
