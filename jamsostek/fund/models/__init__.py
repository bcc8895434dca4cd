"""Tables of the funds, made by SQL in migrations/."""

from jamsostek.fund.models.investments import Event, Instrument, Issuer, Lot, LotUse, MonthEnd, Price, Trade, TradeStep, Valuation
from jamsostek.fund.models.limits import BoardLimit, BoardLimitAnswer, Breach, BreachAnswer
from jamsostek.fund.models.liquidity import StressAnswer, StressRun
from jamsostek.fund.models.projections import Projection, ProjectionAnswer, ProjectionResult, ProjectionStep
from jamsostek.fund.models.reports import Report, ReportPart, ReportSign
from jamsostek.fund.models.returns import JhtProposal
from jamsostek.fund.models.securities import Custody, CustodyLine, Explanation, ExplanationAnswer, PriceFile, PriceTaking

__all__ = [
    "BoardLimit",
    "BoardLimitAnswer",
    "Breach",
    "BreachAnswer",
    "Custody",
    "CustodyLine",
    "Event",
    "Explanation",
    "ExplanationAnswer",
    "Instrument",
    "Issuer",
    "JhtProposal",
    "Lot",
    "LotUse",
    "MonthEnd",
    "Price",
    "PriceFile",
    "PriceTaking",
    "Projection",
    "ProjectionAnswer",
    "ProjectionResult",
    "ProjectionStep",
    "Report",
    "ReportPart",
    "ReportSign",
    "StressAnswer",
    "StressRun",
    "Trade",
    "TradeStep",
    "Valuation",
]
