"""Reading the funds: what is held, trades, prices."""
