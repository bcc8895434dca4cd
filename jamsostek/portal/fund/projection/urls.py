"""Addresses under /dana/proyeksi/."""

from __future__ import annotations

from typing import Any

app_name = "projection"
urlpatterns: list[Any] = []
