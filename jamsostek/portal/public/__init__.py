"""Pages for everyone: the system in a minute, calculators, regions, rights, help. No account, no personal data."""
