"""Tables of results, made by SQL in migrations/0005_results.sql."""
