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
