"""Accounts: one's own trail, partitions nobody reaches past the rules, tickets in their order, limits that all processes share."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

ACCOUNTS = """
-- 1. A user reads what happened to their own account.
DROP POLICY own_trail ON access_auditentry;
CREATE POLICY own_trail ON access_auditentry FOR SELECT USING (
    (SELECT access_is('audit'))
    OR (subject_kind = 'participant' AND subject_id = ANY ((SELECT access_ids('selves'))::bigint[]))
    OR (subject_kind = 'user' AND subject_id = (SELECT access_user()))
);
CREATE INDEX access_auditentry_account ON access_auditentry (subject_id, id) WHERE subject_kind = 'user';

-- 2. A partition named by itself has no row rules: only the table above it is for the application. The job that makes
-- partitions runs as the application, so making them is lent to it, for at most five years ahead.
CREATE OR REPLACE FUNCTION access_make_partitions(upto date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', now())::date;
    last date := least(upto, (now() + interval '60 months')::date);
    made integer := 0;
    name text;
BEGIN
    WHILE month <= last LOOP
        name := 'access_auditentry_' || to_char(month, 'YYYYMM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF access_auditentry FOR VALUES FROM (%L) TO (%L)',
                name, month::timestamptz, (month + interval '1 month')::timestamptz);
            EXECUTE format('REVOKE ALL ON %I FROM jamsostek_app, jamsostek_reader', name);
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
DO $$
DECLARE part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'access_auditentry'::regclass LOOP
        EXECUTE format('REVOKE ALL ON %s FROM jamsostek_app, jamsostek_reader', part);
    END LOOP;
END $$;

-- 3. Users, grants, codes and tickets stay; what ends has an end.
REVOKE DELETE, TRUNCATE ON access_user, access_grant, access_resetcode, access_ticket FROM jamsostek_app;

-- 4. Tickets: who asked, when and where never changes, first served stays first served, closed is closed.
CREATE FUNCTION access_ticket_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.number, OLD.kind, OLD.username, OLD.told, OLD.contact, OLD.regency_code, OLD.made_at)
        IS DISTINCT FROM (NEW.number, NEW.kind, NEW.username, NEW.told, NEW.contact, NEW.regency_code, NEW.made_at)
       OR (OLD.taken_at IS NOT NULL AND NEW.taken_at IS DISTINCT FROM OLD.taken_at)
       OR OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a ticket keeps its place' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON access_ticket FOR EACH ROW EXECUTE FUNCTION access_ticket_kept();
CREATE INDEX access_ticket_waiting ON access_ticket (regency_code, id) WHERE closed_at IS NULL;
ALTER TABLE access_ticket ENABLE ROW LEVEL SECURITY;
CREATE POLICY ask ON access_ticket FOR INSERT WITH CHECK ((SELECT access_user()) IS NOT NULL);
CREATE POLICY sight ON access_ticket FOR SELECT USING (
    (SELECT access_is('all')) OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
);
CREATE POLICY serve ON access_ticket FOR UPDATE USING (
    (SELECT access_is('all')) OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
);
-- Where a ticket stands, for whoever holds its number: nothing about the person.
CREATE FUNCTION access_ticket_state(wanted text)
RETURNS TABLE (made_at timestamptz, taken_at timestamptz, closed_at timestamptz, regency_code integer, ahead bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.made_at, t.taken_at, t.closed_at, t.regency_code,
           (SELECT count(*) FROM access_ticket o
            WHERE o.regency_code = t.regency_code AND o.id < t.id AND o.taken_at IS NULL AND o.closed_at IS NULL)
    FROM access_ticket t WHERE t.number = wanted
$$;

-- 5. Limits on guessing that count in one place, whatever process answers (Django's database cache).
CREATE UNLOGGED TABLE access_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
"""


class Migration(migrations.Migration):
    """Accounts."""

    dependencies: ClassVar = [("access", "0002_audit")]
    operations: ClassVar = [migrations.RunSQL(ACCOUNTS, migrations.RunSQL.noop)]
