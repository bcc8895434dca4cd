"""Tables of juries, made by SQL in migrations/0004_juries.sql. Marks are blind: the row rules show a juror's own alone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from jamsostek.awards.models.editions import Edition, Entry


class Juror(models.Model):
    """Somebody in a seat of an edition's jury at a level; who left stays to be read."""

    code = models.TextField(unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="jurors")
    level = models.TextField()
    area = models.IntegerField()
    seat = models.TextField()
    user_id = models.BigIntegerField()
    name = models.TextField()
    home_regency = models.IntegerField()
    home_province = models.IntegerField()
    appointed_by = models.BigIntegerField(null=True)
    appointed_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True)
    left_how = models.TextField(default="")
    left_reason = models.TextField(default="")
    left_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "awards_juror"
        ordering: ClassVar = ["level", "area", "id"]


class Interest(models.Model):
    """What a juror declared: nothing, or a subject they may not judge."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="interests")
    kind = models.TextField()
    subject = models.TextField(null=True)
    subject_code = models.BigIntegerField(null=True)
    subject_name = models.TextField(default="")
    note = models.TextField(default="")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_interest"
        ordering: ClassVar = ["id"]


class Mark(models.Model):
    """A juror's marks (0 to 100) for an entry at a criterion; every revision, the last one counts."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="marks")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="marks")
    criterion = models.TextField()
    marks = models.SmallIntegerField()
    note = models.TextField(default="")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_mark"
        ordering: ClassVar = ["id"]


class CountedMark(models.Model):
    """A mark that counts: the last one, frozen, not struck. A view."""

    juror = models.ForeignKey(Juror, models.DO_NOTHING, related_name="counted")
    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="counted")
    criterion = models.TextField()
    marks = models.SmallIntegerField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "awards_counted"
        ordering: ClassVar = ["entry_id", "criterion", "juror_id"]


class Strike(models.Model):
    """Marks of a juror for an entry that do not count: they had an interest in it. The marks stay to be read."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="strikes")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="strikes")
    kind = models.TextField()
    reason = models.TextField(default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_strike"
        ordering: ClassVar = ["id"]


class Freeze(models.Model):
    """A juror's marks in a contest, final for whoever had been accepted by then."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="freezes")
    category = models.TextField()
    area = models.IntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_freeze"
        ordering: ClassVar = ["id"]


class Reveal(models.Model):
    """A contest whose marks everybody in it may read; `unfrozen` are codes of jurors whose marks do not count."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reveals")
    category = models.TextField()
    level = models.TextField()
    area = models.IntegerField()
    note = models.TextField(default="")
    unfrozen = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_reveal"
        ordering: ClassVar = ["id"]


class Discussion(models.Model):
    """What was said of marks that lie far apart; a note, never another mark."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="discussions")
    criterion = models.TextField()
    note = models.TextField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_discussion"
        ordering: ClassVar = ["id"]


class Interview(models.Model):
    """A talk of jurors with a leader in person and two officials."""

    code = models.TextField(unique=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.TextField(default="")
    link = models.TextField(default="")
    juror_ids = ArrayField(models.BigIntegerField())
    leader = models.TextField()
    officials = models.TextField()
    state = models.TextField(default="planned")
    reason = models.TextField(default="")
    came_ids = ArrayField(models.BigIntegerField(), default=list)
    leader_came = models.BooleanField(null=True)
    officials_came = models.SmallIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_interview"
        ordering: ClassVar = ["starts_at", "id"]


class InterviewStep(models.Model):
    """What was said of an interview, each time; written by the table itself."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="steps")
    step = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.TextField()
    reason = models.TextField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_interviewstep"
        ordering: ClassVar = ["id"]
