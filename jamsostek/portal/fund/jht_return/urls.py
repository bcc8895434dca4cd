"""Addresses under /dana/hasil-jht/."""

from __future__ import annotations

from typing import Any

app_name = "jht_return"
urlpatterns: list[Any] = []
