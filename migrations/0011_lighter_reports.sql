-- What costs a page of every new report without an answer to any question.

-- Nothing asks for the clocks of an agency, and the running ones are found along the primary key.
DROP INDEX clock_of_agency;
DROP INDEX clock_running;

-- The text of a report is found by its code, which is its first word. PostgreSQL keeps the key.
-- sqlite:
DROP TRIGGER report_text_added;
DROP TRIGGER report_text_removed;
DROP TRIGGER report_text_changed;
CREATE TABLE report_text_lighter (
    id INTEGER PRIMARY KEY,
    request TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO report_text_lighter (id, request, body) SELECT id, request, body FROM report_text;
DROP TABLE report_text;
ALTER TABLE report_text_lighter RENAME TO report_text;
CREATE TRIGGER report_text_added AFTER INSERT ON report_text BEGIN
    INSERT INTO report_text_index (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER report_text_removed AFTER DELETE ON report_text BEGIN
    INSERT INTO report_text_index (report_text_index, rowid, body) VALUES ('delete', old.id, old.body);
END;
CREATE TRIGGER report_text_changed AFTER UPDATE ON report_text BEGIN
    INSERT INTO report_text_index (report_text_index, rowid, body) VALUES ('delete', old.id, old.body);
    INSERT INTO report_text_index (rowid, body) VALUES (new.id, new.body);
END;
-- end
