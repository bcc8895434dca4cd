"""Registers, who is in them, and what is thought of each; made by SQL in migrations/0001_registers.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Mapping(models.Model):
    """Which column of a file holds what; the newest of a region and its titles holds."""

    region_code = models.IntegerField()
    fingerprint = models.TextField()
    name = models.TextField()
    columns = models.JSONField()
    shared = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_mapping"
        ordering: ClassVar = ["id"]


class Register(models.Model):
    """A list of people that a region brought in, by what right, until when. Counts of rows: seen = kept + refused + passed."""

    number = models.IntegerField(db_default=models.Func(models.Value("outreach_register_number"), function="nextval"))
    region_code = models.IntegerField()
    kind = models.TextField()
    title = models.TextField()
    file_name = models.TextField()
    file_digest = models.TextField()
    file_bytes = models.BigIntegerField()
    snapshot_on = models.DateField()
    legal_basis = models.TextField()
    purpose = models.TextField()
    keep_until = models.DateField()
    columns = models.JSONField()
    wrapped = models.BinaryField(null=True)
    state = models.TextField(default="received")
    next_row = models.BigIntegerField(default=0)
    rows_seen = models.BigIntegerField(default=0)
    rows_kept = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    rows_passed = models.BigIntegerField(default=0)
    kinds = models.JSONField(default=dict)
    profile = models.JSONField(default=dict)
    error = models.TextField(default="")
    failures = models.SmallIntegerField(default=0)
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    deleted_by = models.BigIntegerField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_reason = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "outreach_register"
        ordering: ClassVar = ["id"]


class Person(models.Model):
    """Somebody of a register, as written there; NIK, card, mother and phone are sealed with the register's key."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="people")
    row_number = models.BigIntegerField()
    regency_code = models.IntegerField()
    village_code = models.BigIntegerField(null=True)
    name = models.TextField()
    sex = models.CharField(max_length=1, null=True)
    birth_date = models.DateField(null=True)
    birth_place = models.TextField(default="")
    nik = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True)
    nik_state = models.TextField()
    kk = models.BinaryField(null=True)
    mother = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    relation = models.TextField(null=True)
    decile = models.SmallIntegerField(null=True)
    occupation = models.TextField(null=True)
    employment = models.TextField(null=True)
    income_rupiah = models.BigIntegerField(null=True)
    disability = models.TextField(null=True)
    marital = models.TextField(null=True)
    woman_head = models.BooleanField(null=True)
    children_school = models.SmallIntegerField(null=True)
    is_asn = models.BooleanField(null=True)
    death_hint = models.BooleanField(default=False)
    moved_hint = models.BooleanField(default=False)
    hamlet = models.TextField(default="")
    source_id = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "outreach_person"
        ordering: ClassVar = ["id"]


class Problem(models.Model):
    """What is to be mended in a register; values are masked."""

    pk = models.CompositePrimaryKey("register_id", "number")
    register = models.ForeignKey(Register, models.PROTECT, related_name="problems")
    number = models.BigIntegerField()
    row_number = models.BigIntegerField(null=True)
    column_letter = models.TextField()
    title = models.TextField()
    kind = models.TextField()
    value = models.TextField()
    detail = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "outreach_problem"


class Run(models.Model):
    """One linkage of a register: with the participants, with another register, or within itself."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="runs")
    against = models.TextField(default="participants")
    against_register = models.ForeignKey(Register, models.PROTECT, null=True, db_column="against_id", related_name="runs_against")
    state = models.TextField(default="waiting")
    engine = models.TextField(default="duckdb")
    weights = models.JSONField(default=dict)
    thresholds = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    recall_ppm = models.IntegerField(null=True)
    error = models.TextField(default="")
    failures = models.SmallIntegerField(default=0)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_run"
        ordering: ClassVar = ["id"]


class Link(models.Model):
    """The outcome for one person of a register."""

    pk = models.CompositePrimaryKey("run_id", "person_id")
    run = models.ForeignKey(Run, models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    register_id = models.BigIntegerField()
    outcome = models.TextField()
    reasons = ArrayField(models.TextField(), default=list)
    member_id = models.BigIntegerField(null=True)
    member_key = models.BinaryField(null=True)
    weight = models.FloatField(null=True)
    clues = models.JSONField(null=True)
    second_id = models.BigIntegerField(null=True)
    second_weight = models.FloatField(null=True)
    record_key = models.BinaryField()

    class Meta:
        managed = False
        db_table = "outreach_link"


class Answer(models.Model):
    """What somebody answered about a record and a member."""

    region_code = models.IntegerField()
    record_key = models.BinaryField()
    member_key = models.BinaryField(null=True)
    answer = models.TextField()
    reason = models.TextField()
    blind = models.BooleanField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_answer"
        ordering: ClassVar = ["id"]
