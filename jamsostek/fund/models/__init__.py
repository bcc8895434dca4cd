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
from jamsostek.fund.models.limits import BoardLimit, BoardLimitAnswer, Breach, BreachAnswer
from jamsostek.fund.models.liquidity import StressAnswer, StressRun
from jamsostek.fund.models.reports import Report, ReportPart, ReportSign

__all__ = [
    "BoardLimit", "BoardLimitAnswer", "Breach", "BreachAnswer", "Event", "Instrument", "Issuer", "Lot", "LotUse", "MonthEnd",
    "Price", "Report", "ReportPart", "ReportSign", "StressAnswer", "StressRun", "Trade", "TradeStep", "Valuation",
]  # fmt: skip
