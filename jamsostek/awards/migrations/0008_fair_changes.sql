-- What decides who wins stays once marks are revealed; a deadline to come is not moved into the past; nobody opens what they wrote.

-- Of an edition's text: the digest of what decides who wins (`awards.deciding`), and whether it is made up for demonstration.
-- Versions from before this have none; direct rows without it are taken for invented, as all that came with the software were.
ALTER TABLE awards_version
    ADD COLUMN deciding text NOT NULL DEFAULT '',
    ADD COLUMN invented boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT awards_version_digests CHECK (deciding = '' OR length(deciding) = 64);

-- Whether a last moment that is still to come would lie in the past: whoever counted on it would be shut out.
CREATE FUNCTION awards_cut_short(before timestamptz, after timestamptz) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(before > clock_timestamp() AND after <= clock_timestamp(), false)
$$;

CREATE OR REPLACE FUNCTION awards_version_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last awards_version; opened boolean;
BEGIN
    PERFORM FROM awards_edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    NEW.made_at := clock_timestamp();
    NEW.made_by := coalesce(nullif(access_user(), 0), NEW.made_by);
    SELECT * INTO last FROM awards_version WHERE edition_id = NEW.edition_id ORDER BY number DESC LIMIT 1;
    opened := awards_is_open(NEW.edition_id);
    IF NEW.number <> 1 + coalesce(last.number, 0) THEN
        PERFORM ledger_refuse(format('edition %s: version %s is not the next', NEW.edition_id, NEW.number), 'awards_version_order');
    END IF;
    IF EXISTS (SELECT FROM awards_step WHERE edition_id = NEW.edition_id AND step <> 'opened') THEN
        PERFORM ledger_refuse(format('edition %s is over', NEW.edition_id), 'awards_step_order');
    END IF;
    IF btrim(NEW.reason) = '' AND opened THEN
        PERFORM ledger_refuse(format('edition %s is open: a change tells why', NEW.edition_id), 'awards_version_reason');
    END IF;
    IF last.deciding <> '' AND NEW.deciding <> last.deciding
       AND EXISTS (SELECT FROM awards_reveal WHERE edition_id = NEW.edition_id) THEN
        PERFORM ledger_refuse(format('edition %s: marks are revealed, what decides stays', NEW.edition_id), 'awards_version_deciding');
    END IF;
    IF opened AND NOT (last.invented AND NEW.invented) AND (
        awards_cut_short(last.nominate_until, NEW.nominate_until) OR awards_cut_short(last.evidence_until, NEW.evidence_until)
        OR EXISTS (SELECT FROM jsonb_each_text(coalesce(last.marking -> 'until', '{}')) AS was
                   WHERE awards_cut_short(was.value::timestamptz, (NEW.marking -> 'until' ->> was.key)::timestamptz))) THEN
        PERFORM ledger_refuse(format('edition %s: a deadline to come is moved into the past', NEW.edition_id), 'awards_version_past');
    END IF;
    RETURN NEW;
END $$;

-- As before; and where nobody is named on either side (the command line) nobody says that they are two.
CREATE OR REPLACE FUNCTION awards_step_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM awards_edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    NEW.at := clock_timestamp();
    NEW.by_id := coalesce(nullif(access_user(), 0), NEW.by_id);
    IF (NEW.step <> 'cancelled'
        AND (NEW.step = 'opened') = EXISTS (SELECT FROM awards_step WHERE edition_id = NEW.edition_id AND step = 'opened'))
       OR EXISTS (SELECT FROM awards_step WHERE edition_id = NEW.edition_id AND step <> 'opened') THEN
        PERFORM ledger_refuse(format('edition %s cannot be %s now', NEW.edition_id, NEW.step), 'awards_step_order');
    END IF;
    IF NEW.step = 'opened' AND NEW.by_id IS NOT DISTINCT FROM
       (SELECT made_by FROM awards_version WHERE edition_id = NEW.edition_id ORDER BY number DESC LIMIT 1) THEN
        PERFORM ledger_refuse(format('edition %s is opened by another than who wrote it', NEW.edition_id), 'awards_step_author');
    END IF;
    RETURN NEW;
END $$;
