-- The words people have used, read from the index itself, to forgive a slip in a search. PostgreSQL needs no table for it.
-- sqlite:
CREATE VIRTUAL TABLE report_word USING fts5vocab('report_text_index', 'row');
-- end
