"""Every write of the funds: planning and settling trades, prices, the month's end."""
