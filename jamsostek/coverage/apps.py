"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Coverage. It has jobs and no table: snapshots are files."""

    name = "jamsostek.coverage"
    label = "coverage"
