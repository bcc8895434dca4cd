"""The practice bank beside the demo's portal: one pays there, the portal hears of it by a signed webhook."""

from __future__ import annotations

import datetime as dt
import json
import urllib.error
import urllib.request

from jamsostek.access.scope import acting, system_scope
from jamsostek.collection import banks
from jamsostek.collection.queries import bills as bill_queries
from jamsostek.collection.queries.payments import bill_states
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.demo.bank import Bank
from jamsostek.demo.load import ACTOR
from jamsostek.demo.months import ACCOUNT

WEBHOOK = "/api/v1/payments/notifications"
_MIDNIGHT = dt.time()


def practice_bank(portal_port: int, now: dt.datetime) -> Bank:
    """The bank of this demo, on the port after the portal's; numbers follow the time of day, so that none comes twice."""
    here = banks.ours(ACCOUNT)
    seconds = (now - dt.datetime.combine(now.date(), _MIDNIGHT, now.tzinfo)).seconds
    return Bank(
        notify=f"http://127.0.0.1:{portal_port}{WEBHOOK}",
        secret=here.secrets[-1],
        name=here.name,
        account=ACCOUNT,
        first=seconds,
        port=portal_port + 1,
    )


def pay(code: str, rupiah: int | None, portal_port: int, today: dt.date) -> tuple[str, int]:
    """Pays a bill at the practice bank: what is outstanding, unless a sum is given. Returns the bank's reference and the sum."""
    if rupiah is None:
        with acting(system_scope(_(ACTOR))):
            bill = bill_queries.by_code(code)
            rupiah = bill_states([bill.pk], today)[bill.pk].outstanding_rupiah
    if rupiah <= 0:
        raise InputError(_("Tagihan ini tidak menunggu uang lagi."), remedy=_("Sebut jumlahnya bila tetap ingin membayar."))
    asked = json.dumps({"payment_code": "".join(code.split()), "amount": str(rupiah)}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{portal_port + 1}/pay", asked, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            told = json.load(answer)
    except urllib.error.HTTPError as error:
        raise InputError(json.load(error).get("detail") or str(error)) from error
    except OSError as error:
        raise InputError(
            _("Bank peragaan tidak menjawab."), remedy=_("Jalankan `make demo`; bank ada di port sesudah portal.")
        ) from error
    return told["reference"], rupiah
