-- A search takes the newest matches instead of ranking all of them. SQLite's index is in this order already; PostgreSQL
-- gets a number that grows, and reads from its end where a word is common. One and two letters at the end of a query are
-- the beginnings of very many words: SQLite keeps an index for them. The text of a report is found by its code, which is
-- its first word: SQLite need not keep a key, which cost a page of every new report.
-- postgres:
ALTER TABLE report_text ADD COLUMN nth BIGINT GENERATED ALWAYS AS IDENTITY;
CREATE INDEX report_text_nth ON report_text (nth);
-- sqlite:
DROP TABLE report_word;
DROP TRIGGER report_text_added;
DROP TRIGGER report_text_removed;
DROP TRIGGER report_text_changed;
DROP TABLE report_text_index;
CREATE TABLE report_text_without_key (
    id INTEGER PRIMARY KEY,
    request TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO report_text_without_key (id, request, body) SELECT id, request, body FROM report_text;
DROP TABLE report_text;
ALTER TABLE report_text_without_key RENAME TO report_text;
CREATE VIRTUAL TABLE report_text_index USING fts5(
    body, content = 'report_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2'
);
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
INSERT INTO report_text_index (report_text_index) VALUES ('rebuild');
CREATE VIRTUAL TABLE report_word USING fts5vocab('report_text_index', 'row');
-- end
