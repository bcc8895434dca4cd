-- A piece of evidence is a file for a criterion and a kind: the same file under another kind is another piece. Of one and the same piece
-- at most one stands at a time; a budget document that tells a budget tells more than nothing.
ALTER TABLE awards_evidence DROP CONSTRAINT awards_evidence_once;
ALTER TABLE awards_evidence ADD CONSTRAINT awards_evidence_once UNIQUE (entry_id, criterion, kind, sent_digest, again);
-- What was sent before stays as it was sent.
ALTER TABLE awards_evidence ADD CONSTRAINT awards_evidence_amount CHECK (budget_rupiah > 0) NOT VALID;

-- Called after `sent` (triggers of a kind fire by name), which has locked the entry: nobody sends between this look and the row.
CREATE FUNCTION awards_evidence_stands_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM awards_evidence e
        WHERE (e.entry_id, e.criterion, e.kind, e.sent_digest) = (NEW.entry_id, NEW.criterion, NEW.kind, NEW.sent_digest)
        AND NOT EXISTS (SELECT FROM awards_evidencestep s WHERE s.evidence_id = e.id AND s.step = 'withdrawn')) THEN
        PERFORM ledger_refuse(format('entry %s has this already', NEW.entry_id), 'awards_evidence_again');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sent_once BEFORE INSERT ON awards_evidence FOR EACH ROW EXECUTE FUNCTION awards_evidence_stands_once();
