"""A region's strategy: regulations, the year's plan, the half-yearly report; made by SQL in migrations/0004_strategy.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from jamsostek.outreach.models.programmes import Programme


class Regulation(models.Model):
    """A regulation of a region, entered by one and confirmed by another; then it is public."""

    code = models.IntegerField(db_default=models.Func(models.Value("outreach_regulation_code"), function="nextval"))
    region_code = models.IntegerField()
    village_code = models.BigIntegerField(null=True)
    kind = models.TextField()
    number = models.TextField()
    year = models.IntegerField()
    signed_on = models.DateField()
    title = models.TextField()
    settles = ArrayField(models.TextField())
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    file_digest = models.TextField()
    file_name = models.TextField()
    file_bytes = models.IntegerField()
    file_pages = models.SmallIntegerField()
    state = models.TextField(default="entered")
    reason = models.TextField(default="")
    invented = models.BooleanField(default=False)
    entered_by = models.BigIntegerField(null=True)
    entered_on = models.DateField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    ending_on = models.DateField(null=True)
    ending_reason = models.TextField(default="")
    ending_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_regulation"
        ordering: ClassVar = ["-signed_on", "-id"]


class StrategyPlan(models.Model):
    """What a region means to do in a year."""

    region_code = models.IntegerField()
    year = models.IntegerField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_strategyplan"
        ordering: ClassVar = ["-year"]


class PlanItem(models.Model):
    """One thing of a plan: by whom, by when, how far, with what proof."""

    plan = models.ForeignKey(StrategyPlan, models.PROTECT, related_name="items")
    pillar = models.TextField()
    duty = models.TextField(default="")
    title = models.TextField()
    office = models.TextField(default="")
    officer = models.TextField(default="")
    due_on = models.DateField()
    state = models.TextField(default="planned")
    state_on = models.DateField()
    reason = models.TextField(default="")
    regulation = models.ForeignKey(Regulation, models.PROTECT, null=True, related_name="proves")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="proves")
    file_digest = models.TextField(default="")
    file_name = models.TextField(default="")
    file_media = models.TextField(default="")
    by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_planitem"
        ordering: ClassVar = ["due_on", "id"]


class PlanChange(models.Model):
    """What an item was and became, and by whom; written by the database."""

    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="changes")
    was = models.JSONField()
    became = models.JSONField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_planchange"
        ordering: ClassVar = ["id"]


class HalfReport(models.Model):
    """A version of a region's half-yearly report; one that was sent never changes."""

    region_code = models.IntegerField()
    year = models.IntegerField()
    half = models.SmallIntegerField()
    version = models.SmallIntegerField()
    state = models.TextField(default="draft")
    figures = models.JSONField()
    computed_at = models.DateTimeField()
    obstacles = models.TextField(default="")
    help = models.TextField(default="")
    correction = models.TextField(default="")
    digest = models.TextField()
    drafted_by = models.BigIntegerField(null=True)
    drafted_on = models.DateField()
    signed_by = models.BigIntegerField(null=True)
    signed_on = models.DateField(null=True)
    sent_by = models.BigIntegerField(null=True)
    sent_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_halfreport"
        ordering: ClassVar = ["-year", "-half", "-version"]


class RegionGoal(models.Model):
    """A goal that a region sets itself, by one and confirmed by another; made by SQL in migrations/0006_goals.sql.

    `target` in persons, of a share in hundredths of a per cent. What it began from was counted when it was confirmed.
    """

    code = models.IntegerField(db_default=models.Func(models.Value("outreach_regiongoal_code"), function="nextval"))
    region_code = models.IntegerField()
    kind = models.TextField()
    denominator = models.TextField(default="")
    target = models.BigIntegerField()
    year = models.IntegerField()
    why = models.TextField()
    regulation = models.ForeignKey(Regulation, models.PROTECT, null=True, related_name="goals")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    state = models.TextField(default="proposed")
    reason = models.TextField(default="")
    invented = models.BooleanField(default=False)
    proposed_by = models.BigIntegerField(null=True)
    proposed_on = models.DateField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    start_month = models.IntegerField(null=True)
    start_as_of = models.DateField(null=True)
    start_persons = models.BigIntegerField(null=True)
    start_base = models.BigIntegerField(null=True)
    base_as_of = models.TextField(default="")
    base_status = models.TextField(default="")
    base_source = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_regiongoal"
        ordering: ClassVar = ["region_code", "year", "id"]
