-- Words of a changed name are found by the words themselves: the index by person only cost every registration three entries.
CREATE OR REPLACE FUNCTION registry_words_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    DELETE FROM registry_nameword w USING fresh f JOIN former o USING (id)
    WHERE w.word = ANY (string_to_array(o.name_key, ' ')) AND w.regency_code = o.regency_code AND w.participant_id = o.id
        AND (f.name_key, f.regency_code) IS DISTINCT FROM (o.name_key, o.regency_code);
    INSERT INTO registry_nameword (word, regency_code, participant_id)
    SELECT word, f.regency_code, f.id FROM fresh f JOIN former o USING (id), unnest(string_to_array(f.name_key, ' ')) AS word
    WHERE (f.name_key, f.regency_code) IS DISTINCT FROM (o.name_key, o.regency_code);
    RETURN NULL;
END $$;
DROP INDEX registry_nameword_of;
-- Numbers asked for by the thousand are found by their index; over a table that grows under the plan, reading it whole looks cheap.
ALTER FUNCTION registry_match(bytea[]) SET enable_seqscan = off;
ALTER FUNCTION registry_taken(text, text[]) SET enable_seqscan = off;
ALTER FUNCTION registry_alike_pairs(bigint[]) SET enable_seqscan = off;
-- The same counts, each row looked at once: to count the distinct by group PostgreSQL sorts, to make distinct it hashes.
CREATE OR REPLACE FUNCTION registry_counts(wanted integer, by_village boolean)
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
    ), people AS MATERIALIZED (
        SELECT DISTINCT h.regency_code, h.village_code, t.segment, h.sex, h.person
        FROM tied t JOIN here h ON h.id = t.participant_id
    )
    SELECT regency_code, village_code, segment, sex, count(*) FROM people GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT regency_code, village_code, NULL, sex, count(*)
    FROM (SELECT DISTINCT regency_code, village_code, sex, person FROM people WHERE segment <> 'bpu_self') AS anyhow GROUP BY 1, 2, 4
$$;
