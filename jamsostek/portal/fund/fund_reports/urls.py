"""Addresses under /dana/laporan/."""

from __future__ import annotations

from typing import Any

app_name = "fund_reports"
urlpatterns: list[Any] = []
