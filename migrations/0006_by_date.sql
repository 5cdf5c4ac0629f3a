-- What is asked of one day is found without looking through the year.

CREATE INDEX ledger_by_date ON ledger_entries (service_date, account) WHERE service_date IS NOT NULL;
CREATE INDEX ledger_by_posting ON ledger_entries (posting, amount_fen);
CREATE INDEX print_attempts_open ON print_attempts (job_id) WHERE ended_at IS NULL;
