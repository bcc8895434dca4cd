"""Django's PostgreSQL backend, with one thing more: an alias without a host is the embedded server."""
