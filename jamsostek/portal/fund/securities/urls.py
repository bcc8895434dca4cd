"""Addresses under /dana/efek/."""

from __future__ import annotations

from typing import Any

app_name = "securities"
urlpatterns: list[Any] = []
