"""Tables of users, grants, keys and the audit trail."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jamsostek.access.roles import Kind, Role


class UserManager(BaseUserManager["User"]):
    """Makes users; the username is lower case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A user with a password, or with none that works."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Sign-in does not care about capitals."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who signs in. What they may see and do is in their grants, never here."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="id")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        db_table = "access_user"

    def __str__(self) -> str:
        return self.username


class Grant(models.Model):
    """A role held over something, for some months. Ended grants stay."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    target = models.BigIntegerField(default=0)
    from_month = models.IntegerField()
    to_month = models.IntegerField(null=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="grants_given")
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="grants_ended")

    class Meta:
        db_table = "access_grant"
        indexes: ClassVar = [
            models.Index(fields=["user"], name="grant_user"),
            models.Index(fields=["kind", "target"], name="grant_target"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_month__range=(200901, 210012)), name="grant_from_month"),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__gte=F("from_month")), name="grant_months_in_order"),
            models.CheckConstraint(condition=Q(ended_at=None, ended_by=None) | ~Q(ended_at=None), name="grant_ended_whole"),
            models.CheckConstraint(condition=~Q(given_by=F("user")), name="grant_not_to_oneself"),
            models.UniqueConstraint(fields=["user", "role", "kind", "target"], condition=Q(ended_at=None), name="grant_once"),
        ]


class SubjectKey(models.Model):
    """The wrapped key of a participant; destroyed means null, and what it sealed is gone for good."""

    participant_id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_subjectkey"


class AuditEntry(models.Model):
    """One thing done or looked at. Partitioned by month; rows are never changed (the migration refuses it)."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    xid = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    actor = models.TextField()
    action = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField(null=True)
    fields = models.TextField()
    sealed = models.BinaryField(null=True)
    reason = models.TextField()
    request = models.TextField()

    class Meta:
        managed = False
        db_table = "access_auditentry"


class AuditBlock(models.Model):
    """A run of audit entries closed under a hash that also covers the block before it."""

    number = models.BigIntegerField(primary_key=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    upto_xid = models.BigIntegerField()
    rows = models.IntegerField()
    row_ids = ArrayField(models.BigIntegerField())
    row_digests = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "access_auditblock"


class ApiToken(models.Model):
    """A key for programs. Only its hash is kept; `scopes` narrow what the user's grants allow."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=8)
    digest = models.BinaryField(unique=True)
    scopes = ArrayField(models.TextField())
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_apitoken"


class DoneRequest(models.Model):
    """An idempotency key with what was answered; written in the transaction of its effect."""

    user = models.ForeignKey(User, models.PROTECT)
    key = models.CharField(max_length=120)
    request_digest = models.BinaryField()
    status = models.SmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "access_donerequest"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="donerequest_once")]


class Ticket(models.Model):
    """Somebody who could not get through alone: a person at an office takes over. `asked_by` is set for who was signed in."""

    number = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20)
    username = models.CharField(max_length=60, blank=True)
    told = models.TextField(blank=True)
    contact = models.BinaryField(null=True)
    regency_code = models.IntegerField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        db_table = "access_ticket"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["sign_in", "account", "correction", "wage", "deletion"]), name="ticket_kind"
            )
        ]


class ResetCode(models.Model):
    """A code, printed or mailed, that lets its holder set a new password once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.BinaryField()
    way = models.CharField(max_length=10)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_resetcode"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(made_by=F("user")), name="resetcode_not_for_oneself")]
