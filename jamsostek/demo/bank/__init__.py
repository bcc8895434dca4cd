"""A small bank to practise with: it takes payments into virtual accounts, sends webhooks, pays transfers, and gives statements.

    with Bank(notify="http://127.0.0.1:8000/…", secret="whsec_…", seed=1) as bank:
        bank.pay("81234…", 1_008_000)
        bank.statement("camt053", day)

- `vault` keeps what was paid: every payment once, whatever goes wrong on the way.
- `troubles` says what goes wrong, the same for the same seed.
- `transfers` takes orders to pay, answers them, and pays each once.
- `courier` sends the webhooks and sends them again until they are taken.
- `server` is the bank over HTTP, on this machine only; `python -m jamsostek.demo.bank` starts it.

It speaks the protocols of `jamsostek.messages.bank` and `jamsostek.messages.payout`, and knows nothing else of the house.
"""

from jamsostek.demo.bank.server import Bank
from jamsostek.demo.bank.troubles import Troubles

__all__ = ["Bank", "Troubles"]
