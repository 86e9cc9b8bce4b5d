-- The step that is owed now, with its own deadline, beside the promise of the whole case: lists tell it and queues sort by it.
ALTER TABLE service_request ADD COLUMN step TEXT;
ALTER TABLE service_request ADD COLUMN step_budget TEXT;
ALTER TABLE service_request ADD COLUMN step_from_at BIGINT;
ALTER TABLE service_request ADD COLUMN step_due_at BIGINT;
UPDATE service_request SET
    step = (SELECT c.step FROM clock c WHERE c.request = service_request.id AND c.kind = 'step' AND c.stopped_at IS NULL
        ORDER BY c.due_at IS NULL, c.due_at, c.place LIMIT 1),
    step_budget = (SELECT c.budget FROM clock c WHERE c.request = service_request.id AND c.kind = 'step' AND c.stopped_at IS NULL
        ORDER BY c.due_at IS NULL, c.due_at, c.place LIMIT 1),
    step_from_at = (SELECT c.started_at FROM clock c WHERE c.request = service_request.id AND c.kind = 'step' AND c.stopped_at IS NULL
        ORDER BY c.due_at IS NULL, c.due_at, c.place LIMIT 1),
    step_due_at = (SELECT c.due_at FROM clock c WHERE c.request = service_request.id AND c.kind = 'step' AND c.stopped_at IS NULL
        ORDER BY c.due_at IS NULL, c.due_at, c.place LIMIT 1)
WHERE closed_at IS NULL;
