"""Training after a claim, who takes part, who came, and what became of them; made by SQL in migrations/0003_training.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Training(models.Model):
    """An offer of a region: what, when, by whom, for how many, at whose cost. Whole rupiah of all of it."""

    number = models.IntegerField(db_default=models.Func(models.Value("claims_training_number"), function="nextval"))
    kind = models.TextField()
    title = models.TextField()
    title_en = models.TextField()
    region_code = models.IntegerField()
    place = models.TextField(default="")
    provider = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    sessions = models.SmallIntegerField()
    capacity = models.IntegerField()
    cost_rupiah = models.BigIntegerField()
    spent_rupiah = models.BigIntegerField(null=True)
    sponsor_kind = models.TextField()
    sponsor = models.TextField(default="")
    state = models.TextField(default="draft")
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_on = models.DateField()
    done_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_training"
        ordering: ClassVar = ["id"]


class Trainee(models.Model):
    """Somebody of a claim at a training, and where they stand; income before is of a month, whole rupiah."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="trainees")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="trainees")
    party = models.ForeignKey("claims.Party", models.PROTECT, related_name="+")
    person_index = models.BinaryField()
    state = models.TextField()
    state_on = models.DateField()
    state_by = models.BigIntegerField(null=True)
    reason = models.TextField(default="")
    via = models.TextField()
    invited_on = models.DateField()
    ended_on = models.DateField(null=True)
    before_rupiah = models.BigIntegerField(null=True)
    doctor = models.TextField(default="")
    recommended_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    employer_agreed_on = models.DateField(null=True)
    manager_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_trainee"
        ordering: ClassVar = ["id"]


class TraineeStep(models.Model):
    """A change of where somebody stands; written by the database."""

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="steps")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    state = models.TextField()
    on_date = models.DateField()
    reason = models.TextField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_traineestep"
        ordering: ClassVar = ["id"]


class Attendance(models.Model):
    """Whether somebody came to a session; the newest of a session holds."""

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="attendances")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    session = models.SmallIntegerField()
    on_date = models.DateField()
    came = models.BooleanField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_attendance"
        ordering: ClassVar = ["id"]


class TraineeOutcome(models.Model):
    """What became of who finished, so many months later; income of a month, whole rupiah. Told once, never changed."""

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="outcomes")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    month = models.SmallIntegerField()
    working = models.BooleanField()
    business = models.BooleanField()
    income_rupiah = models.BigIntegerField(null=True)
    note = models.TextField(default="")
    told_on = models.DateField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_traineeoutcome"
        ordering: ClassVar = ["month"]
