"""Tickets of a closed set of kinds, and found again by whoever asked while signed in."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

OWN = """
-- Nobody asks under another's name, and who asked never changes.
DROP POLICY ask ON access_ticket;
CREATE POLICY ask ON access_ticket FOR INSERT WITH CHECK (
    (SELECT access_user()) IS NOT NULL AND (asked_by_id IS NULL OR asked_by_id = (SELECT access_user()))
);
CREATE OR REPLACE FUNCTION access_ticket_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.number, OLD.kind, OLD.username, OLD.told, OLD.contact, OLD.regency_code, OLD.made_at, OLD.asked_by_id)
        IS DISTINCT FROM (NEW.number, NEW.kind, NEW.username, NEW.told, NEW.contact, NEW.regency_code, NEW.made_at, NEW.asked_by_id)
       OR (OLD.taken_at IS NOT NULL AND NEW.taken_at IS DISTINCT FROM OLD.taken_at)
       OR OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a ticket keeps its place' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- One's own tickets: where they stand, and not what was written. Row rules show the rows to offices alone.
CREATE FUNCTION access_own_tickets()
RETURNS TABLE (number text, kind text, made_at timestamptz, taken_at timestamptz, closed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.number, t.kind, t.made_at, t.taken_at, t.closed_at FROM access_ticket t
    WHERE t.asked_by_id = (SELECT access_user()) ORDER BY t.id DESC
$$;
DROP FUNCTION access_ticket_state(text);
CREATE FUNCTION access_ticket_state(wanted text)
RETURNS TABLE (
    kind text, made_at timestamptz, taken_at timestamptz, closed_at timestamptz, regency_code integer, ahead bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.kind, t.made_at, t.taken_at, t.closed_at, t.regency_code,
           (SELECT count(*) FROM access_ticket o
            WHERE o.regency_code = t.regency_code AND o.id < t.id AND o.taken_at IS NULL AND o.closed_at IS NULL)
    FROM access_ticket t WHERE t.number = wanted
$$;
"""


class Migration(migrations.Migration):
    """Kinds of tickets."""

    dependencies: ClassVar = [("access", "0003_accounts")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="ticket",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=["sign_in", "account", "correction", "wage", "deletion"]), name="ticket_kind"
            ),
        ),
        migrations.RunSQL(OWN, migrations.RunSQL.noop),
    ]
