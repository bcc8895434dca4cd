-- How many people who live in the regions in sight are tied to what in a month: exact, for those who may see each of them
-- anyway (the row rule on participants is the same; asking it of every row before counting would cost seconds). A row without
-- a segment counts people under any of them once, those left out who only mean to pay themselves. A merged number counts as
-- the person it leads to.
CREATE FUNCTION registry_counts(wanted integer, by_village boolean)
RETURNS TABLE (regency_code integer, village_code bigint, segment text, sex text, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH here AS MATERIALIZED (
        SELECT p.id, p.regency_code, CASE WHEN by_village THEN p.village_code END AS village_code, p.sex, coalesce(m.into_id, p.id) AS person
        FROM registry_participant p LEFT JOIN registry_merge m ON m.source_id = p.id AND m.undone_at IS NULL
        WHERE p.regency_code = ANY (access_ids('regions'))
    ), tied AS (
        SELECT e.participant_id, e.segment FROM registry_employment e
        WHERE e.from_month <= wanted AND coalesce(e.to_month, 999912) >= wanted
        UNION ALL
        SELECT c.participant_id, CASE c.payer WHEN 'sponsor' THEN 'bpu_sponsored' ELSE 'bpu_self' END FROM registry_cover c
        WHERE c.from_month <= wanted AND coalesce(c.to_month, 999912) >= wanted
        UNION ALL
        SELECT l.participant_id, 'migrant' FROM registry_placement l
        WHERE l.contract_from <= wanted
          AND l.contract_from / 100 * 12 + l.contract_from % 100 + l.contract_months > wanted / 100 * 12 + wanted % 100
    )
    SELECT h.regency_code, h.village_code, t.segment, h.sex, count(DISTINCT h.person)
    FROM tied t JOIN here h ON h.id = t.participant_id GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT h.regency_code, h.village_code, NULL, h.sex, count(DISTINCT h.person)
    FROM tied t JOIN here h ON h.id = t.participant_id WHERE t.segment <> 'bpu_self' GROUP BY 1, 2, 4
$$;
-- Two rare kinds of entries are asked for by kind, the newest first: values shown, and checks of the whole trail.
CREATE INDEX access_auditentry_rare ON access_auditentry (action, id) WHERE action IN ('show', 'trail.verified');
-- Who pays for a person in sight has a name and a scale, also where the payer belongs to another region: most people work in
-- the next town. Asked with the ids that stand in the rows of work and cover in sight.
CREATE FUNCTION registry_payers(employers bigint[], sponsors bigint[]) RETURNS TABLE (kind text, id bigint, name text, scale text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT 'employer', e.id, e.name, e.scale FROM registry_employer e WHERE e.id = ANY (employers)
    UNION ALL SELECT 'sponsor', s.id, s.name, '' FROM registry_sponsor s WHERE s.id = ANY (sponsors)
$$;
-- Who moves away is written by the office they leave. PostgreSQL asks of a changed row that its writer still sees it, so the
-- transaction that wrote a row last sees it, as the one that made it does.
CREATE OR REPLACE FUNCTION registry_keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;  -- nothing changed: no new state
    END IF;
    NEW.created_by := OLD.created_by;
    NEW.created_xid := pg_current_xact_id()::text::bigint;
    NEW.recorded_at := clock_timestamp();
    INSERT INTO registry_history (table_name, row_id, recorded_at, superseded_at, user_id, was)
    VALUES (TG_TABLE_NAME, OLD.id, OLD.recorded_at, NEW.recorded_at, access_user(), to_jsonb(OLD));
    RETURN NEW;
END $$;
