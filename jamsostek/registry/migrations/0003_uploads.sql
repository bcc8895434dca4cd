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
