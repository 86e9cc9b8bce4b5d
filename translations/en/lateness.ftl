### What is owed when time runs out: a word, a day, an explanation; and what became of it.

## Late, with and without a word

late-no-word = { $span } late, no explanation yet
late-committed = { $span } late, to be done by { $date }
desk-part-no-word = Late, and no word yet: tell how it stands and by when
desk-why-no-word = Late: report progress and name a completion date

verb-promise_kept = Record that a promise was kept
verb-promise_broken = Record that a promise was broken
step-promise_kept = The promised day was kept
step-promise_broken = The promised day was not kept

mail-promise_broken-subject = Report { $code }: a promised day was not kept
mail-promise_broken-text = { $agency } named a date for your report. It has passed and the work is not done. They must report progress and a new date.
mail-promise_broken_work-subject = Report { $code }: the day you named is over
mail-promise_broken_work-text = The day { $agency } had named is over, and nothing was handed in. The page of the report says so in public. Tell how it stands and name a day.
letters-name-promise_broken = A promised day was not kept
letters-name-promise_broken_work = To the head: a promised day was not kept
mail-what-promise_broken = a promised day was not kept

## Promises on the control slip

slip-promises = Days that were named
slip-promise-kind-planned = Planned for a day
slip-promise-kind-committed = Named once it was late
slip-promise-date = Day
slip-promise-made = Named on
promise-state-standing = still to come
promise-state-due = the day has come
promise-state-kept = kept
promise-state-broken = not kept
promise-state-void = nothing owed any more

## The calendar at the desk, and deadlines that move with it

desk-tab-calendar = Calendar
calendar-title = Calendar
calendar-lead = Days off and make-up working days. A day you add is in force at once: deadlines of open reports move with it, and each report keeps the old date in its history, with the basis you name.
calendar-add = Add a day
calendar-add-send = Add this day
calendar-date = Date
calendar-kind = What it is
calendar-kind-off = Day off
calendar-kind-work = Make-up working day
calendar-kind-none = Ordinary day again
calendar-hours = Hours of a make-up day
calendar-hours-hint = It has the hours of this weekday.
calendar-hours-ordinary = The first weekday on which offices open
calendar-hours-monday = Monday
calendar-hours-tuesday = Tuesday
calendar-hours-wednesday = Wednesday
calendar-hours-thursday = Thursday
calendar-hours-friday = Friday
calendar-hours-saturday = Saturday
calendar-hours-sunday = Sunday
calendar-basis = Basis
calendar-basis-hint = The decision, with its number, as people can look it up. It is public.
calendar-year = Special days of { $year }
calendar-none = None.
calendar-entered = Entered
calendar-of-pack = in the city's calendar
calendar-remove = Take back
calendar-remove-basis = Why (public)
calendar-done-add = Added. Deadlines of open reports move within seconds.
calendar-done-remove = Taken back. Deadlines of open reports move within seconds.

verb-move_due = Move a deadline with the calendar
step-move_due = A deadline moved: the calendar changed
step-moved = { $what }: from { $from } to { $to }
step-because = Because of { $basis }
step-because-pack = Because the city's calendar changed
slip-moved = moved, was { $when }
refusal-day-off = This day is a day off anyway.
refusal-day-works = This day is a working day anyway.

## Promises: the register, and the reporter who is asked

promises-title = Promise register
promises-lead = Every date that an agency gave in public: work planned for a day, and the day it named once it was late. On the day a planned report reopens by itself, and its reporter is asked.
promises-all = All
promises-state-open = Still to come
promises-state-kept = Kept
promises-state-broken = Not kept
promises-kind = What kind
promises-report = Report
promises-result = Result
promises-none = No promises here
promises-none-text = Nothing was promised that fits these filters.
promises-by-agency = By agency
promises-means = Kept: handed in by the end of the day (or of the next working day), and published; what was planned needs proof that it was fixed. Public reports only; no share of fewer than 10.
promises-share = Share kept
my-promised = It was promised for { $date }
my-promised-text = That day has come, and your report is open again. Is it done? You know best.
my-promised-words = What is missing
my-done-confirm_done = Thank you. Your report is closed as fixed; please rate the result.
my-done-deny_done = Thank you. Everyone can read that it is not done yet.
verb-confirm_done = Yes, it is done
verb-deny_done = No, not yet
step-confirm_done = The reporter says: it is done
step-deny_done = The reporter says: it is not done yet
my-step-confirm_done = You said: it is done
my-step-deny_done = You said: it is not done yet

## Requests for explanation

desk-tab-explanations = Explanations
explain-title = Requests for explanation
explain-lead = Leaders of the city ask an agency about a report or a number. The agency answers here, by a deadline of its own; question and answer are public.
explain-ask = Ask an agency to explain
explain-ask-hint = About a single report, ask on that report at the desk.
explain-subject = About
explain-question = What is to be explained (public)
explain-question-hint = The head of the agency answers in public, within the time you choose.
explain-days = Time to answer
explain-send = Ask for an explanation
explain-open = Not answered yet
explain-open-none = No agency owes an explanation.
explain-all = All
explain-none = No questions here
explain-none-text = Nobody was asked to explain what fits these filters.
explain-asked = Asked
explain-due = due
explain-answered = Answered
explain-answered-list = Answered
explain-late = { $span } late
explain-owed = Not answered yet.
explain-owed-late = { $span } late, no answer yet.
explain-report = Report { $code }
explain-answer = Answer of the agency (public)
explain-answer-send = Answer in public
explain-done-asked = Asked. The head of the agency gets an email.
explain-done-answered = Answered. Everyone can read it.
verb-ask_explanation = Ask the agency to explain
verb-explain = Explain
step-ask_explanation = A leader asks for an explanation
step-explain = The agency explains
step-explain-by = To be answered by { $when }
desk-flag-explanation = { $agency } owes an explanation by { $due }

## The same again

again-title = The same place again: { $n } reports
again-text = The same kind of problem was reported here before, and closed. These are all of them.
verb-recur = Link with the report before
step-recur = The same place again
step-recur-of = Reported before: { $code }
desk-flag-again = Report no. { $nth } at this place
slip-appeal = Appeal to the level above

## Cards

desk-tab-cards = Cards
card-title = Cards
card-lead = A rule of the city gives an agency a card when too much went wrong in a month. Every card shows the reports behind it; the agency may contest it, and a leader rules, in public.
card-no-rules = This city has no rules for cards.
card-rule-over_percent = { $n ->
    [one] { $n } report over { $percent }% of its time in a month
   *[other] { $n } reports over { $percent }% of their time in a month
}
card-rule-promises_broken = { $n } promised days not kept in a month
card-rule-explanations_late = { $n } explanations late in a month
card-yellow = Yellow card
card-red = Red card
card-none = No cards
card-none-text = No agency was given a card.
card-period = for { $month }
card-given = given
card-reports = { $n ->
    [one] The report behind it
   *[other] The { $n } reports behind it
}
card-contest = Contest this card
card-contested = The agency contests it:
card-waits = A leader has not ruled yet.
card-rule = Rule on it
card-ruling-stands = The card stands
card-ruling-withdrawn = The card is withdrawn
card-done-contested = Contested. A leader rules.
card-done-ruled = Ruled. Everyone can read it.

duties-all = All of them
duties-title = Promises, explanations, cards

## Letters

mail-explanation_asked-subject = An explanation is asked for: { $subject }
mail-explanation_asked-text = A leader of the city asks { $agency } to explain. Please answer at the desk by the deadline below; question and answer are public.
mail-explanation_given-subject = { $agency } explains: { $subject }
mail-explanation_given-text = { $agency } answered what was asked:
mail-explanation_late-subject = An explanation is late: { $subject }
mail-explanation_late-text = { $agency } was asked to explain, and the deadline is over. The public page says so. What was asked:
mail-card_given-subject = { $agency } was given a card: { $subject }
mail-card_given-text = A rule of the city gave { $agency } a card. It is public, with the reports behind it. You may contest it, once.
mail-card_contested-subject = { $agency } contests a card: { $subject }
mail-card_contested-text = { $agency } contests a card. A leader rules on it, in public. What the agency says:
mail-card_ruled-subject = A card was ruled on: { $subject }
mail-card_ruled-text = A leader ruled on the card that { $agency } had contested:
mail-again-subject = Report { $code }: no. { $nth } at the same place
mail-again-text = The same kind of problem at the same place, for the { $nth }. time. It was closed before, and it is back: its page has the whole history. Please see to a cure that lasts.
letters-name-explanation_asked = To the head: an explanation is asked for
letters-name-explanation_given = To leaders: an explanation was given
letters-name-explanation_late = An explanation is late
letters-name-card_given = To the head: a card
letters-name-card_contested = To leaders: a card is contested
letters-name-card_ruled = To the head: a card was ruled on
letters-name-again = To the head: the same place again
