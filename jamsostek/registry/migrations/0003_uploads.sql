-- Answers that writing many rows at once needs about people out of sight, no more than each needs.

-- A number with all numbers merged into it: work and cover stay where they were written.
CREATE FUNCTION registry_one_person(persons bigint[]) RETURNS TABLE (asked bigint, person bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH RECURSIVE same (asked, person, step) AS (
        SELECT p, p, 0 FROM unnest(persons) AS p
        UNION
        SELECT same.asked, m.source_id, same.step + 1
        FROM same JOIN registry_merge m ON m.into_id = same.person AND m.undone_at IS NULL WHERE same.step < 20
    ) SELECT DISTINCT asked, person FROM same
$$;
-- Who among the people tied to an employer or sponsor has no other open tie: their phone and address may be mended there.
CREATE FUNCTION registry_only_here(persons bigint[], employer bigint, sponsor bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p FROM unnest(persons) AS p
    WHERE (EXISTS (SELECT FROM registry_employment e WHERE e.participant_id = p AND e.employer_id = employer)
           OR EXISTS (SELECT FROM registry_cover c WHERE c.participant_id = p AND c.sponsor_id = sponsor))
      AND NOT EXISTS (SELECT FROM registry_employment e WHERE e.participant_id = p AND e.to_month IS NULL
                      AND e.employer_id IS DISTINCT FROM employer)
      AND NOT EXISTS (SELECT FROM registry_cover c WHERE c.participant_id = p AND c.to_month IS NULL
                      AND c.sponsor_id IS DISTINCT FROM sponsor)
$$;
-- New people beside those of the same mother and birth day: only pairs, whereas registry_alike answers with the new ones too.
CREATE FUNCTION registry_alike_pairs(fresh bigint[])
RETURNS TABLE (id bigint, other_id bigint, name_key text, sex text, regency_code integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT n.id, p.id, p.name_key, p.sex, p.regency_code
    FROM registry_participant n
    JOIN registry_participant p ON p.birth_date = n.birth_date AND p.mother_index = n.mother_index AND p.id <> n.id
    WHERE n.id = ANY (fresh) AND NOT EXISTS (SELECT FROM registry_merge m WHERE m.source_id = p.id AND m.undone_at IS NULL)
$$;
ALTER TABLE registry_upload ADD CONSTRAINT registry_upload_to_month_real
    CHECK (to_month BETWEEN 200901 AND 210012 AND to_month % 100 BETWEEN 1 AND 12);
-- Whose number is this? The name's fold and the birth date come along for comparison: the asker must know both already.
CREATE FUNCTION registry_by_kpj(kpjs text[])
RETURNS TABLE (kpj text, participant_id bigint, name_key text, birth_date date, died boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.kpj, registry_survivor(p.id), p.name_key, p.birth_date, p.died_on IS NOT NULL
    FROM registry_participant p WHERE p.kpj = ANY (kpjs)
$$;
-- An employer's workers by name, and a sponsor's people, a page at a time: ids only, for those who see that employer or
-- sponsor. The rows themselves are then read under the row rules; asking those of every row before sorting would cost a second.
CREATE FUNCTION registry_staff(whose bigint, wanted integer, words text[], number text, nik bytea, state text, in_unit bigint,
                               skip integer, wanted_rows integer)
RETURNS TABLE (employment_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT e.id FROM registry_employment e JOIN registry_participant p ON p.id = e.participant_id
    WHERE e.employer_id = whose
      AND EXISTS (SELECT FROM registry_employer m WHERE m.id = whose AND (access_is('all') OR m.id = ANY (access_ids('employers'))
                  OR m.regency_code = ANY (access_ids('regions'))))
      AND CASE state
          WHEN 'working' THEN e.from_month <= wanted AND coalesce(e.to_month, 999912) >= wanted
          WHEN 'left' THEN e.to_month < wanted
          WHEN 'joined' THEN e.from_month = wanted
          WHEN 'leaving' THEN e.to_month = wanted
          WHEN 'reported' THEN e.leaving_reported_by = 'worker'
          ELSE true END
      AND (in_unit IS NULL OR e.unit_id = in_unit)
      AND (number IS NULL OR p.kpj = number) AND (nik IS NULL OR p.nik_index = nik)
      AND NOT EXISTS (SELECT FROM unnest(words) AS w WHERE ' ' || p.name_key NOT LIKE '% ' || w || '%')
    ORDER BY p.name_key, e.from_month DESC, e.id OFFSET skip LIMIT wanted_rows
$$;
CREATE FUNCTION registry_covered(whose bigint, wanted integer, words text[], number text, nik bytea, state text,
                                 skip integer, wanted_rows integer)
RETURNS TABLE (cover_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.id FROM registry_cover c JOIN registry_participant p ON p.id = c.participant_id
    WHERE c.sponsor_id = whose
      AND EXISTS (SELECT FROM registry_sponsor s WHERE s.id = whose AND (access_is('all') OR s.id = ANY (access_ids('sponsors'))
                  OR s.region_code = ANY (access_ids('regions')) OR s.region_code / 1000000 = ANY (access_ids('regions'))
                  OR s.region_code = ANY (access_ids('villages'))))
      AND CASE state
          WHEN 'covered' THEN c.from_month <= wanted AND coalesce(c.to_month, 999912) >= wanted
          WHEN 'ending' THEN c.from_month <= wanted AND c.to_month BETWEEN wanted AND wanted + CASE WHEN wanted % 100 = 12 THEN 89 ELSE 1 END
          WHEN 'ended' THEN c.to_month < wanted
          ELSE true END
      AND (number IS NULL OR p.kpj = number) AND (nik IS NULL OR p.nik_index = nik)
      AND NOT EXISTS (SELECT FROM unnest(words) AS w WHERE ' ' || p.name_key NOT LIKE '% ' || w || '%')
    ORDER BY p.name_key, c.from_month DESC, c.id OFFSET skip LIMIT wanted_rows
$$;
-- The folds of names, to tell whether a NIK or number given with a name is that person's: compared, never shown.
CREATE FUNCTION registry_names(persons bigint[]) RETURNS TABLE (participant_id bigint, name_key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.id, p.name_key FROM registry_participant p WHERE p.id = ANY (persons)
$$;
-- Nobody looks numbers up by how they begin: the second index that Django adds to unique texts for LIKE only costs writing.
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename LIKE 'registry\_%' AND indexname LIKE '%\_like' LOOP
        EXECUTE format('DROP INDEX %I', name);
    END LOOP;
END $$;
