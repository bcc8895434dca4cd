-- Registers as people put them in and judge them: a file waits for its columns, millions of people are deleted by a job, a run
-- keeps how good it is, villages answer what they are asked, a third decides where two disagree.

-- 1. A register waits for its columns -----------------------------------------------------------------------------------
ALTER TABLE outreach_register DROP CONSTRAINT outreach_register_state_check;
ALTER TABLE outreach_register ADD CONSTRAINT outreach_register_state_check
    CHECK (state IN ('mapping', 'received', 'reading', 'ready', 'failed', 'cancelled', 'deleted'));
DROP INDEX outreach_register_once;
CREATE UNIQUE INDEX outreach_register_once ON outreach_register (region_code, file_digest, snapshot_on)
    WHERE state IN ('mapping', 'received', 'reading', 'ready');

CREATE OR REPLACE FUNCTION outreach_register_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.number, NEW.region_code, NEW.kind, NEW.title, NEW.file_digest, NEW.snapshot_on, NEW.legal_basis, NEW.purpose, NEW.invented, NEW.made_by, NEW.made_at)
        IS DISTINCT FROM (OLD.number, OLD.region_code, OLD.kind, OLD.title, OLD.file_digest, OLD.snapshot_on, OLD.legal_basis, OLD.purpose, OLD.invented, OLD.made_by, OLD.made_at) THEN
        PERFORM outreach_refuse('what a register is, and by what right it is here, stays', 'outreach_register_same');
    END IF;
    IF NEW.columns IS DISTINCT FROM OLD.columns AND OLD.state <> 'mapping' THEN
        PERFORM outreach_refuse('what columns hold is decided before they are read', 'outreach_register_columns');
    END IF;
    IF NEW.keep_until > OLD.keep_until THEN
        PERFORM outreach_refuse('a register is not kept longer than it was taken in for', 'outreach_register_longer');
    END IF;
    IF OLD.deleted_reason <> '' AND NEW.deleted_reason IS DISTINCT FROM OLD.deleted_reason THEN
        PERFORM outreach_refuse('why a register is deleted stays', 'outreach_register_reason');
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES
        ('mapping', 'received'), ('mapping', 'cancelled'), ('mapping', 'deleted'),
        ('received', 'reading'), ('received', 'failed'), ('received', 'cancelled'), ('reading', 'ready'), ('reading', 'failed'), ('reading', 'cancelled'),
        ('received', 'deleted'), ('reading', 'deleted'), ('ready', 'deleted'), ('failed', 'deleted'), ('cancelled', 'deleted')) THEN
        PERFORM outreach_refuse(format('a register does not go from %s to %s', OLD.state, NEW.state), 'outreach_register_step');
    END IF;
    IF NEW.state = 'deleted' AND EXISTS (SELECT FROM outreach_person p WHERE p.register_id = NEW.id) THEN
        PERFORM outreach_refuse('somebody of it is still here', 'outreach_register_people');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION outreach_person_holds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wrong bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT n.register_id INTO wrong FROM (SELECT DISTINCT register_id FROM fresh) n JOIN outreach_register r ON r.id = n.register_id
        WHERE r.state <> 'reading' OR r.deleted_reason <> '' LIMIT 1;
        IF wrong IS NOT NULL THEN PERFORM outreach_refuse('that register is not being read', 'outreach_person_reading'); END IF;
    ELSE
        SELECT g.register_id INTO wrong FROM (SELECT DISTINCT register_id FROM gone) g JOIN outreach_register r ON r.id = g.register_id
        WHERE r.state <> 'cancelled' AND r.deleted_reason = '' LIMIT 1;
        IF wrong IS NOT NULL THEN PERFORM outreach_refuse('people of a register go with it, for a reason', 'outreach_person_gone'); END IF;
    END IF;
    RETURN NULL;
END $$;

-- 2. How good a run is ---------------------------------------------------------------------------------------------------
-- {"bands": pairs by band of weight, "sample": people whose pairs are judged, "recall": {group: [hidden, found]}}
ALTER TABLE outreach_run ADD COLUMN quality jsonb NOT NULL DEFAULT '{}';

-- 3. Answers ---------------------------------------------------------------------------------------------------------------
CREATE INDEX outreach_link_record ON outreach_link (record_key);
CREATE INDEX outreach_answer_mine ON outreach_answer (by, id);

-- The newest answer of each person about a record and a member.
CREATE VIEW outreach_latest WITH (security_invoker = true) AS
    SELECT DISTINCT ON (region_code, record_key, member_key, by) * FROM outreach_answer
    ORDER BY region_code, record_key, member_key, by, id DESC;

-- What the answers come to: different where nobody says otherwise, same where two say so and nobody otherwise; where they
-- disagree, what most say. Keeping somebody out takes two, letting them in one.
CREATE OR REPLACE VIEW outreach_settled WITH (security_invoker = true) AS
    SELECT region_code, record_key, member_key,
           CASE WHEN count(*) FILTER (WHERE answer = 'different') > count(*) FILTER (WHERE answer = 'same') THEN 'different'
                WHEN count(*) FILTER (WHERE answer = 'same') > count(*) FILTER (WHERE answer = 'different')
                     AND count(*) FILTER (WHERE answer = 'same') >= 2 THEN 'same' END AS outcome
    FROM outreach_latest WHERE answer IN ('same', 'different') GROUP BY 1, 2, 3;

-- A village sees and gives the answers about its own people.
DROP POLICY sight ON outreach_answer;
CREATE POLICY sight ON outreach_answer FOR ALL USING (
    (SELECT access_is('movement_all')) OR outreach_here(region_code)
    OR ((SELECT cardinality(access_ids('movement_villages')) > 0) AND record_key IN (
        SELECT l.record_key FROM outreach_link l JOIN outreach_person p ON p.id = l.person_id
        WHERE p.village_code = ANY ((SELECT access_ids('movement_villages'))::bigint[]))));
