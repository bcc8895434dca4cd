"""Tables of editions and entries, made by SQL in migrations/0001_editions.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Edition(models.Model):
    """An edition's address; what it says is its last version."""

    code = models.TextField(unique=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_edition"
        ordering: ClassVar = ["-id"]


class Version(models.Model):
    """What an edition says, as it was written; never changed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = models.TextField()
    digest = models.TextField()
    nominate_from = models.DateTimeField()
    nominate_until = models.DateTimeField()
    evidence_until = models.DateTimeField()
    marking = models.JSONField(default=dict)
    """What the tables hold juries to (`Edition.marking`)."""
    deciding = models.TextField(default="")
    """The digest of what decides who wins (`awards.deciding`)."""
    invented = models.BooleanField(default=True)
    reason = models.TextField(default="")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_version"
        ordering: ClassVar = ["edition_id", "-number"]


class Step(models.Model):
    """What happened to an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps")
    step = models.TextField()
    reason = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_step"
        ordering: ClassVar = ["id"]


class Entry(models.Model):
    """Somebody who competes in a category at a level, in an area."""

    code = models.TextField(unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    category = models.TextField()
    level = models.TextField()
    area = models.IntegerField()
    subject = models.TextField()
    subject_code = models.BigIntegerField()
    name = models.TextField()
    province_code = models.IntegerField()
    regency_code = models.IntegerField(null=True)
    promoted_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="promoted_to")
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_entry"
        ordering: ClassVar = ["category", "level", "area", "name", "id"]


class EntryStep(models.Model):
    """What happened to an entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="steps")
    step = models.TextField()
    reason = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_entrystep"
        ordering: ClassVar = ["id"]
