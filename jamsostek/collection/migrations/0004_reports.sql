-- Wage reports: the steps a version goes, two people, and rows that are changed only while it is a draft.

-- Whether an employer has nobody but this user: a household, or the smallest of firms, with one person who signs in. Then
-- that person's own second look is all there is (ADR 16).
CREATE FUNCTION collection_alone(employer bigint, who bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM registry_employer m WHERE m.id = employer AND (m.kind = 'household' OR m.scale = 'micro'))
       AND EXISTS (SELECT FROM access_grant g WHERE g.kind = 'employer' AND g.target = employer AND g.user_id = who AND g.ended_at IS NULL
                   AND g.role = 'employer_approver')
       AND NOT EXISTS (SELECT FROM access_grant g JOIN access_user u ON u.id = g.user_id WHERE g.kind = 'employer' AND g.target = employer
                       AND g.user_id <> who AND g.ended_at IS NULL AND u.is_active)
$$;

CREATE FUNCTION collection_report_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' OR NEW.prepared_by IS NOT NULL OR NEW.approved_by IS NOT NULL THEN
        RAISE EXCEPTION 'a report begins as a draft' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_begins';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON collection_report FOR EACH ROW EXECUTE FUNCTION collection_report_begins();

CREATE FUNCTION collection_report_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF (OLD.employer_id, OLD.month, OLD.version, OLD.regency_code) IS DISTINCT FROM (NEW.employer_id, NEW.month, NEW.version, NEW.regency_code) THEN
        RAISE EXCEPTION 'a report stays what it is about' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_same';
    END IF;
    IF OLD.state IN ('billed', 'withdrawn') THEN
        RAISE EXCEPTION 'a report that is over is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_over';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'prepared'), ('returned', 'prepared'), ('prepared', 'returned'), ('prepared', 'draft'), ('prepared', 'approved'),
        ('approved', 'billed'), ('approved', 'returned'), ('draft', 'withdrawn'), ('returned', 'withdrawn'), ('prepared', 'withdrawn')) THEN
        RAISE EXCEPTION 'a report does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'report_steps';
    END IF;
    IF NEW.approved_by IS NOT NULL AND NEW.approved_by = NEW.prepared_by AND NOT collection_alone(NEW.employer_id, NEW.approved_by) THEN
        RAISE EXCEPTION 'another person approves' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_by_two';
    END IF;
    IF NEW.approved_by IS DISTINCT FROM OLD.approved_by AND NEW.approved_by IS NOT NULL AND OLD.state <> 'prepared' THEN
        RAISE EXCEPTION 'what is approved was prepared' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_steps';
    END IF;
    IF OLD.state IN ('prepared', 'approved') AND NEW.state NOT IN ('draft', 'returned', 'withdrawn')
       AND (OLD.totals, OLD.prepared_by) IS DISTINCT FROM (NEW.totals, NEW.prepared_by) THEN
        RAISE EXCEPTION 'what was prepared stays till it is decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_prepared';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER steps BEFORE UPDATE ON collection_report FOR EACH ROW EXECUTE FUNCTION collection_report_steps();

-- Rows are changed while the report is a draft or was returned; its flags are made anew then too.
CREATE FUNCTION collection_report_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT FROM touched t JOIN collection_report r ON r.id = t.report_id WHERE r.state NOT IN ('draft', 'returned')) THEN
        RAISE EXCEPTION 'rows of a report that is not being written' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_rows';
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['reportchange', 'reportflag'] LOOP
        EXECUTE format('CREATE TRIGGER rows_new AFTER INSERT ON collection_%s REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION collection_report_rows()', name);
        EXECUTE format('CREATE TRIGGER rows_gone AFTER DELETE ON collection_%s REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION collection_report_rows()', name);
        EXECUTE format('CREATE TRIGGER rows_changed AFTER UPDATE ON collection_%s REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION collection_report_rows()', name);
    END LOOP;
    REVOKE DELETE, TRUNCATE ON collection_report FROM jamsostek_app;
    REVOKE DELETE, TRUNCATE ON collection_absence FROM jamsostek_app;

    FOREACH name IN ARRAY ARRAY['report', 'reportchange', 'reportflag', 'reportfile', 'reportanswer', 'absence'] LOOP
        EXECUTE format('ALTER TABLE collection_%s ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY write ON collection_%s FOR INSERT WITH CHECK ((SELECT access_user()) IS NOT NULL)', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['reportchange', 'reportflag', 'reportfile'] LOOP
        EXECUTE format('CREATE POLICY sight ON collection_%s FOR ALL USING (EXISTS (SELECT FROM collection_report r WHERE r.id = report_id))', name);
    END LOOP;
END $$;
CREATE POLICY sight ON collection_report FOR ALL USING (
    (SELECT access_is('all'))
    OR employer_id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
);
CREATE POLICY sight ON collection_reportanswer FOR ALL USING (EXISTS (SELECT FROM collection_reportfile f WHERE f.id = file_id));
CREATE POLICY sight ON collection_absence FOR ALL USING (EXISTS (SELECT FROM registry_employment e WHERE e.id = employment_id));
-- The birth dates of people a joiner's row already named by number and name: what the law's age bounds are asked with.
CREATE FUNCTION collection_births(persons bigint[]) RETURNS TABLE (person bigint, birth_date date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.id, p.birth_date FROM registry_participant p WHERE p.id = ANY (persons)
$$;
-- Whether nobody else of the employer could decide on what somebody prepared: an office does, or they themselves where they may.
CREATE FUNCTION collection_nobody_else(employer bigint, who bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT NOT EXISTS (SELECT FROM access_grant g JOIN access_user u ON u.id = g.user_id WHERE g.kind = 'employer' AND g.target = employer
                       AND g.role = 'employer_approver' AND g.user_id IS DISTINCT FROM who AND g.ended_at IS NULL AND u.is_active)
$$;
