"""Tables of snapshots, made by SQL in migrations/0002_snapshots.sql."""
