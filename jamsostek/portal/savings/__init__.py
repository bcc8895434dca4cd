"""A person's JHT balance and JP record: what the pages of participants and of offices share."""
