-- Nothing asks for the clocks of an agency, and the running ones are found along the primary key; each of these cost a
-- page of every new report.
DROP INDEX clock_of_agency;
DROP INDEX clock_running;
