-- The rows of the tables that 0046_cases.sql makes anew, copied by batches of keys: each statement is put to the keys after
-- $1 up to $2, and all of one table commit together, with how far they have come. Keys with the same value are never
-- parted. Old events are numbered in the order in which they happened; the version of a report is the number of its last.

-- copy: event by request
INSERT INTO event_of_case (case_ref, seq, id, tx, at, verb, role, account, agency, from_state, to_state, attempt,
    visibility, data)
SELECT request, ROW_NUMBER() OVER (PARTITION BY request ORDER BY version, id), id, 0, at, verb, role, account, agency,
    from_state, to_state, attempt, visibility, data
FROM event WHERE request > $1 AND request <= $2 ORDER BY request, version, id;
UPDATE service_request SET version = (SELECT MAX(seq) FROM event_of_case WHERE case_ref = service_request.id)
WHERE id > $1 AND id <= $2 AND version <>
    (SELECT COALESCE(MAX(seq), service_request.version) FROM event_of_case WHERE case_ref = service_request.id);

-- copy: clock by request
INSERT INTO clock_of_case (case_ref, place, kind, procedure, procedure_version, step, attempt, role, agency, budget,
    started_at, suspensions, due_at, stopped_at, how, stopped_by, fired, next_percent, next_at)
SELECT request, place, kind, procedure, procedure_version, step, attempt, role, agency, budget,
    started_at, suspensions, due_at, stopped_at, how, stopped_by, fired, next_percent, next_at
FROM clock WHERE request > $1 AND request <= $2 ORDER BY request, place;

-- copy: request_media by request
INSERT INTO attachment (case_ref, media, event, stage, position, hidden)
SELECT request, media, event, stage, position, hidden
FROM request_media WHERE request > $1 AND request <= $2 ORDER BY request, media;

-- copy: receipt by token_hash
INSERT INTO receipt_of_case (token_hash, case_ref, created_at)
SELECT token_hash, request, created_at
FROM receipt WHERE token_hash > $1 AND token_hash <= $2 ORDER BY token_hash;

-- copy: explanation by id
INSERT INTO explanation_of_case (id, case_ref, agency, subject, link, question, asked_by, asked_at, due_at, answer,
    answered_by, answered_at, told_late_at)
SELECT id, request, agency, subject, link, question, asked_by, asked_at, due_at, answer,
    answered_by, answered_at, told_late_at
FROM explanation WHERE id > $1 AND id <= $2 ORDER BY id;
