"""Campaigns, meetings, who came, codes, consents, reminders; made by SQL in migrations/0005_campaigns.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Campaign(models.Model):
    """What a region does to reach an audience, from a day to a day; whole rupiah of all of it."""

    number = models.IntegerField(db_default=models.Func(models.Value("outreach_campaign_number"), function="nextval"))
    region_code = models.IntegerField()
    title = models.TextField()
    goal = models.TextField()
    audience = ArrayField(models.TextField())
    from_on = models.DateField()
    to_on = models.DateField()
    budget_rupiah = models.BigIntegerField()
    owner = models.TextField()
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_campaign"
        ordering: ClassVar = ["-id"]


class Meeting(models.Model):
    """A gathering in a village; `counted_*` where people were only counted."""

    number = models.IntegerField(db_default=models.Func(models.Value("outreach_meeting_number"), function="nextval"))
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    regency_code = models.IntegerField()
    village_code = models.BigIntegerField()
    on_date = models.DateField()
    at_time = models.TimeField()
    hall = models.TextField()
    speaker = models.TextField()
    language = models.TextField()
    wheelchair = models.BooleanField()
    sign = models.BooleanField()
    counted_m = models.IntegerField(null=True)
    counted_f = models.IntegerField(null=True)
    counted_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    cancelled_reason = models.TextField(default="")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_meeting"
        ordering: ClassVar = ["on_date", "at_time", "id"]


class Attendee(models.Model):
    """Somebody who came; name and telephone sealed under `wrapped`."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    batch = models.BinaryField()
    number = models.IntegerField()
    sex = models.CharField(max_length=1)
    age_group = models.TextField(null=True)
    occupation = models.TextField(default="")
    disability = models.BooleanField(null=True)
    wrapped = models.BinaryField(null=True)
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    erased_on = models.DateField(null=True)
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_attendee"
        ordering: ClassVar = ["id"]


class Code(models.Model):
    """What somebody says to be known by: an agent's own, or a meeting's."""

    code = models.TextField(unique=True)
    region_code = models.IntegerField()
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, related_name="code")
    user_id = models.BigIntegerField(null=True)
    agent_name = models.TextField(default="")
    body = models.TextField(default="")
    given_on = models.DateField()
    given_by = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_reason = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "outreach_code"
        ordering: ClassVar = ["agent_name", "id"]


class Referral(models.Model):
    """Through whose code somebody became a member; once, for good."""

    participant_id = models.BigIntegerField(primary_key=True)
    code = models.ForeignKey(Code, models.PROTECT, related_name="referrals")
    referred_on = models.DateField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "outreach_referral"


class Consent(models.Model):
    """A telephone that may be written to for some purposes; taken back, its number is gone."""

    region_code = models.IntegerField()
    village_code = models.BigIntegerField(null=True)
    phone_index = models.BinaryField()
    wrapped = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    name = models.BinaryField(null=True)
    language = models.TextField()
    purposes = ArrayField(models.TextField())
    given_on = models.DateField()
    given_how = models.TextField()
    taken_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_consent"
        ordering: ClassVar = ["-id"]


class Template(models.Model):
    """A version of a text; the newest that a second person approved holds."""

    region_code = models.IntegerField()
    kind = models.TextField()
    language = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    proposed_by = models.BigIntegerField(null=True)
    proposed_on = models.DateField()
    approved_by = models.BigIntegerField(null=True)
    approved_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_template"
        ordering: ClassVar = ["kind", "language", "-version"]


class Mailing(models.Model):
    """Reminders prepared at once, of a meeting or a month."""

    region_code = models.IntegerField()
    kind = models.TextField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="mailings")
    month = models.IntegerField(null=True)
    prepared_on = models.DateField()
    prepared_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_mailing"
        ordering: ClassVar = ["-id"]


class Reminder(models.Model):
    """One of them: to whom, by which text, and whether somebody sent it."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="reminders")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="reminders")
    template = models.ForeignKey(Template, models.PROTECT, related_name="reminders")
    about = models.TextField()
    sent_on = models.DateField(null=True)
    sent_how = models.TextField(null=True)
    sent_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "outreach_reminder"
        ordering: ClassVar = ["id"]
