### A report, told alike wherever it appears.

report-hidden-title = Hidden: { $reason }
report-private-title = Private report · { $field }
report-confidential-title = Confidential report · { $field }
photo-alt = Photo of the report

clock-reporter = The reporter
clock-owes-check = triage and assign
clock-owes-reply = an answer to the question
clock-owes-review = check the result
clock-owes-answer = an answer with a photo
clock-by = by { $when }
clock-result-by = result due { $when }
clock-planned = promised for { $date }
clock-took = done after { $span }
clock-closed-after = closed after { $span }
clock-took-late = { $took }, { $span } late
clock-took-in-time = { $took }, in time

filter-unknown = There is no such choice, so it was left out.
filter-date = That is not a date. Write it like 2026-11-27.
filter-period = The last day must come after the first, so the period was left out.
