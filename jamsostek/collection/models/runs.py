"""Runs of a month over whole regions, as people start and watch them; made by SQL in migrations/0007_runs.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Run(models.Model):
    """One run of a month. `region_code` None is the nation; `made_on` is the day its bills bear, however often it is taken up."""

    month = models.IntegerField()
    region_code = models.IntegerField(null=True)
    workers = models.SmallIntegerField(default=1)
    state = models.TextField(default="waiting")
    made_on = models.DateField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    problem = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "collection_run"
        ordering: ClassVar = ["-id"]


class RunRegion(models.Model):
    """A province or regency of a run, and what became of it; whole rupiah."""

    pk = models.CompositePrimaryKey("run_id", "region_code")
    run_id = models.BigIntegerField()
    region_code = models.IntegerField()
    state = models.TextField(default="waiting")
    bills = models.IntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    total_rupiah = models.DecimalField(max_digits=30, decimal_places=0, default=0)
    problem = models.TextField(default="")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "collection_runregion"
        ordering: ClassVar = ["region_code"]
