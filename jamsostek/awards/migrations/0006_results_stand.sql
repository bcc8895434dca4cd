-- What stands of a contest: its last result that was neither refused, nor annulled, nor replaced by another that was not refused.
-- What was replaced is so for good: once its successor is annulled nothing stands until a new result is computed and decided.
-- A result of a judged contest is made of a snapshot that was taken after the marks were revealed, so that it holds them.

CREATE OR REPLACE FUNCTION awards_standing_result(edition bigint, wanted text, at_level text, in_area integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(r.id) FROM awards_result r
    WHERE r.edition_id = edition AND r.category = wanted AND r.level = at_level AND r.area = in_area AND NOT awards_annulled(r.id)
      AND NOT EXISTS (SELECT FROM awards_resultanswer a WHERE a.result_id = r.id AND NOT a.decided)
      AND NOT EXISTS (SELECT FROM awards_result later WHERE later.replaces_id = r.id
                      AND NOT EXISTS (SELECT FROM awards_resultanswer a WHERE a.result_id = later.id AND NOT a.decided))
$$;
CREATE INDEX awards_result_replaces ON awards_result (replaces_id);

-- Of a contest that juries judge, whether a snapshot can hold its marks: it was taken after they were revealed.
CREATE FUNCTION awards_snapshot_marked(taken bigint, wanted text, at_level text, in_area integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_array_length(v.marking -> 'judged' -> wanted), 0) = 0 OR EXISTS (
        SELECT FROM awards_reveal r
        WHERE (r.edition_id, r.category, r.level, r.area) = (s.edition_id, wanted, at_level, in_area) AND r.at < s.made_at)
    FROM awards_snapshot s JOIN awards_version v ON v.edition_id = s.edition_id AND v.number = s.version WHERE s.id = taken
$$;

-- What was replaced or refused may be computed again, the same to the byte: the trigger refuses what stands or was annulled.
ALTER TABLE awards_result DROP CONSTRAINT awards_result_once;
CREATE INDEX awards_result_contest ON awards_result (edition_id, category, level, area);

-- A proposal in a public level gives way to another; what was decided there stands until it is annulled.
CREATE OR REPLACE FUNCTION awards_result_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE taken awards_snapshot; standing bigint; judged jsonb;
BEGIN
    PERFORM FROM awards_edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    NEW.made_at := clock_timestamp();
    NEW.made_by := awards_acting(NEW.made_by);
    SELECT * INTO taken FROM awards_snapshot WHERE id = NEW.snapshot_id;
    IF NOT awards_is_open(NEW.edition_id) THEN
        PERFORM ledger_refuse(format('edition %s is not open', NEW.edition_id), 'awards_step_order');
    END IF;
    IF (taken.edition_id, taken.level, taken.kind, taken.root, taken.version) IS DISTINCT FROM (NEW.edition_id, NEW.level, 'final', NEW.root, NEW.version)
       OR NEW.version <> (SELECT max(number) FROM awards_version WHERE edition_id = NEW.edition_id) THEN
        PERFORM ledger_refuse(format('snapshot %s is not the final one of this version', NEW.snapshot_id), 'awards_result_snapshot');
    END IF;
    SELECT marking -> 'judged' -> NEW.category INTO judged FROM awards_version WHERE edition_id = NEW.edition_id AND number = NEW.version;
    IF coalesce(jsonb_array_length(judged), 0) > 0 AND NOT awards_contest_revealed(NEW.edition_id, NEW.category, NEW.level, NEW.area) THEN
        PERFORM ledger_refuse('the marks of this contest are not revealed', 'awards_result_revealed');
    END IF;
    IF NOT awards_snapshot_marked(NEW.snapshot_id, NEW.category, NEW.level, NEW.area) THEN
        PERFORM ledger_refuse(format('snapshot %s was taken before the marks were revealed', NEW.snapshot_id), 'awards_result_unmarked');
    END IF;
    -- Somebody may come back to what was replaced or refused; not to what stands, and not to what two have annulled.
    IF EXISTS (SELECT FROM awards_result r WHERE (r.edition_id, r.category, r.level, r.area, r.digest)
               = (NEW.edition_id, NEW.category, NEW.level, NEW.area, NEW.digest)
               AND (awards_annulled(r.id) OR r.id = awards_standing_result(r.edition_id, r.category, r.level, r.area))) THEN
        PERFORM ledger_refuse('the same result stands, or was annulled', 'awards_result_once');
    END IF;
    standing := awards_standing_result(NEW.edition_id, NEW.category, NEW.level, NEW.area);
    -- An annulled one may be named as what came before; nothing else that does not stand.
    IF NEW.replaces_id IS DISTINCT FROM standing AND NOT (standing IS NULL AND EXISTS (
        SELECT FROM awards_result r WHERE r.id = NEW.replaces_id AND awards_annulled(r.id)
        AND (r.edition_id, r.category, r.level, r.area) = (NEW.edition_id, NEW.category, NEW.level, NEW.area))) THEN
        PERFORM ledger_refuse('the result that stands is named', 'awards_result_order');
    END IF;
    IF standing IS NOT NULL AND awards_result_decided(standing) AND awards_published(NEW.edition_id, NEW.level, NEW.area) THEN
        PERFORM ledger_refuse('what was published stands until it is annulled', 'awards_result_published');
    END IF;
    RETURN NEW;
END $$;

-- A proposal on older rules says so: there only computing anew helps.
CREATE OR REPLACE FUNCTION awards_result_answered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked awards_result;
BEGIN
    SELECT * INTO asked FROM awards_result WHERE id = NEW.result_id;
    PERFORM FROM awards_edition WHERE id = asked.edition_id FOR NO KEY UPDATE;
    NEW.at := clock_timestamp();
    NEW.by_id := awards_acting(NEW.by_id);
    IF NOT awards_is_open(asked.edition_id) THEN
        PERFORM ledger_refuse(format('edition %s is not open', asked.edition_id), 'awards_step_order');
    END IF;
    IF NEW.decided AND NEW.by_id IS NOT DISTINCT FROM asked.made_by THEN
        PERFORM ledger_refuse(format('result %s is decided by another than who computed it', asked.code), 'awards_result_by_two');
    END IF;
    IF asked.id IS DISTINCT FROM awards_standing_result(asked.edition_id, asked.category, asked.level, asked.area) THEN
        PERFORM ledger_refuse(format('result %s no longer stands', asked.code), 'awards_result_order');
    END IF;
    IF NEW.decided AND asked.version <> (SELECT max(number) FROM awards_version WHERE edition_id = asked.edition_id) THEN
        PERFORM ledger_refuse(format('result %s is of older rules', asked.code), 'awards_result_rules');
    END IF;
    IF NEW.decided AND NOT awards_snapshot_marked(asked.snapshot_id, asked.category, asked.level, asked.area) THEN
        PERFORM ledger_refuse(format('result %s was computed without the marks', asked.code), 'awards_result_unmarked');
    END IF;
    RETURN NEW;
END $$;
