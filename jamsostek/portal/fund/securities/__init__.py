"""Issuers, instruments, prices from files, custody statements, yields."""
