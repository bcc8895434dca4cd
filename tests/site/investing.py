"""Four months of the funds for the pages to show: holdings, trades in every state, money that is due, months that ended."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.scope import acting, system_scope
from jamsostek.demo.fund import live_funds
from jamsostek.fund.models import Instrument, Issuer, Trade, TradeStep


def invest(today: dt.date) -> list[str]:
    """Lives them as the demo does; gives the texts that people typed."""
    live_funds(today=today, tell=lambda *_told: None)
    with acting(system_scope("Kantor Cabang Contoh")):
        found = {text for row in Issuer.objects.values_list("code", "name", "corporate_group") for text in row}
        found |= {text for row in Instrument.objects.values_list("code", "name") for text in row}
        found |= {text for row in Trade.objects.values_list("reference", "reason") for text in row}
        found |= {text for row in TradeStep.objects.values_list("reason", "plan") for text in row}
    return sorted(found - {""})
