"""Addresses under /dana/batas/."""

from __future__ import annotations

from typing import Any

app_name = "limits"
urlpatterns: list[Any] = []
