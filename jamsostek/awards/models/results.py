"""Tables of results, made by SQL in migrations/0005_results.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from jamsostek.awards.models.editions import Edition, Entry
from jamsostek.awards.models.snapshots import Snapshot


class Result(models.Model):
    """What came of a contest; `content` is canonical JSON (`awards.outcome`), `digest` its SHA-256."""

    code = models.TextField(unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="results")
    version = models.IntegerField()
    category = models.TextField()
    level = models.TextField()
    area = models.IntegerField()
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="results")
    root = models.TextField()
    content = models.TextField()
    digest = models.TextField()
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.TextField(default="")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_result"
        ordering: ClassVar = ["-id"]


class ResultAnswer(models.Model):
    """Decided, or refused with a reason."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="answer")
    decided = models.BooleanField()
    reason = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_resultanswer"


class Publication(models.Model):
    """A level became public: a province's, or the nation's (area 0)."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="publications")
    level = models.TextField()
    area = models.IntegerField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_publication"
        ordering: ClassVar = ["id"]


class Annulment(models.Model):
    """Somebody asked that a result be annulled."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="annulments")
    reason = models.TextField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_annulment"
        ordering: ClassVar = ["id"]


class AnnulmentAnswer(models.Model):
    """Another confirmed it, or did not."""

    annulment = models.OneToOneField(Annulment, models.PROTECT, related_name="answer")
    confirmed = models.BooleanField()
    reason = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_annulmentanswer"


class Certificate(models.Model):
    """Given to whoever is honoured; `statement` is what was signed."""

    code = models.TextField(unique=True)
    number = models.TextField(unique=True)
    result = models.ForeignKey(Result, models.PROTECT, related_name="certificates")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="certificates")
    rank = models.IntegerField()
    statement = models.TextField()
    key_id = models.TextField()
    signature = models.BinaryField()
    issued_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_certificate"
        ordering: ClassVar = ["result_id", "rank", "entry_id"]
