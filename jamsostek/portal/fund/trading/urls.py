"""Addresses under /dana/transaksi/."""

from __future__ import annotations

from typing import Any

app_name = "trading"
urlpatterns: list[Any] = []
