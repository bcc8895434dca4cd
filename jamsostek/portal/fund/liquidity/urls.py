"""Addresses under /dana/likuiditas/."""

from __future__ import annotations

from typing import Any

app_name = "liquidity"
urlpatterns: list[Any] = []
