"""Money in: the work lists of offices, bank statements, receipts by hand, refunds; a payer's own payments and their receipts."""
