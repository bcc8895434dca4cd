"""Tables of the registry. Row rules, triggers and indexes that Django cannot express are in migration 0002."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from jamsostek.registry import choices as c

PROTECT = models.PROTECT
CASCADE = models.CASCADE


def _one_of(kind: type[StrEnum], **options: Any) -> models.CharField[Any, Any]:
    return models.CharField(max_length=20, choices=[(one.value, one.value) for one in kind], **options)


def _known(field: str, kind: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [one.value for one in kind]}), name=name)


class Region(models.Model):
    """A province (2 digits), regency or city (4), district (6) or village (10), by its Kemendagri code."""

    code = models.BigIntegerField(primary_key=True)
    parent_code = models.BigIntegerField(null=True, db_index=True)
    level = models.SmallIntegerField()
    name = models.TextField()
    bps_code = models.BigIntegerField(null=True, db_index=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor_code = models.BigIntegerField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_region"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(level__range=(1, 4)), name="region_level")]


class Row(models.Model):
    """What every row of a register carries: who made it, and the transaction that may see it before it is tied to anyone."""

    created_by = models.BigIntegerField(null=True)
    created_xid = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", []), editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Participant(Row):
    """A person in the scheme. Personal values that are secret are in `ParticipantSecret`; here are only their blind indexes."""

    kpj = models.CharField(max_length=11, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.TextField(db_collation="C")
    sex = _one_of(c.Sex)
    birth_date = models.DateField()
    birth_place = models.CharField(max_length=80, blank=True, default="")
    nik_index = models.BinaryField(null=True, unique=True)
    mother_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    regency_code = models.IntegerField()
    village_code = models.BigIntegerField(null=True)
    domicile_since = models.DateField(null=True)
    """The day of the last move to this place; None: as far as is known they always lived here. Correcting the place keeps it."""
    address = models.CharField(max_length=200, blank=True, default="")
    disability_type = _one_of(c.Disability, null=True)
    disability_degree = _one_of(c.Degree, null=True)
    registered_on = models.DateField()
    registered_via = _one_of(c.Via)
    died_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_participant"
        indexes: ClassVar = [
            models.Index(fields=["regency_code", "name_key"], name="participant_regency"),
            models.Index(fields=["village_code"], name="participant_village", condition=~Q(village_code=None)),
            models.Index(fields=["birth_date", "mother_index"], name="participant_alike"),
            models.Index(fields=["phone_index"], name="participant_phone", condition=~Q(phone_index=None)),
            models.Index(fields=["created_by"], name="participant_created_by", condition=~Q(created_by=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kpj__regex=r"^[0-9]{11}$"), name="participant_kpj"),
            models.CheckConstraint(condition=~Q(name=""), name="participant_named"),
            _known("sex", c.Sex, "participant_sex"),
            _known("registered_via", c.Via, "participant_via"),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(died_on__gte=F("birth_date")), name="participant_died_after_birth"
            ),
            models.CheckConstraint(
                condition=Q(disability_type=None, disability_degree=None) | ~Q(disability_type=None),
                name="participant_disability",
            ),
        ]


class ParticipantSecret(models.Model):
    """Values sealed under the participant's own key."""

    participant = models.OneToOneField(Participant, CASCADE, primary_key=True, related_name="secret")
    nik = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    mother_name = models.BinaryField(null=True)
    bank_code = models.CharField(max_length=60, blank=True, default="")
    bank_account = models.BinaryField(null=True)
    bank_changed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_participantsecret"


class Relative(Row):
    """Family of a participant; heirs are read from it in the order of law (`heirs.order`)."""

    participant = models.ForeignKey(Participant, PROTECT, related_name="relatives")
    kin = _one_of(c.Kin)
    name = models.CharField(max_length=120)
    sex = _one_of(c.Sex)
    birth_date = models.DateField(null=True)
    nik = models.BinaryField(null=True)
    other = models.ForeignKey(Participant, PROTECT, null=True, related_name="relative_of")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    died_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "registry_relative"
        constraints: ClassVar = [_known("kin", c.Kin, "relative_kin")]


class Employer(Row):
    """Somebody who employs: company, office, village, builder, household."""

    npp = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    name_key = models.TextField(db_collation="C", db_index=True)
    kind = _one_of(c.EmployerKind)
    kbli = models.CharField(max_length=5, blank=True, default="")
    industry = models.CharField(max_length=8, blank=True, default="")
    risk_class = models.CharField(max_length=10)
    scale = models.CharField(max_length=10)
    labour_intensive = models.BooleanField(default=False)
    npwp_index = models.BinaryField(null=True, unique=True)
    npwp = models.BinaryField(null=True)
    regency_code = models.IntegerField()
    address = models.CharField(max_length=200, blank=True, default="")
    registered_on = models.DateField()
    registered_via = _one_of(c.Via)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_employer"
        indexes: ClassVar = [models.Index(fields=["regency_code", "name_key"], name="employer_regency")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(npp__regex=r"^[0-9]{8}$"), name="employer_npp"),
            _known("kind", c.EmployerKind, "employer_kind"),
            models.CheckConstraint(
                condition=Q(risk_class__in=["very_low", "low", "medium", "high", "very_high"]), name="employer_risk"
            ),
            models.CheckConstraint(condition=Q(scale__in=["micro", "small", "medium", "large"]), name="employer_scale"),
        ]


class EmployerUnit(Row):
    """A branch or unit of an employer."""

    employer = models.ForeignKey(Employer, PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, default="branch")
    regency_code = models.IntegerField()

    class Meta:
        db_table = "registry_employerunit"
        constraints: ClassVar = [models.UniqueConstraint(fields=["employer", "code"], name="unit_code_once")]


class Sponsor(Row):
    """Somebody who pays contributions for people who work for themselves."""

    number = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    kind = _one_of(c.SponsorKind)
    region_code = models.BigIntegerField()
    registered_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_sponsor"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{8}$"), name="sponsor_number"),
            _known("kind", c.SponsorKind, "sponsor_kind"),
        ]


class Office(models.Model):
    """A place of the carrier or its partners: branch, agent's kiosk, hospital desk."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    regency_code = models.IntegerField()
    address = models.CharField(max_length=200, blank=True, default="")
    invented = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_office"


class Project(Row):
    """A construction project, insured as a whole (JKK and JKM) for its time."""

    number = models.CharField(max_length=8, unique=True)
    employer = models.ForeignKey(Employer, PROTECT, related_name="projects")
    name = models.CharField(max_length=160)
    owner = models.CharField(max_length=160)
    contract_rupiah = models.BigIntegerField()
    regency_code = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        db_table = "registry_project"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(contract_rupiah__gt=0), name="project_worth_something"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="project_days_in_order"),
        ]


class Employment(Row):
    """A spell of work for an employer, in months; an open spell has no `to_month`. Spells of one person there never overlap."""

    employer = models.ForeignKey(Employer, PROTECT, related_name="employments", db_index=False)
    participant = models.ForeignKey(Participant, PROTECT, related_name="employments", db_index=False)
    segment = _one_of(c.Segment)
    unit = models.ForeignKey(EmployerUnit, PROTECT, null=True)
    project = models.ForeignKey(Project, PROTECT, null=True)
    position = models.CharField(max_length=80, blank=True, default="")
    from_month = models.IntegerField()
    to_month = models.IntegerField(null=True)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    leaving = _one_of(c.Leaving, null=True)
    leaving_reported_by = models.CharField(max_length=10, blank=True, default="")
    upload_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "registry_employment"
        indexes: ClassVar = [
            models.Index(fields=["employer", "participant"], name="employment_there"),
            models.Index(fields=["participant"], name="employment_of"),
        ]
        constraints: ClassVar = [
            _known("segment", c.Segment, "employment_segment"),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__gte=F("from_month")), name="employment_in_order"),
            models.CheckConstraint(condition=Q(leaving=None) | ~Q(to_month=None), name="employment_left_whole"),
        ]


class Wage(Row):
    """What a job pays from a month on, until the next row."""

    employment = models.ForeignKey(Employment, PROTECT, related_name="wages", db_index=False)
    from_month = models.IntegerField()
    wage_rupiah = models.BigIntegerField()

    class Meta:
        db_table = "registry_wage"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employment", "from_month"], include=["wage_rupiah"], name="wage_once_a_month"),
            models.CheckConstraint(condition=Q(wage_rupiah__range=(1, 10**12)), name="wage_amount"),
        ]


class Cover(Row):
    """A spell of cover for somebody who works for themself, paid by themself or by a sponsor."""

    participant = models.ForeignKey(Participant, PROTECT, related_name="covers", db_index=False)
    payer = _one_of(c.Payer)
    sponsor = models.ForeignKey(Sponsor, PROTECT, null=True, related_name="covers", db_index=False)
    occupation = models.CharField(max_length=80)
    sector = models.CharField(max_length=20, default="other")
    income_rupiah = models.BigIntegerField()
    jht_member = models.BooleanField(default=False)
    from_month = models.IntegerField()
    to_month = models.IntegerField(null=True)
    upload_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "registry_cover"
        indexes: ClassVar = [
            models.Index(fields=["sponsor", "participant"], name="cover_there"),
            models.Index(fields=["participant"], name="cover_of"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(payer="self", sponsor=None) | Q(payer="sponsor", sponsor__isnull=False), name="cover_payer"
            ),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__gte=F("from_month")), name="cover_in_order"),
            models.CheckConstraint(condition=Q(income_rupiah__gt=0), name="cover_income"),
        ]


class Placement(Row):
    """A migrant worker's contract abroad."""

    participant = models.ForeignKey(Participant, PROTECT, related_name="placements")
    agency = models.ForeignKey(Employer, PROTECT, null=True)
    route = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    contract_from = models.IntegerField()
    contract_months = models.SmallIntegerField()
    returned_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_placement"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(contract_months__range=(1, 60)), name="placement_months"),
            models.CheckConstraint(condition=Q(route__in=["agency", "individual"]), name="placement_route"),
        ]


class Merge(models.Model):
    """Two numbers found to be one person. Rows stay where they are; reads follow `into`; undone means as if it never was."""

    source = models.ForeignKey(Participant, PROTECT, related_name="merged_into")
    into = models.ForeignKey(Participant, PROTECT, related_name="merged_from")
    reason = models.TextField()
    by = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "registry_merge"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source"], condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(condition=~Q(source=F("into")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_undone_whole",
            ),
        ]


class DuplicateQuestion(models.Model):
    """Two participants who may be one person, for a human to decide. `clues` names what agrees, never a value."""

    first = models.ForeignKey(Participant, PROTECT, related_name="questions_first")
    second = models.ForeignKey(Participant, PROTECT, related_name="questions_second")
    clues = models.JSONField()
    state = _one_of(c.QuestionState, default="open")
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.BigIntegerField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "registry_duplicatequestion"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="question_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="question_in_order"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="question_decided_whole",
            ),
        ]


class Card(Row):
    """A card issued to a participant; the newest that is not revoked counts."""

    serial = models.BigIntegerField(unique=True)
    participant = models.ForeignKey(Participant, PROTECT, related_name="cards")
    programmes = ArrayField(models.CharField(max_length=3))
    segment = models.CharField(max_length=20)
    from_month = models.IntegerField()
    to_month = models.IntegerField()
    key_id = models.CharField(max_length=16)
    token = models.TextField()
    issued_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        db_table = "registry_card"
        indexes: ClassVar = [models.Index(fields=["participant"], name="card_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="card_revoked_whole",
            )
        ]


class Upload(Row):
    """A bulk file on its way: received, read, confirmed, written. Row counts are kept with the rows they count."""

    layout = models.CharField(max_length=10)
    employer = models.ForeignKey(Employer, PROTECT, null=True, related_name="uploads")
    sponsor = models.ForeignKey(Sponsor, PROTECT, null=True, related_name="uploads")
    file_name = models.CharField(max_length=160)
    file_digest = models.CharField(max_length=64)
    month = models.IntegerField()
    to_month = models.IntegerField(null=True)
    overwrite = models.BooleanField(default=False)
    state = _one_of(c.UploadState, default="received")
    rows_total = models.IntegerField(default=0)
    rows_good = models.IntegerField(default=0)
    rows_wrong = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    good_digest = models.CharField(max_length=64, blank=True, default="")
    problems_digest = models.CharField(max_length=64, blank=True, default="")
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_upload"
        indexes: ClassVar = [
            models.Index(fields=["employer", "-id"], name="upload_of_employer"),
            models.Index(fields=["sponsor", "-id"], name="upload_of_sponsor"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(layout="employer", employer__isnull=False, sponsor=None)
                | Q(layout="sponsor", sponsor__isnull=False, employer=None),
                name="upload_whose",
            ),
            # Money of a sponsor needs two people; a small employer's only clerk confirms their own list.
            models.CheckConstraint(
                condition=Q(layout="employer") | Q(confirmed_by=None) | ~Q(confirmed_by=F("created_by")),
                name="upload_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="upload_confirmed_whole",
            ),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__gte=F("month")), name="upload_months_in_order"),
            # One file for one month is one upload while it is open; a cancelled or failed one may be sent again.
            models.UniqueConstraint(
                fields=["employer", "sponsor", "month", "file_digest"],
                condition=~Q(state__in=["cancelled", "failed", "done"]),
                nulls_distinct=False,
                name="upload_once_while_open",
            ),
        ]


class UploadVerdict(models.Model):
    """What the registry answered to a good row of a file, where it was more than "done"."""

    upload = models.ForeignKey(Upload, CASCADE, related_name="verdicts")
    row = models.IntegerField()
    kind = models.CharField(max_length=30)
    participant_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "registry_uploadverdict"
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "row"], name="verdict_once")]


class Draft(models.Model):
    """A registration somebody has begun by themself, sealed, kept for a while under a secret only they hold."""

    secret_digest = models.BinaryField(unique=True)
    answers = models.BinaryField()
    updated_at = models.DateTimeField(auto_now=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "registry_draft"
