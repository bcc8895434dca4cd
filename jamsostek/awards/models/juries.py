"""Tables of juries, made by SQL in migrations/0004_juries.sql."""
