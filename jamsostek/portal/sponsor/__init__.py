"""Those who pay for others: regional governments, villages, companies, private people."""
