"""Rules, programmes, money, candidates, lists; made by SQL in migrations/0003_programmes.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from jamsostek.outreach.models.registers import Person, Register


class Rule(models.Model):
    """A version of a region's priority rule; another than who proposed it adopts it."""

    region_code = models.IntegerField()
    name = models.TextField()
    version = models.IntegerField()
    rule = models.JSONField()
    digest = models.TextField()
    regulation = models.TextField()
    sample = models.BooleanField(default=False)
    effect = models.JSONField(default=dict)
    proposed_by = models.BigIntegerField(null=True)
    proposed_on = models.DateField()
    adopted_by = models.BigIntegerField(null=True)
    adopted_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_rule"
        ordering: ClassVar = ["id"]


class Programme(models.Model):
    """What a region means to do in a year: for whom, what, who is billed."""

    number = models.IntegerField(db_default=models.Func(models.Value("outreach_programme_number"), function="nextval"))
    region_code = models.IntegerField()
    title = models.TextField()
    year = models.IntegerField()
    sponsor_id = models.BigIntegerField()
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="used_by")
    eligibility = models.JSONField()
    income_rupiah = models.BigIntegerField()
    programmes = ArrayField(models.TextField())
    state = models.TextField(default="draft")
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    opened_by = models.BigIntegerField(null=True)
    opened_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_programme"
        ordering: ClassVar = ["id"]


class Source(models.Model):
    """Money of a programme, for some months."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sources")
    position = models.SmallIntegerField()
    key = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    rupiah = models.BigIntegerField()
    from_month = models.IntegerField()
    to_month = models.IntegerField()
    only_groups = ArrayField(models.TextField(), default=list)
    villages = ArrayField(models.BigIntegerField(), default=list)
    regulation = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "outreach_source"
        ordering: ClassVar = ["programme_id", "position"]


class Quota(models.Model):
    """The most people of a village."""

    pk = models.CompositePrimaryKey("programme_id", "village_code")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="quotas")
    village_code = models.BigIntegerField()
    people = models.IntegerField()

    class Meta:
        managed = False
        db_table = "outreach_quota"


class Candidate(models.Model):
    """Somebody of a register in a programme, by codes alone."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, models.DO_NOTHING, null=True, related_name="candidates")
    register_id = models.BigIntegerField()
    region_code = models.IntegerField()
    village_code = models.BigIntegerField(null=True)
    record_key = models.BinaryField()
    nik_index = models.BinaryField(null=True)
    nik = models.BinaryField(null=True)
    participant_id = models.BigIntegerField(null=True)
    told = models.JSONField(default=dict)
    state = models.TextField(default="proposed")
    state_on = models.DateField()
    reason = models.TextField(default="")
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    points = models.IntegerField(default=0)
    lot = models.BigIntegerField(default=0)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="paid_for")
    from_month = models.IntegerField(null=True)
    to_month = models.IntegerField(null=True)
    rupiah = models.BigIntegerField(default=0)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_candidate"
        ordering: ClassVar = ["-points", "lot"]


class CandidateStep(models.Model):
    """A state of a candidate, since when and why; written by the database."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="steps")
    state = models.TextField()
    on_date = models.DateField()
    reason = models.TextField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_candidatestep"
        ordering: ClassVar = ["id"]


class Intake(models.Model):
    """A register taken into a programme, person by person."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="intakes")
    register = models.ForeignKey(Register, models.PROTECT, related_name="intakes")
    state = models.TextField(default="waiting")
    on_date = models.DateField()
    last_person = models.BigIntegerField(default=0)
    people = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.TextField(default="")
    failures = models.SmallIntegerField(default=0)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_intake"
        ordering: ClassVar = ["id"]


class FundedMonth(models.Model):
    """A month of a person that somebody pays for: once in the nation."""

    pk = models.CompositePrimaryKey("nik_index", "month")
    nik_index = models.BinaryField()
    month = models.IntegerField()
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="months")
    region_code = models.IntegerField()

    class Meta:
        managed = False
        db_table = "outreach_fundedmonth"


class Decree(models.Model):
    """A list of who is paid for, as annex to a decree."""

    code = models.IntegerField(db_default=models.Func(models.Value("outreach_decree_code"), function="nextval"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="decrees")
    number = models.TextField(default="")
    title = models.TextField()
    state = models.TextField(default="prepared")
    people = models.IntegerField()
    villages = models.IntegerField()
    rupiah = models.BigIntegerField()
    digest = models.TextField()
    signature = models.JSONField(default=dict)
    prepared_by = models.BigIntegerField(null=True)
    prepared_on = models.DateField()
    approved_by = models.BigIntegerField(null=True)
    approved_on = models.DateField(null=True)
    enrolled = models.IntegerField(default=0)
    lapsed = models.IntegerField(default=0)
    error = models.TextField(default="")
    failures = models.SmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_decree"
        ordering: ClassVar = ["id"]


class DecreeLine(models.Model):
    """Somebody on a list, with their number in their village."""

    pk = models.CompositePrimaryKey("decree_id", "candidate_id")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="lines")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    village_code = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_decreeline"


class Reconciliation(models.Model):
    """What a month's look at everybody enrolled found."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reconciliations")
    month = models.IntegerField()
    looked = models.IntegerField()
    lapsed = models.JSONField(default=dict)
    saved_rupiah = models.BigIntegerField()
    replaced = models.IntegerField(default=0)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_reconciliation"
        ordering: ClassVar = ["id"]
