-- Files of sponsors are in sight of the office of their region, as files of employers are: it confirms what nobody else there
-- can. A village's operators see the files of their village.
ALTER POLICY sight ON registry_upload USING (
    (SELECT access_is('all'))
    OR employer_id = ANY ((SELECT access_ids('employers'))::bigint[])
    OR sponsor_id = ANY ((SELECT access_ids('sponsors'))::bigint[])
    OR created_by = (SELECT access_user())
    OR EXISTS (SELECT FROM registry_employer e WHERE e.id = employer_id AND e.regency_code = ANY ((SELECT access_ids('regions'))::bigint[]))
    OR EXISTS (SELECT FROM registry_sponsor s WHERE s.id = sponsor_id AND (
        s.region_code = ANY ((SELECT access_ids('regions'))::bigint[])
        OR s.region_code / 1000000 = ANY ((SELECT access_ids('regions'))::bigint[])
        OR s.region_code = ANY ((SELECT access_ids('villages'))::bigint[])))
);
-- Cover that a payer would begin twice: asked by who may begin it, of people who may live out of sight.
CREATE FUNCTION registry_cover_there(whose bigint, persons bigint[], firsts integer[], lasts integer[])
RETURNS TABLE (participant_id bigint, cover_id bigint, from_month integer, to_month integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
    SELECT c.participant_id, c.id, c.from_month, c.to_month
    FROM unnest(persons, firsts, lasts) AS asked (person, first, last)
    JOIN registry_cover c ON c.participant_id = asked.person AND c.sponsor_id IS NOT DISTINCT FROM whose
    WHERE coalesce(c.to_month, 999912) >= asked.first AND c.from_month <= coalesce(asked.last, 999912)
    ORDER BY c.from_month, c.id
$$;
-- `ending` as it is counted: who is covered longer by the same payer already does not lose it.
CREATE OR REPLACE FUNCTION registry_covered(whose bigint, wanted integer, words text[], number text, nik bytea, state text,
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
              AND NOT EXISTS (SELECT FROM registry_cover n WHERE n.sponsor_id = whose AND n.participant_id = c.participant_id
                              AND n.from_month > c.to_month)
          WHEN 'ended' THEN c.to_month < wanted
          ELSE true END
      AND (number IS NULL OR p.kpj = number) AND (nik IS NULL OR p.nik_index = nik)
      AND NOT EXISTS (SELECT FROM unnest(words) AS w WHERE ' ' || p.name_key NOT LIKE '% ' || w || '%')
    ORDER BY p.name_key, c.from_month DESC, c.id OFFSET skip LIMIT wanted_rows
$$;
