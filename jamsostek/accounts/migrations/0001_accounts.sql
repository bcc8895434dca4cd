-- Members' money beneath the ledger's control accounts: JHT lines are a balance, JP lines a record of what was contributed.

CREATE TABLE accounts_control (
    programme smallint PRIMARY KEY CHECK (programme IN (1, 2)),   -- 1 JHT, 2 JP
    account_id integer NOT NULL UNIQUE REFERENCES ledger_account
);

CREATE TABLE accounts_line (
    month integer NOT NULL,                 -- the period it was posted in
    part integer NOT NULL DEFAULT 0,        -- 0: written one by one; else the partition a run loaded
    group_id bigint NOT NULL,
    participant_id bigint NOT NULL,
    programme smallint NOT NULL CHECK (programme IN (1, 2)),
    for_month integer NOT NULL CHECK (for_month BETWEEN 200901 AND 210012 AND for_month % 100 BETWEEN 1 AND 12),
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),   -- 1 contribution, 2 return, 3 withdrawal, 4 correction, 5 brought in
    source_id bigint NOT NULL DEFAULT 0,    -- the bill a contribution was paid on
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah <> 0),
    effective_on date NOT NULL,             -- money earns from the day after this one
    PRIMARY KEY (group_id, participant_id, programme, for_month, month, part)
) PARTITION BY LIST (month);
CREATE INDEX accounts_line_of ON accounts_line (participant_id, programme);

-- Where every JHT account stood when a month had been credited.
CREATE TABLE accounts_balance (
    month integer NOT NULL,
    part integer NOT NULL,
    participant_id bigint NOT NULL,
    balance_rupiah bigint NOT NULL CHECK (balance_rupiah >= 0),
    year_return_rupiah bigint NOT NULL,     -- returns of this year, which earn only from the next year on
    return_rupiah bigint NOT NULL,          -- the return of this month
    PRIMARY KEY (participant_id, month, part)
) PARTITION BY LIST (month);

CREATE TABLE accounts_crediting (
    month integer PRIMARY KEY CHECK (month BETWEEN 200901 AND 210012 AND month % 100 BETWEEN 1 AND 12),
    rate_ppm integer NOT NULL CHECK (rate_ppm >= 0),
    law_digest text NOT NULL,
    part_size bigint NOT NULL CHECK (part_size > 0),
    parts integer NOT NULL CHECK (parts >= 0),
    started_by bigint,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz
);
CREATE TABLE accounts_creditingpart (
    month integer NOT NULL REFERENCES accounts_crediting,
    part integer NOT NULL CHECK (part > 0),
    accounts bigint NOT NULL,
    return_rupiah bigint NOT NULL,
    balance_rupiah numeric(30) NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (month, part)
);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['control', 'line', 'balance', 'creditingpart'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_%s FOR EACH ROW EXECUTE FUNCTION access_append_only()', name);
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON accounts_%s FOR EACH STATEMENT EXECUTE FUNCTION access_append_only()', name);
    END LOOP;
    REVOKE UPDATE, DELETE, TRUNCATE ON accounts_control, accounts_line, accounts_balance, accounts_creditingpart, accounts_crediting FROM jamsostek_app;
    REVOKE INSERT ON accounts_control FROM jamsostek_app;
    GRANT UPDATE (ended_at) ON accounts_crediting TO jamsostek_app;
END $$;

-- Lines are written in the transaction of their group, and never for a month whose return has been credited.
CREATE FUNCTION accounts_lines_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE wrong record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(820211);
    SELECT t.group_id, CASE WHEN g.id IS NULL THEN 'ledger_group_known' WHEN g.xid <> pg_current_xact_id()::text::bigint THEN 'ledger_group_complete'
            WHEN g.month <> t.month OR g.effective_on <> t.effective_on THEN 'ledger_group_day' ELSE 'accounts_month_credited' END AS why
        INTO wrong
        FROM fresh t LEFT JOIN ledger_group g ON g.id = t.group_id
        WHERE g.id IS NULL OR g.xid <> pg_current_xact_id()::text::bigint OR g.month <> t.month OR g.effective_on <> t.effective_on
           OR (t.kind <> 2 AND t.programme = 1 AND t.month <= (SELECT max(month) FROM accounts_crediting))
        LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse(format('lines of group %s: %s', wrong.group_id, wrong.why), wrong.why);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hold AFTER INSERT ON accounts_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_lines_hold();

-- A group whose member lines do not sum to its control transfers is refused when its transaction ends.
CREATE FUNCTION accounts_group_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE wrong record;
BEGIN
    SELECT coalesce(m.programme, l.programme) AS programme, coalesce(m.rupiah, 0) AS moved, coalesce(l.rupiah, 0) AS lines INTO wrong
    FROM (SELECT c.programme, sum(CASE WHEN t.credit_id = c.account_id THEN t.amount_rupiah ELSE -t.amount_rupiah END) AS rupiah
          FROM ledger_transfer t JOIN accounts_control c ON c.account_id IN (t.debit_id, t.credit_id)
          WHERE t.month = NEW.month AND t.group_id = NEW.id GROUP BY 1) AS m
    FULL JOIN (SELECT programme, sum(amount_rupiah) AS rupiah FROM accounts_line WHERE month = NEW.month AND group_id = NEW.id GROUP BY 1) AS l USING (programme)
    WHERE m.rupiah IS DISTINCT FROM l.rupiah LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse(format('group %s: programme %s moves %s but its lines are %s', NEW.reference, wrong.programme, wrong.moved, wrong.lines), 'accounts_lines_sum');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_sum AFTER INSERT ON ledger_group DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION accounts_group_whole();

-- A month of lines: its own partition, with one leaf for what is written one by one.
CREATE FUNCTION accounts_open_month(wanted integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE name text; leaf text;
BEGIN
    PERFORM pg_advisory_xact_lock(820202);
    IF to_regclass('accounts_line_' || wanted) IS NOT NULL THEN
        RETURN false;
    END IF;
    FOREACH name IN ARRAY ARRAY['accounts_line', 'accounts_balance'] LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s) PARTITION BY LIST (part)', name || '_' || wanted, name, wanted);
        PERFORM ledger_guard_leaf(name || '_' || wanted, name);
    END LOOP;
    leaf := 'accounts_line_' || wanted || '_0';
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (0)', leaf, 'accounts_line_' || wanted);
    PERFORM ledger_guard_leaf(leaf, 'accounts_line');
    RETURN true;
END $$;

-- A loaded leaf of lines: the same refusals, over the whole of it at once.
CREATE FUNCTION accounts_line_leaf_holds(leaf text) RETURNS void LANGUAGE plpgsql SET search_path = public AS $$
DECLARE wrong record;
BEGIN
    EXECUTE format($sql$SELECT t.group_id, CASE WHEN g.id IS NULL THEN 'ledger_group_known' WHEN g.xid <> pg_current_xact_id()::text::bigint THEN 'ledger_group_complete'
            WHEN g.month <> t.month OR g.effective_on <> t.effective_on THEN 'ledger_group_day' ELSE 'accounts_month_credited' END AS why
        FROM %I t LEFT JOIN ledger_group g ON g.id = t.group_id
        WHERE g.id IS NULL OR g.xid <> pg_current_xact_id()::text::bigint OR g.month <> t.month OR g.effective_on <> t.effective_on OR t.kind <> 2 LIMIT 1$sql$, leaf) INTO wrong;
    IF wrong.why IS NOT NULL THEN
        PERFORM ledger_refuse(format('lines of group %s: %s', wrong.group_id, wrong.why), wrong.why);
    END IF;
END $$;
CREATE FUNCTION accounts_balance_leaf_holds(leaf text) RETURNS void LANGUAGE sql AS $$ SELECT NULL::void $$;

ALTER TABLE accounts_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_balance ENABLE ROW LEVEL SECURITY;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['accounts_line', 'accounts_balance'] LOOP
        EXECUTE format('CREATE POLICY write ON %I FOR INSERT WITH CHECK ((SELECT access_user()) IS NOT NULL)', name);
        EXECUTE format($policy$CREATE POLICY sight ON %I FOR SELECT USING (
            (SELECT access_is('all')) OR participant_id = ANY ((SELECT access_ids('selves'))::bigint[])
            OR EXISTS (SELECT FROM registry_participant p WHERE p.id = participant_id AND p.regency_code = ANY ((SELECT access_ids('regions'))::bigint[])))$policy$, name);
    END LOOP;
END $$;
