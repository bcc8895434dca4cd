"""The audit trail: partitioned by month, appended to and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

ENTRIES = """
-- What the row rules read: set by access.scope for one transaction; nothing set means nobody.
CREATE FUNCTION access_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('jamsostek.' || name, true), ''), '{}')::bigint[] $$;
CREATE FUNCTION access_is(name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('jamsostek.' || name, true), '') = '1' $$;
CREATE FUNCTION access_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('jamsostek.user', true), '')::bigint $$;

CREATE SEQUENCE access_auditentry_id_seq;
CREATE TABLE access_auditentry (
    id bigint NOT NULL DEFAULT nextval('access_auditentry_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    user_id bigint,
    actor text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    subject_kind text NOT NULL,
    subject_id bigint,
    fields text NOT NULL,
    sealed bytea,
    reason text NOT NULL,
    request text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE access_auditentry_id_seq OWNED BY access_auditentry.id;
CREATE INDEX access_auditentry_subject ON access_auditentry (subject_id, id) WHERE subject_kind = 'participant';
CREATE INDEX access_auditentry_order ON access_auditentry (xid, id);
CREATE TABLE access_auditentry_rest PARTITION OF access_auditentry DEFAULT;

CREATE FUNCTION access_make_partitions(upto date) RETURNS integer LANGUAGE plpgsql AS $$
-- One partition a month from the present month on; what is there already stays.
DECLARE
    month date := date_trunc('month', now())::date;
    made integer := 0;
    name text;
BEGIN
    WHILE month <= upto LOOP
        name := 'access_auditentry_' || to_char(month, 'YYYYMM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF access_auditentry FOR VALUES FROM (%L) TO (%L)',
                name, month::timestamptz, (month + interval '1 month')::timestamptz);
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
SELECT access_make_partitions((now() + interval '24 months')::date);

CREATE TABLE access_auditblock (
    number bigint PRIMARY KEY,
    first_id bigint NOT NULL,
    last_id bigint NOT NULL,
    upto_xid bigint NOT NULL,
    rows integer NOT NULL CHECK (rows > 0),
    row_ids bigint[] NOT NULL,
    row_digests bytea NOT NULL CHECK (length(row_digests) = 32 * rows),
    previous bytea NOT NULL,
    digest bytea NOT NULL UNIQUE,
    signature bytea NOT NULL,
    key_id text NOT NULL,
    sealed_at timestamptz NOT NULL
);

CREATE FUNCTION access_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_auditentry FOR EACH ROW EXECUTE FUNCTION access_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_auditblock FOR EACH ROW EXECUTE FUNCTION access_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON access_auditentry FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON access_auditblock FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON access_auditentry, access_auditentry_rest, access_auditblock FROM jamsostek_app;

ALTER TABLE access_auditentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY append ON access_auditentry FOR INSERT WITH CHECK ((SELECT access_user()) IS NOT NULL);
CREATE POLICY own_trail ON access_auditentry FOR SELECT USING (
    (SELECT access_is('audit')) OR (subject_kind = 'participant' AND subject_id = ANY ((SELECT access_ids('selves'))::bigint[]))
);
"""

FORGET = """
DROP TABLE access_auditblock;
DROP TABLE access_auditentry;
DROP FUNCTION access_append_only();
DROP FUNCTION access_user();
DROP FUNCTION access_is(text);
DROP FUNCTION access_ids(text);
DROP FUNCTION access_make_partitions(date);
"""


class Migration(migrations.Migration):
    """Audit."""

    dependencies: ClassVar = [("access", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(ENTRIES, FORGET),
    ]
