-- Marks are revealed when nothing can be added any more; who has an interest writes no note; interviews lie in days that can be.

-- 1. Revealing waits for nominations and evidence to be closed, and for every nomination of the contest to be answered --------
CREATE FUNCTION awards_waiting(edition bigint, in_category text, at_level text, in_area integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id FROM awards_entry e WHERE (e.edition_id, e.category, e.level, e.area) = (edition, in_category, at_level, in_area)
    AND NOT EXISTS (SELECT FROM awards_entrystep s WHERE s.entry_id = e.id)
$$;
CREATE OR REPLACE FUNCTION awards_revealing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one bigint; waiting text; short boolean; least integer;
BEGIN
    FOR one IN SELECT j.id FROM awards_juror j WHERE j.edition_id = NEW.edition_id AND j.level = NEW.level
               AND (NEW.level = 'nation' OR j.area = NEW.area) ORDER BY j.id FOR NO KEY UPDATE LOOP
        PERFORM awards_strike_conflicts(one, '');
    END LOOP;
    PERFORM FROM awards_entry e WHERE (e.edition_id, e.category, e.level, e.area) = (NEW.edition_id, NEW.category, NEW.level, NEW.area)
    ORDER BY e.id FOR NO KEY UPDATE;
    NEW.at := clock_timestamp();
    NEW.by_id := awards_acting(NEW.by_id);
    IF NOT awards_is_open(NEW.edition_id) THEN
        PERFORM ledger_refuse(format('edition %s is not open', NEW.edition_id), 'awards_step_order');
    END IF;
    IF NOT EXISTS (SELECT FROM awards_marked(NEW.edition_id, NEW.category, NEW.level, NEW.area))
       OR NOT EXISTS (SELECT FROM awards_judged(NEW.edition_id, NEW.category)) THEN
        PERFORM ledger_refuse(format('nobody is judged in %s', NEW.category), 'awards_freeze_empty');
    END IF;
    SELECT string_agg(j.code, ' ' ORDER BY j.code) INTO waiting
    FROM awards_seated(NEW.edition_id, NEW.category, NEW.level, NEW.area) s JOIN awards_juror j ON j.id = s.juror_id WHERE NOT s.frozen;
    IF waiting IS NOT NULL AND NOT coalesce(clock_timestamp() >= awards_marks_until(NEW.edition_id, NEW.level), false) THEN
        PERFORM ledger_refuse(format('not frozen: %s', waiting), 'awards_reveal_early');
    END IF;
    least := coalesce((awards_marking(NEW.edition_id) -> 'least' ->> NEW.level)::integer, 1);
    short := EXISTS (SELECT FROM awards_marked(NEW.edition_id, NEW.category, NEW.level, NEW.area) m WHERE m.marks < least);
    IF short AND (waiting IS NOT NULL OR btrim(NEW.note) = '') THEN
        PERFORM ledger_refuse(format('an entry has fewer than %s marks', least), 'awards_reveal_short');
    END IF;
    IF EXISTS (SELECT FROM awards_waiting(NEW.edition_id, NEW.category, NEW.level, NEW.area)) THEN
        PERFORM ledger_refuse(format('a nomination in %s waits for an answer', NEW.category), 'awards_reveal_waiting');
    END IF;
    IF clock_timestamp() < greatest(awards_moment(NEW.edition_id, 'nominate_until'), awards_moment(NEW.edition_id, 'evidence_until')) THEN
        PERFORM ledger_refuse(format('nominations or evidence of edition %s are open', NEW.edition_id), 'awards_reveal_open');
    END IF;
    NEW.unfrozen := coalesce(waiting, '');
    RETURN NEW;
END $$;

-- A later version may open the days again: a contest whose marks are revealed takes nobody and nothing all the same.
CREATE FUNCTION awards_nominated_blind() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.promoted_from_id IS NULL AND awards_contest_revealed(NEW.edition_id, NEW.category, NEW.level, NEW.area) THEN
        PERFORM ledger_refuse(format('the marks of %s are revealed', NEW.category), 'awards_entry_revealed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nominated_blind BEFORE INSERT ON awards_entry FOR EACH ROW EXECUTE FUNCTION awards_nominated_blind();
CREATE FUNCTION awards_evidence_judged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE entry bigint;
BEGIN
    IF TG_TABLE_NAME = 'awards_evidence' THEN
        entry := NEW.entry_id;
    ELSIF NEW.step = 'withdrawn' THEN
        SELECT entry_id INTO entry FROM awards_evidence WHERE id = NEW.evidence_id;
    ELSE
        RETURN NEW;
    END IF;
    PERFORM FROM awards_entry WHERE id = entry FOR NO KEY UPDATE;
    IF awards_entry_revealed(entry) THEN
        PERFORM ledger_refuse(format('the marks of entry %s are revealed', entry), 'awards_evidence_revealed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER judged BEFORE INSERT ON awards_evidence FOR EACH ROW EXECUTE FUNCTION awards_evidence_judged();
CREATE TRIGGER judged BEFORE INSERT ON awards_evidencestep FOR EACH ROW EXECUTE FUNCTION awards_evidence_judged();

-- 2. Interests: a family's firm is a firm, an own region is none ---------------------------------------------------------------
ALTER TABLE awards_interest ADD CONSTRAINT awards_interest_fits
CHECK ((kind <> 'relative' OR subject = 'employer') AND (kind <> 'region' OR subject <> 'employer')) NOT VALID;
CREATE OR REPLACE FUNCTION awards_discussed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.at := clock_timestamp();
    NEW.by_id := awards_acting(NEW.by_id);
    IF NOT coalesce(awards_entry_revealed(NEW.entry_id), false) THEN
        PERFORM ledger_refuse('marks are discussed after they are revealed', 'awards_discussion_blind');
    END IF;
    IF EXISTS (SELECT FROM awards_juror j JOIN awards_entry e ON awards_in_jury(j, e) WHERE e.id = NEW.entry_id AND j.user_id = NEW.by_id
               AND (awards_conflict(j.id, e.id) IS NOT NULL
                    OR EXISTS (SELECT FROM awards_strike s WHERE s.juror_id = j.id AND s.entry_id = e.id))) THEN
        PERFORM ledger_refuse(format('a juror has an interest in entry %s', NEW.entry_id), 'awards_discussion_conflict');
    END IF;
    RETURN NEW;
END $$;

-- 3. Interviews: before the marks are closed, at most sixty days ago (to record one that took place), with a link that opens ---
CREATE FUNCTION awards_interview_day() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE entry awards_entry;
BEGIN
    IF NEW.state <> 'planned' THEN
        RETURN NEW;
    END IF;
    IF NEW.link <> '' AND NEW.link !~* '^https?://[^[:space:]]+$' THEN
        PERFORM ledger_refuse('a link begins with http:// or https://', 'awards_interview_link');
    END IF;
    SELECT * INTO entry FROM awards_entry WHERE id = NEW.entry_id;
    IF NEW.starts_at < clock_timestamp() - interval '60 days'
       OR NOT coalesce(NEW.ends_at <= awards_marks_until(entry.edition_id, entry.level), false) THEN
        PERFORM ledger_refuse('an interview lies in the days of marking', 'awards_interview_days');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER day BEFORE INSERT OR UPDATE ON awards_interview FOR EACH ROW EXECUTE FUNCTION awards_interview_day();
