-- Rules of the registry that the database keeps by itself: who sees which row, what a row was before, and what may not be.

-- 1. What was known when ---------------------------------------------------------------------------------------------
-- A changed row leaves its former state here; `recorded_at` to `superseded_at` is when it was what we knew.
CREATE TABLE registry_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name text NOT NULL,
    row_id bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    superseded_at timestamptz NOT NULL,
    user_id bigint,
    was jsonb NOT NULL
);
CREATE INDEX registry_history_row ON registry_history (table_name, row_id, superseded_at);

CREATE FUNCTION registry_keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;  -- nothing changed: no new state
    END IF;
    NEW.created_by := OLD.created_by;
    NEW.created_xid := OLD.created_xid;
    NEW.recorded_at := clock_timestamp();
    INSERT INTO registry_history (table_name, row_id, recorded_at, superseded_at, user_id, was)
    VALUES (TG_TABLE_NAME, OLD.id, OLD.recorded_at, NEW.recorded_at, access_user(), to_jsonb(OLD));
    RETURN NEW;
END $$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['participant', 'relative', 'employer', 'employerunit', 'sponsor', 'project', 'employment', 'wage',
                                'cover', 'placement', 'card'] LOOP
        EXECUTE format('CREATE TRIGGER keep_history BEFORE UPDATE ON registry_%I FOR EACH ROW EXECUTE FUNCTION registry_keep_history()', name);
    END LOOP;
    -- Nothing of these is ever deleted by the application; ends are dates, and what was wrong is corrected in sight.
    FOREACH name IN ARRAY ARRAY['participant', 'relative', 'employer', 'employerunit', 'sponsor', 'project', 'employment', 'wage',
                                'cover', 'placement', 'card', 'merge', 'duplicatequestion', 'upload'] LOOP
        EXECUTE format('REVOKE DELETE, TRUNCATE ON registry_%I FROM jamsostek_app', name);
    END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON registry_history FROM jamsostek_app;

-- 2. A month is a month ----------------------------------------------------------------------------------------------
DO $$
DECLARE at record;
BEGIN
    FOR at IN SELECT table_name, column_name FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name LIKE 'registry\_%'
                AND column_name IN ('from_month', 'to_month', 'month', 'contract_from') LOOP
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (%I BETWEEN 200901 AND 210012 AND %I %% 100 BETWEEN 1 AND 12)',
                       at.table_name, at.table_name || '_' || at.column_name || '_real', at.column_name, at.column_name);
    END LOOP;
END $$;

-- 3. Spells of the same person and payer never overlap -----------------------------------------------------------------
-- Checked once a statement over the rows it wrote. The lock makes two transactions about the same payer take turns, so
-- neither can miss the other's rows; it ends with the transaction.
CREATE FUNCTION registry_employment_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(820101, hashint8(employer_id)) FROM (SELECT DISTINCT employer_id FROM fresh ORDER BY 1) AS payers;
    IF EXISTS (SELECT FROM fresh f JOIN registry_employment e
               ON e.participant_id = f.participant_id AND e.employer_id = f.employer_id AND e.id <> f.id
              AND e.from_month <= coalesce(f.to_month, 999912) AND f.from_month <= coalesce(e.to_month, 999912)
              AND e.project_id IS NOT DISTINCT FROM f.project_id) THEN
        RAISE EXCEPTION 'employment spells overlap' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'employment_apart';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER apart_new AFTER INSERT ON registry_employment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_employment_apart();
CREATE TRIGGER apart_changed AFTER UPDATE ON registry_employment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_employment_apart();

CREATE FUNCTION registry_cover_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(820102, hashint8(coalesce(sponsor_id, 0)))
    FROM (SELECT DISTINCT sponsor_id FROM fresh WHERE sponsor_id IS NOT NULL ORDER BY 1) AS payers;
    PERFORM pg_advisory_xact_lock(820103, hashint8(participant_id))
    FROM (SELECT DISTINCT participant_id FROM fresh WHERE sponsor_id IS NULL ORDER BY 1) AS persons;
    IF EXISTS (SELECT FROM fresh f JOIN registry_cover c
               ON c.participant_id = f.participant_id AND c.sponsor_id IS NOT DISTINCT FROM f.sponsor_id AND c.id <> f.id
              AND c.from_month <= coalesce(f.to_month, 999912) AND f.from_month <= coalesce(c.to_month, 999912)) THEN
        RAISE EXCEPTION 'cover spells overlap' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'cover_apart';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER apart_new AFTER INSERT ON registry_cover REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_cover_apart();
CREATE TRIGGER apart_changed AFTER UPDATE ON registry_cover REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_cover_apart();

-- 4. Words of names, for search ----------------------------------------------------------------------------------------
CREATE TABLE registry_nameword (
    word text COLLATE "C" NOT NULL,
    regency_code integer NOT NULL,
    participant_id bigint NOT NULL
);
CREATE INDEX registry_nameword_find ON registry_nameword (word, regency_code, participant_id);
CREATE INDEX registry_nameword_of ON registry_nameword (participant_id);

CREATE FUNCTION registry_words_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO registry_nameword (word, regency_code, participant_id)
    SELECT word, regency_code, id FROM fresh, unnest(string_to_array(name_key, ' ')) AS word;
    RETURN NULL;
END $$;
CREATE FUNCTION registry_words_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    DELETE FROM registry_nameword w USING fresh f JOIN former o USING (id)
    WHERE w.participant_id = f.id AND (f.name_key, f.regency_code) IS DISTINCT FROM (o.name_key, o.regency_code);
    INSERT INTO registry_nameword (word, regency_code, participant_id)
    SELECT word, f.regency_code, f.id FROM fresh f JOIN former o USING (id), unnest(string_to_array(f.name_key, ' ')) AS word
    WHERE (f.name_key, f.regency_code) IS DISTINCT FROM (o.name_key, o.regency_code);
    RETURN NULL;
END $$;
CREATE TRIGGER words_new AFTER INSERT ON registry_participant REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry_words_new();
CREATE TRIGGER words_changed AFTER UPDATE ON registry_participant REFERENCING NEW TABLE AS fresh OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION registry_words_changed();
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON registry_nameword FROM jamsostek_app;

-- 5. Who sees which row --------------------------------------------------------------------------------------------------
-- Read by every rule, once a statement: (SELECT access_ids('…')) is computed before the scan. A row is also seen by the
-- transaction that made it, so that a person can be tied to an employer after being written.
CREATE FUNCTION access_xid() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT pg_current_xact_id_if_assigned()::text::bigint $$;

CREATE FUNCTION registry_has_ties() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT cardinality(access_ids('employers')) + cardinality(access_ids('sponsors')) > 0 $$;

CREATE FUNCTION registry_tied(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM registry_employment e WHERE e.participant_id = person AND e.employer_id = ANY (access_ids('employers')))
        OR EXISTS (SELECT FROM registry_cover c WHERE c.participant_id = person AND c.sponsor_id = ANY (access_ids('sponsors')))
$$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['participant', 'participantsecret', 'relative', 'employer', 'employerunit', 'sponsor', 'project',
                                'employment', 'wage', 'cover', 'placement', 'merge', 'duplicatequestion', 'card', 'upload',
                                'uploadverdict', 'history', 'nameword'] LOOP
        EXECUTE format('ALTER TABLE registry_%I ENABLE ROW LEVEL SECURITY', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['participant', 'participantsecret', 'relative', 'employer', 'employerunit', 'sponsor', 'project',
                                'employment', 'wage', 'cover', 'placement', 'merge', 'duplicatequestion', 'card', 'upload',
                                'uploadverdict'] LOOP
        -- What may be written is decided by the action; here only that somebody acts at all.
        EXECUTE format('CREATE POLICY write ON registry_%I FOR INSERT WITH CHECK ((SELECT access_user()) IS NOT NULL)', name);
    END LOOP;
    -- Rows about a person are in sight when the person is.
    FOREACH name IN ARRAY ARRAY['participantsecret', 'relative', 'card', 'placement'] LOOP
        EXECUTE format('CREATE POLICY sight ON registry_%I FOR SELECT USING (EXISTS (SELECT FROM registry_participant p WHERE p.id = participant_id))', name);
        EXECUTE format('CREATE POLICY change ON registry_%I FOR UPDATE USING (EXISTS (SELECT FROM registry_participant p WHERE p.id = participant_id))', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['employerunit', 'project'] LOOP
        EXECUTE format('CREATE POLICY sight ON registry_%I FOR SELECT USING (EXISTS (SELECT FROM registry_employer e WHERE e.id = employer_id))', name);
        EXECUTE format('CREATE POLICY change ON registry_%I FOR UPDATE USING (EXISTS (SELECT FROM registry_employer e WHERE e.id = employer_id))', name);
    END LOOP;
END $$;

CREATE POLICY sight ON registry_participant FOR SELECT USING (
    (SELECT access_is('all'))
    OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
    OR id = ANY ((SELECT access_ids('selves'))::bigint[])
    OR village_code = ANY ((SELECT access_ids('villages'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR ((SELECT access_is('agent')) AND created_by = (SELECT access_user()))
    OR ((SELECT registry_has_ties()) AND registry_tied(id))
);
CREATE POLICY change ON registry_participant FOR UPDATE USING (
    (SELECT access_is('all'))
    OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
    OR id = ANY ((SELECT access_ids('selves'))::bigint[])
    OR village_code = ANY ((SELECT access_ids('villages'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR ((SELECT access_is('agent')) AND created_by = (SELECT access_user()))
    OR ((SELECT registry_has_ties()) AND registry_tied(id))
) WITH CHECK (true);  -- somebody who moves away is still written by the office they leave

-- An employer sees its own rows of a person, not what other employers wrote; a region sees all rows of its people.
CREATE FUNCTION registry_lives_here(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM registry_participant p WHERE p.id = person AND (
        p.regency_code = ANY (access_ids('regions')) OR p.village_code = ANY (access_ids('villages'))
        OR (access_is('agent') AND p.created_by = access_user())))
$$;
CREATE POLICY sight ON registry_employment FOR ALL USING (
    (SELECT access_is('all'))
    OR employer_id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR participant_id = ANY ((SELECT access_ids('selves'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR registry_lives_here(participant_id)
);
CREATE POLICY sight ON registry_cover FOR ALL USING (
    (SELECT access_is('all'))
    OR sponsor_id = ANY ((SELECT access_ids('sponsors'))::bigint[])
    OR participant_id = ANY ((SELECT access_ids('selves'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR registry_lives_here(participant_id)
);
CREATE POLICY sight ON registry_wage FOR ALL USING (EXISTS (SELECT FROM registry_employment e WHERE e.id = employment_id));

CREATE POLICY sight ON registry_employer FOR ALL USING (
    (SELECT access_is('all'))
    OR id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR EXISTS (SELECT FROM registry_employment e WHERE e.employer_id = registry_employer.id
               AND e.participant_id = ANY ((SELECT access_ids('selves'))::bigint[]))
);
CREATE POLICY sight ON registry_sponsor FOR ALL USING (
    (SELECT access_is('all'))
    OR id = ANY ((SELECT access_ids('sponsors'))::bigint[])
    OR region_code = ANY ((SELECT access_ids('regions'))::bigint[])
    OR region_code / 1000000 = ANY ((SELECT access_ids('regions'))::bigint[])
    OR region_code = ANY ((SELECT access_ids('villages'))::bigint[])
    OR created_xid = (SELECT access_xid())
    OR EXISTS (SELECT FROM registry_cover c WHERE c.sponsor_id = registry_sponsor.id
               AND c.participant_id = ANY ((SELECT access_ids('selves'))::bigint[]))
);
CREATE POLICY sight ON registry_merge FOR ALL USING (
    EXISTS (SELECT FROM registry_participant p WHERE p.id = source_id) OR EXISTS (SELECT FROM registry_participant p WHERE p.id = into_id)
);
CREATE POLICY sight ON registry_duplicatequestion FOR ALL USING (
    EXISTS (SELECT FROM registry_participant p WHERE p.id = first_id) OR EXISTS (SELECT FROM registry_participant p WHERE p.id = second_id)
);
CREATE POLICY sight ON registry_upload FOR ALL USING (
    (SELECT access_is('all'))
    OR employer_id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR sponsor_id = ANY ((SELECT access_ids('sponsors'))::bigint[])
    OR created_by = (SELECT access_user())
    OR EXISTS (SELECT FROM registry_employer e WHERE e.id = employer_id AND e.regency_code = ANY ((SELECT access_ids('regions'))::bigint[]))
);
CREATE POLICY sight ON registry_uploadverdict FOR ALL USING (EXISTS (SELECT FROM registry_upload u WHERE u.id = upload_id));
-- What rows were: for those who see everything, and for a person about themself.
CREATE POLICY sight ON registry_history FOR SELECT USING (
    (SELECT access_is('all'))
    OR (table_name = 'registry_participant' AND EXISTS (SELECT FROM registry_participant p WHERE p.id = row_id))
    OR (table_name = 'registry_employment' AND EXISTS (SELECT FROM registry_employment e WHERE e.id = row_id))
    OR (table_name = 'registry_wage' AND EXISTS (SELECT FROM registry_wage w WHERE w.id = row_id))
    OR (table_name = 'registry_cover' AND EXISTS (SELECT FROM registry_cover c WHERE c.id = row_id))
);
-- Folded words of names with the ids they belong to, read only joined to the participants in sight (queries.search).
CREATE POLICY sight ON registry_nameword FOR SELECT USING ((SELECT access_user()) IS NOT NULL);

-- 6. Answers about people out of sight, no more than each needs ------------------------------------------------------------
-- Is this NIK known? Every door asks before it writes. A merged number answers with the one it went into.
CREATE FUNCTION registry_match(niks bytea[]) RETURNS TABLE (nik_index bytea, participant_id bigint, died boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.nik_index, coalesce(m.into_id, p.id), p.died_on IS NOT NULL
    FROM registry_participant p LEFT JOIN registry_merge m ON m.source_id = p.id AND m.undone_at IS NULL
    WHERE p.nik_index = ANY (niks)
$$;
-- Who was born on the same day of the same mother? The fold of the name comes along for comparison, nothing else.
CREATE FUNCTION registry_alike(births date[], mothers bytea[])
RETURNS TABLE (birth_date date, mother_index bytea, participant_id bigint, name_key text, sex text, regency_code integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.birth_date, p.mother_index, p.id, p.name_key, p.sex, p.regency_code
    FROM (SELECT DISTINCT birth, mother FROM unnest(births, mothers) AS pairs (birth, mother)) AS asked
    JOIN registry_participant p ON p.birth_date = asked.birth AND p.mother_index = asked.mother
    WHERE NOT EXISTS (SELECT FROM registry_merge m WHERE m.source_id = p.id AND m.undone_at IS NULL)
$$;
-- Where a number leads after merges.
CREATE FUNCTION registry_survivor(person bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH RECURSIVE way AS (
        SELECT person AS id, 0 AS step
        UNION ALL
        SELECT m.into_id, way.step + 1 FROM way JOIN registry_merge m ON m.source_id = way.id AND m.undone_at IS NULL WHERE way.step < 20
    ) SELECT id FROM way ORDER BY step DESC LIMIT 1
$$;
-- A card's state for anybody who holds its serial: nothing about the holder.
CREATE FUNCTION registry_card_state(wanted bigint) RETURNS TABLE (revoked boolean, to_month integer, died boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.revoked_at IS NOT NULL, c.to_month, p.died_on IS NOT NULL
    FROM registry_card c JOIN registry_participant p ON p.id = c.participant_id WHERE c.serial = wanted
$$;
-- Which public numbers are taken already.
CREATE FUNCTION registry_taken(kind text, numbers text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT kpj FROM registry_participant WHERE kind = 'kpj' AND kpj = ANY (numbers)
    UNION ALL SELECT npp FROM registry_employer WHERE kind = 'npp' AND npp = ANY (numbers)
    UNION ALL SELECT number FROM registry_sponsor WHERE kind = 'sponsor' AND number = ANY (numbers)
$$;
-- An employer's NPWP is one employer.
CREATE FUNCTION registry_npwp_taken(wanted bytea) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT name FROM registry_employer WHERE npwp_index = wanted
$$;
-- Counts for those who may see no person: cells below five are not told.
CREATE FUNCTION registry_cells(wanted integer)
RETURNS TABLE (regency_code integer, segment text, sex text, disabled boolean, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH tied AS (
        SELECT e.participant_id, e.segment FROM registry_employment e
        WHERE e.from_month <= wanted AND coalesce(e.to_month, 999912) >= wanted
        UNION
        SELECT c.participant_id, CASE c.payer WHEN 'sponsor' THEN 'bpu_sponsored' ELSE 'bpu_self' END FROM registry_cover c
        WHERE c.from_month <= wanted AND coalesce(c.to_month, 999912) >= wanted
    )
    SELECT p.regency_code, t.segment, p.sex, p.disability_type IS NOT NULL, CASE WHEN count(*) < 5 THEN NULL ELSE count(*) END
    FROM tied t JOIN registry_participant p ON p.id = t.participant_id
    WHERE access_is('cells') OR access_is('all')
    GROUP BY 1, 2, 3, 4
$$;
-- Erasing a person within the law: what names them goes from the row, its former states and the search words. The key that
-- sealed their values is destroyed by the action; the number and the months stay, for money refers to them.
CREATE FUNCTION registry_erase(person bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT access_is('all') THEN
        RAISE EXCEPTION 'not in sight' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE registry_participant SET name = '-', name_key = '', nik_index = NULL, mother_index = NULL, phone_index = NULL,
        address = '', birth_place = '', erased_at = clock_timestamp() WHERE id = person;
    UPDATE registry_participantsecret SET nik = NULL, phone = NULL, mother_name = NULL, bank_account = NULL WHERE participant_id = person;
    UPDATE registry_relative SET name = '-', nik = NULL, note = '' WHERE participant_id = person;
    UPDATE registry_history SET was = was - ARRAY['name', 'name_key', 'nik_index', 'mother_index', 'phone_index', 'address', 'birth_place', 'nik', 'note']
    WHERE (table_name = 'registry_participant' AND row_id = person)
       OR (table_name = 'registry_relative' AND (was ->> 'participant_id')::bigint = person);
END $$;
