"""A claim with its parties, facts, papers, assessments and decisions; made by SQL in migrations/0001_claims.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Claim(models.Model):
    """A claim: what happened to whom, and where it stands. `place` is its order of service, given at submission."""

    number = models.TextField()
    kind = models.TextField()
    participant = models.ForeignKey("registry.Participant", models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, related_name="scholarships", null=True)
    employer = models.ForeignKey("registry.Employer", models.PROTECT, related_name="+", null=True)
    office = models.ForeignKey("registry.Office", models.PROTECT, related_name="+", null=True)
    regency_code = models.IntegerField()
    event_on = models.DateField(null=True)
    channel = models.TextField()
    filed_by = models.BigIntegerField(null=True)
    language = models.TextField(default="id")
    state = models.TextField(default="draft")
    resume_digest = models.BinaryField(null=True)
    checklist = models.JSONField(default=list)
    opened_on = models.DateField()
    submitted_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    place = models.BigIntegerField(null=True)
    waiting_for = models.TextField(default="")
    clock_used = models.SmallIntegerField(default=0)
    clock_from = models.DateField(null=True)
    due_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_claim"
        ordering: ClassVar = ["id"]


class Party(models.Model):
    """Somebody who has to do with a claim: who files it, who is paid, who stands for whom."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="parties")
    claimant = models.BooleanField(default=False)
    beneficiary = models.BooleanField(default=False)
    kin = models.TextField()
    participant = models.ForeignKey("registry.Participant", models.PROTECT, related_name="+", null=True)
    relative = models.ForeignKey("registry.Relative", models.PROTECT, related_name="+", null=True)
    employer = models.ForeignKey("registry.Employer", models.PROTECT, related_name="+", null=True)
    guardian = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    name = models.TextField()
    birth_date = models.DateField(null=True)
    nik_sealed = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    share = models.IntegerField(default=1)
    account_bank = models.TextField(default="")
    account_name = models.TextField(default="")
    account_sealed = models.BinaryField(null=True)
    account_index = models.BinaryField(null=True)
    account_state = models.TextField(default="")
    account_changed_on = models.DateField(null=True)
    account_changed_by = models.BigIntegerField(null=True)
    account_checked_by = models.BigIntegerField(null=True)
    account_checked_on = models.DateField(null=True)
    account_note = models.TextField(default="")
    left_on = models.DateField(null=True)
    left_because = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_party"
        ordering: ClassVar = ["id"]


class Fact(models.Model):
    """One thing known about a claim: stated by who files it, or found by an officer. The newest of a name holds."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="facts")
    name = models.TextField()
    value = models.JSONField(null=True)
    found = models.BooleanField()
    note = models.TextField(default="")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_fact"
        ordering: ClassVar = ["id"]


class Document(models.Model):
    """A paper given as evidence, cleaned and stored by its content."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="documents")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True)
    kind = models.TextField()
    digest = models.TextField()
    media = models.TextField()
    file_name = models.TextField()
    bytes = models.BigIntegerField()
    pages = models.IntegerField(default=1)
    notes = ArrayField(models.TextField(), default=list)
    given_by = models.BigIntegerField(null=True)
    given_at = models.DateTimeField(db_default=Now())
    state = models.TextField(default="given")
    reason = models.TextField(default="")
    checked_by = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "claims_document"
        ordering: ClassVar = ["id"]


class Assessment(models.Model):
    """What was computed from which facts under which law; never changed. Whole rupiah."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assessments")
    number = models.IntegerField()
    law_digest = models.TextField()
    facts = models.JSONField()
    conditions = models.JSONField()
    components = models.JSONField()
    outcome = models.TextField()
    rupiah = models.BigIntegerField()
    because = models.TextField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_assessment"
        ordering: ClassVar = ["id"]


class Limit(models.Model):
    """From how many rupiah on a third person decides; the newest holds. The carrier's own rule, not the law's."""

    rupiah = models.BigIntegerField()
    reason = models.TextField()
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_limit"
        ordering: ClassVar = ["id"]


class Decision(models.Model):
    """What one proposed and another decided; above the limit a third too. Whole rupiah."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    approve = models.BooleanField()
    rupiah = models.BigIntegerField()
    grounds = models.JSONField(default=list)
    reason = models.TextField()
    needs_third = models.BooleanField()
    proposed_by = models.BigIntegerField()
    proposed_on = models.DateField()
    second_by = models.BigIntegerField(null=True)
    second_on = models.DateField(null=True)
    second_agrees = models.BooleanField(null=True)
    second_reason = models.TextField(default="")
    third_by = models.BigIntegerField(null=True)
    third_on = models.DateField(null=True)
    third_agrees = models.BooleanField(null=True)
    third_reason = models.TextField(default="")
    final = models.BooleanField(null=True)
    letter_digest = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_decision"
        ordering: ClassVar = ["id"]


class Objection(models.Model):
    """Against a decision: at the carrier, then before those the law names."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="objections")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    level = models.TextField()
    grounds = models.TextField()
    filed_by = models.BigIntegerField(null=True)
    filed_on = models.DateField()
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateField(null=True)
    upheld = models.BooleanField(null=True)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_objection"
        ordering: ClassVar = ["id"]


class Event(models.Model):
    """One thing that happened to a claim; `shown` to whoever filed it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="events")
    kind = models.TextField()
    on_date = models.DateField()
    shown = models.BooleanField()
    text = models.TextField(default="")
    data = models.JSONField(default=dict)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_event"
        ordering: ClassVar = ["id"]
