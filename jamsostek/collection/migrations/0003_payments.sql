-- Statements and receipts: who sees what. A statement has the whole nation's money: the head office's. Money is never deleted.
ALTER TABLE collection_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_statementrow ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON collection_statement FOR ALL USING ((SELECT access_is('all')));
CREATE POLICY sight ON collection_statementrow FOR ALL USING ((SELECT access_is('all')));
CREATE POLICY sight ON collection_receipt FOR ALL USING (
    (SELECT access_is('all')) OR regency_code = ANY ((SELECT access_ids('regions'))::bigint[]));
REVOKE DELETE, TRUNCATE ON collection_statement, collection_statementrow, collection_receipt FROM jamsostek_app;
REVOKE UPDATE ON collection_statementrow, collection_receipt FROM jamsostek_app;
GRANT UPDATE (refund_id) ON collection_statementrow TO jamsostek_app;
GRANT UPDATE (decided_by, decided_at, approved, decision, payment_id) ON collection_receipt TO jamsostek_app;
CREATE FUNCTION collection_receipt_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'a receipt is decided once' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'collection_receipt_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE UPDATE OR DELETE ON collection_receipt FOR EACH ROW EXECUTE FUNCTION collection_receipt_moves_on();
-- A payment by hand is the receipt's: same account, reference, code and rupiah, approved in the same transaction by another than who entered it.
CREATE FUNCTION collection_receipt_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.channel = 3 AND NOT EXISTS (SELECT FROM collection_receipt r WHERE r.id = NEW.receipt_id AND r.approved AND r.payment_id = NEW.id
        AND (r.bank, r.reference, r.code, r.amount_rupiah, r.paid_on) = (NEW.bank, NEW.reference, NEW.code, NEW.amount_rupiah, NEW.paid_on)) THEN
        PERFORM ledger_refuse(format('payment %s has no approved receipt', NEW.id), 'collection_payment_receipt');
    END IF;
    IF NEW.channel = 2 AND NOT EXISTS (SELECT FROM collection_statement s WHERE s.id = NEW.statement_id AND s.state = 'booking' AND s.bank = NEW.bank
        AND s.confirmed_at IS NOT NULL) THEN
        PERFORM ledger_refuse(format('payment %s is of no confirmed statement', NEW.id), 'collection_payment_statement');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER told AFTER INSERT ON collection_payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.channel > 1) EXECUTE FUNCTION collection_receipt_whole();
