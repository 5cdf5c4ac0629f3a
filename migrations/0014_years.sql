-- Years of lunches: what is asked for every day is found without looking at all of them.

-- Menus of dates whose weekday has no lunch otherwise: a handful among thousands.
CREATE INDEX menus_by_weekday ON menus (strftime('%w', service_date), service_date);

-- The order that “as last time” repeats.
CREATE INDEX orders_last_of_resident ON orders (resident_id, placed_at, id) WHERE resident_id IS NOT NULL AND state <> 'cancelled';

-- What an account holds, and held at a moment, from the index alone.
DROP INDEX ledger_by_resident;
CREATE INDEX ledger_by_resident ON ledger_entries (resident_id, account, at, amount_fen) WHERE resident_id IS NOT NULL;

-- Checks that were closed only after their day had been emptied: mostly none.
CREATE INDEX welfare_late ON welfare_checks (service_date) WHERE closed_at IS NOT NULL AND floor <> 0;

-- The last ledger entry up to which every posting was seen to add up when the day was closed. What is
-- appended is never changed, so it is not summed again.
ALTER TABLE service_days ADD COLUMN balanced_to INTEGER;
CREATE INDEX days_balanced ON service_days (balanced_to) WHERE balanced_to IS NOT NULL;
UPDATE service_days SET balanced_to = (SELECT max(id) FROM ledger_entries)
    WHERE service_date = (SELECT max(service_date) FROM service_days WHERE closed_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM ledger_entries GROUP BY posting HAVING sum(amount_fen) <> 0);
