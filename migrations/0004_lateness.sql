-- What is owed when time runs out: dates people gave their word for, days added to the calendar, explanations, cards.

-- A date given in public, and what became of it. The id is that of the event in which it was given.
-- kind: 'planned' (an outcome with its date) or 'committed' (once it was late). date is a local date.
-- state: standing, due (the date has come and it is asked after), kept, broken, void (nothing was owed any more).
CREATE TABLE promise (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES service_request (id),
    kind TEXT NOT NULL,
    agency TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    date TEXT NOT NULL,
    state TEXT NOT NULL,
    -- When the report reopened on the date.
    asked_at BIGINT,
    settled_at BIGINT
);
CREATE INDEX promise_of_request ON promise (request, id);
CREATE INDEX promise_open ON promise (date) WHERE settled_at IS NULL;
CREATE INDEX promise_by_date ON promise (date, id, state, agency);
CREATE INDEX promise_by_agency ON promise (agency, date, id, state);

-- Days that somebody at the desk added to the calendar of the pack. kind: 'off', 'work' (with the hours of the weekday
-- in hours_of), or 'pack': as the pack has it, a day taken back.
CREATE TABLE calendar_day (
    date TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    hours_of TEXT,
    basis TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT
);
-- With which calendar the running clocks were last reckoned. At most one row, id 1.
CREATE TABLE calendar_reckoned (
    id BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX clock_running ON clock (request) WHERE stopped_at IS NULL;

-- A leader asks an agency to explain a report, or a number; both are public.
CREATE TABLE explanation (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT REFERENCES service_request (id),
    agency TEXT NOT NULL,
    -- What it is about where it is about no report, and the page that shows it.
    subject TEXT NOT NULL,
    link TEXT,
    question TEXT NOT NULL,
    asked_by TEXT,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at BIGINT,
    -- When it was told that no answer had come in time.
    told_late_at BIGINT
);
CREATE INDEX explanation_of_agency ON explanation (agency, asked_at, id);
CREATE INDEX explanation_of_request ON explanation (request) WHERE request IS NOT NULL;
CREATE INDEX explanation_open ON explanation (due_at) WHERE answered_at IS NULL;
CREATE INDEX explanation_newest ON explanation (asked_at, id);

-- The report before this one about the same thing at the same place; chain is the first of them, place counts from 1.
ALTER TABLE service_request ADD COLUMN recurs TEXT;
ALTER TABLE service_request ADD COLUMN chain TEXT;
ALTER TABLE service_request ADD COLUMN chain_place BIGINT;
CREATE INDEX service_request_chain ON service_request (chain, chain_place) WHERE chain IS NOT NULL;

-- Cards an agency was given by a rule of the pack, once for each rule and month.
CREATE TABLE card (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    colour TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- The month it is about, 2026-03.
    period TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    contested_at BIGINT,
    contest TEXT,
    contested_by TEXT,
    -- 'stands' or 'withdrawn'.
    ruling TEXT,
    ruling_words TEXT,
    ruled_at BIGINT,
    ruled_by TEXT,
    UNIQUE (rule, agency, period)
);
CREATE INDEX card_newest ON card (given_at, id);
CREATE INDEX card_of_agency ON card (agency, given_at, id);
-- What cards are counted from.
CREATE INDEX event_escalations ON event (at) WHERE verb = 'escalate';
CREATE TABLE card_report (
    card TEXT NOT NULL REFERENCES card (id),
    request TEXT NOT NULL REFERENCES service_request (id),
    PRIMARY KEY (card, request)
);
