"""Rights that go on, what is owed, and the files the bank pays by; made by SQL in migrations/0001_payouts.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Benefit(models.Model):
    """A right that is paid again and again; whole rupiah of a month (a scholarship: of a year)."""

    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="benefits")
    decision = models.ForeignKey("claims.Decision", models.PROTECT, related_name="+")
    party = models.ForeignKey("claims.Party", models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    component = models.SmallIntegerField()
    fund = models.TextField()
    regency_code = models.IntegerField()
    rupiah = models.BigIntegerField()
    terms = models.JSONField(default=dict)
    from_month = models.IntegerField()
    last_month = models.IntegerField(null=True)
    state = models.TextField(default="active")
    because = models.TextField(default="")
    proof_until = models.IntegerField(null=True)
    indexed_year = models.SmallIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_benefit"
        ordering: ClassVar = ["id"]


class Change(models.Model):
    """What became of a right: raised, suspended, taken up, ended."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="changes")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    kind = models.TextField()
    from_month = models.IntegerField()
    was_rupiah = models.BigIntegerField()
    rupiah = models.BigIntegerField()
    because = models.TextField()
    data = models.JSONField(default=dict)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_change"
        ordering: ClassVar = ["id"]


class Proof(models.Model):
    """That a right goes on: of life, of school, of looking for work, of being unfit for it."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="proofs")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    kind = models.TextField()
    month = models.IntegerField()
    rupiah = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    given_by = models.BigIntegerField(null=True)
    given_on = models.DateField()
    accepted = models.BooleanField(null=True)
    accepted_by = models.BigIntegerField(null=True)
    accepted_on = models.DateField(null=True)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_proof"
        ordering: ClassVar = ["id"]


class ProofPaper(models.Model):
    """A letter or photo that shows a proof, cleaned and stored by its content; judged with the proof."""

    proof = models.ForeignKey(Proof, models.PROTECT, related_name="papers")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    digest = models.TextField()
    media = models.TextField()
    file_name = models.TextField()
    bytes = models.BigIntegerField()
    pages = models.IntegerField(default=1)
    notes = ArrayField(models.TextField(), default=list)
    given_by = models.BigIntegerField(null=True)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_proofpaper"
        ordering: ClassVar = ["id"]


class Roll(models.Model):
    """A month of one kind of right: tried by one, approved by another, posted once. Whole rupiah."""

    kind = models.TextField()
    month = models.IntegerField()
    state = models.TextField(default="tried")
    law_digest = models.TextField()
    people = models.IntegerField()
    rupiah = models.BigIntegerField()
    trial = models.JSONField()
    digest = models.BinaryField()
    prepared_by = models.BigIntegerField()
    prepared_at = models.DateTimeField(db_default=Now())
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    pay_on = models.DateField()
    problem = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "claims_roll"
        ordering: ClassVar = ["id"]


class Growth(models.Model):
    """A year's growth of pensions by the inflation of the year before: said by one, confirmed by another. Rupiah of a month."""

    year = models.IntegerField(primary_key=True)
    inflation_ppm = models.IntegerField()
    source = models.TextField()
    proposed_by = models.BigIntegerField()
    proposed_on = models.DateField()
    approved_by = models.BigIntegerField(null=True)
    approved_on = models.DateField(null=True)
    people = models.IntegerField(default=0)
    was_rupiah = models.BigIntegerField(default=0)
    rupiah = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "claims_growth"
        ordering: ClassVar = ["year"]


class Payout(models.Model):
    """What is owed to one party for one month and component; whole rupiah, tax within gross."""

    month = models.IntegerField()
    claim_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    component = models.SmallIntegerField()
    fund = models.TextField()
    gross_rupiah = models.BigIntegerField()
    tax_rupiah = models.BigIntegerField(default=0)
    due_on = models.DateField()
    state = models.SmallIntegerField(default=1)
    decision_id = models.BigIntegerField(null=True)
    benefit_id = models.BigIntegerField(null=True)
    roll_id = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)
    attempts = models.SmallIntegerField(default=0)
    paid_on = models.DateField(null=True)
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    made_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    pk = models.CompositePrimaryKey("month", "claim_id", "party_id", "component")

    class Meta:
        managed = False
        db_table = "claims_payout"


class Batch(models.Model):
    """A file by which the bank pays out of one fund: prepared by one, approved by another."""

    fund = models.TextField()
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="+", null=True)
    message_id = models.TextField()
    pay_on = models.DateField()
    state = models.TextField(default="prepared")
    count = models.IntegerField()
    rupiah = models.BigIntegerField()
    debtor_name = models.TextField()
    debtor_bank = models.TextField()
    debtor_account = models.TextField()
    prepared_by = models.BigIntegerField()
    prepared_on = models.DateField()
    prepared_at = models.DateTimeField(db_default=Now())
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)
    file_digest = models.TextField(default="")
    reason = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "claims_batch"
        ordering: ClassVar = ["id"]


class Debtor(models.Model):
    """An account that benefits of a fund are paid from; the newest holds."""

    fund = models.TextField()
    name = models.TextField()
    bank = models.TextField()
    account = models.TextField()
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_debtor"
        ordering: ClassVar = ["id"]


class Transfer(models.Model):
    """One attempt to pay one payout, with the account as it was then; whole rupiah."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    number = models.IntegerField()
    month = models.IntegerField()
    claim_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    component = models.SmallIntegerField()
    rupiah = models.BigIntegerField()
    account_party_id = models.BigIntegerField()
    account_name = models.TextField()
    account_bank = models.TextField()
    account_sealed = models.BinaryField()
    outcome = models.SmallIntegerField(null=True)
    reason_code = models.TextField(default="")
    bank_reference = models.TextField(default="")
    settled_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    pk = models.CompositePrimaryKey("batch_id", "number")

    class Meta:
        managed = False
        db_table = "claims_transfer"


class Answer(models.Model):
    """A file in which the bank said what became of transfers; taken once."""

    kind = models.TextField()
    file_name = models.TextField()
    file_digest = models.TextField()
    counts = models.JSONField()
    problems = models.JSONField(default=list)
    taken_by = models.BigIntegerField(null=True)
    taken_on = models.DateField()
    taken_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_answer"
        ordering: ClassVar = ["id"]


class Overpaid(models.Model):
    """What was paid and was not owed; whole rupiah, and what came back of it."""

    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="overpaid")
    party = models.ForeignKey("claims.Party", models.PROTECT, related_name="+")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+", null=True)
    fund = models.TextField()
    rupiah = models.BigIntegerField()
    recovered_rupiah = models.BigIntegerField(default=0)
    because = models.TextField()
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    made_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "claims_overpaid"
        ordering: ClassVar = ["id"]
