"""Tables of evidence, made by SQL in migrations/0003_evidence.sql."""
