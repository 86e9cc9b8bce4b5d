### Pages that everybody sees.

## Front page

front-lead = Tell the city what is wrong. See who has it, what they do about it, and by when.
front-pulse = Received and closed, the last { $days } days
front-received = Received
front-received-means = Reports sent in the last { $days } days.
front-closed = Closed
front-closed-means = Closed in the last { $days } days, with whatever came of it.
front-on-time = On time
front-on-time-means = Of the deadlines that fell in the last { $days } days, the share that was met. What is still open counts as late.
front-waiting = Now waiting
front-waiting-means = Open at this moment.
front-deadlines = of { $n ->
    [one] { $n } deadline
   *[other] { $n } deadlines
}
front-late = { $n } late
front-results = Just fixed
front-all-results = All fixed reports
front-newest = Just reported
front-all = All reports
front-none = Nothing has been reported yet
front-none-text = The first report could be yours.
number-too-few = too few to say

## Lists

reports-title = Reports
reports-feed = Feed
reports-none = Nothing found
reports-none-text = Try other words, or fewer filters.
search-named = All reports of:
search-by-name = No report has all these words. These are the reports of { $name }.
search-also = Also looked for: { $words }
filter-q = Words, code or place
filter-field = Field
filter-service = What
filter-area = Area
filter-agency = Agency
filter-state = State
filter-outcome = Result
filter-from = From
filter-to = To
filter-sort = Order
filter-late = Late only
filter-open = All open
filter-any-field = All fields
filter-any-service = Everything
filter-any-area = The whole city
filter-any-agency = All agencies
filter-any-state = All states
filter-any-outcome = All results
sort-newest = Newest first
sort-oldest = Oldest first
sort-updated = Last changed first
sort-due = Next deadline first
sort-closed = Last closed first
count-open = { $n } open

## A report

report-sent = Sent
report-words = What was reported
report-result = Result
report-story = The story so far
report-where = Where
report-approximate = area is approximate
report-only-area = only the area is known
report-procedure = Procedure
report-rating = The reporter's rating
report-merged = The same thing was reported before: see { $code }
report-follow = Follow this report
report-private = The person who sent this asked that only the city reads it. You see that it exists and how it stands.
report-confidential = Reports about officials are read by inspectors only. You see that it exists and how it stands.
report-hidden = This report was taken out of sight. Reason: { $reason }

step-submit = Sent
step-accept = Accepted
step-ask = A question to the reporter
step-reply = The reporter answered
step-question_expired = No answer came in time
step-refuse = Not accepted
step-contest = The reporter disagrees with the refusal
step-merge = Joined with an earlier report
step-undo = Decision taken back before anyone was told
step-correct = Kind or place corrected
step-assign = Handed over
step-give_back = Given back
step-start = Work has begun
step-pause = Paused
step-resume = Work goes on
step-answer = The agency answered
step-send_back = The answer did not answer: sent back
step-publish = Result published
step-rate = The reporter rated the result
step-reopen = Reopened: the reporter is not satisfied
step-appeal = Appealed to the level above
step-promise_due = The promised date has come: reopened
step-withdraw = Withdrawn by the reporter
step-add_media = Photos added
step-mark_urgent = Marked as urgent
step-clear_urgent = Urgent mark taken away
step-note = Note among staff
step-progress = How it stands
step-deliver = Handed in
step-extend = More time asked for
step-grant_extension = More time granted
step-deny_extension = The deadline stands
step-warn = Time is running out
step-escalate = Time has run out
step-hide = Taken out of sight
step-unhide = Public again
step-redact = Private details covered
step-with = With: { $agency }
step-into = Into: { $code }

## The control slip of a report

slip-link = control slip
slip-title = Control slip of { $code }
slip-report = To the report
slip-procedure = { $name }, version { $n }
slip-hash = fingerprint { $hash }
slip-promise = The whole case
slip-first-response = First word
slip-received = Received
slip-due = Due
slip-given = Given
slip-result = In time
slip-running = running
slip-suspended = stands still
slip-late = late
slip-done = in time
slip-done-late = late
slip-passed = passed over
slip-returned = returned
slip-handed-over = handed over
slip-ended = ended with the case
slip-none = No clocks yet
slip-none-text = This report was brought over from an older system, which kept none.

step-used-of-promise = { $percent }% of the promised time is used up
step-used-of-step = { $percent }% of the time for the step “{ $step }” is used up
step-product-of = Step: { $step }
step-without-product = Without a product, for this reason:
step-to-person = Officer: { $name }
step-promised = Promised for: { $date }
step-staff-only = { $step } (staff only)

## Agencies

agencies-title = Agencies
agencies-late = Late
agency-below = Belonging to it

## Map

map-title = Map
map-label = Map of the reports
map-place = Place of the report
map-without = The map needs JavaScript. The same reports are in the list, and the areas below it.
map-areas = By area
map-bbox = The box is four numbers: left,bottom,right,top in degrees.

## How it works

about-title = How this works
about-lead = You report what is wrong in the street. The city fixes it, in full view, and you say whether it is fixed.
about-how = Every report has one agency in charge and one deadline. Both stand on its page, with every step that was taken.
about-life = The life of a report, step by step
about-agencies = { $n ->
    [one] { $n } agency
   *[other] { $n } agencies
} and how they keep their deadlines
about-services = { $n ->
    [one] { $n } kind of problem
   *[other] { $n } kinds of problems
} you can report
about-areas = { $n ->
    [one] { $n } area
   *[other] { $n } areas
} on the map
about-public-title = What is public
about-public = Your words, photos, the place and every answer, unless you ask that only the city reads it. Reports about officials are read by inspectors only; the public sees their number, field and steps. Nothing disappears without a reason.
about-place = Some places are shown less precisely, to protect people. Photos lose all hidden data, such as where and when they were taken.
about-you-title = Your details
about-you = You need no account and no name. If you leave contact data, it is encrypted and kept apart; agencies never see it, and every opening is shown to you on your receipt.
privacy-why = Your name, telephone number and email are used only to tell you about your report and to ask about it. You need not give them.
privacy-how-long = Contact details are erased { $n } days after the report is closed. Its public history stays.
privacy-traces = There are no advertisements and nothing that follows you. Cookies are for signing in, for your language and for opening your own reports.
privacy-rights = You can withdraw a report, stop emails, and ask { $agency } to show, correct or erase your personal data. How to reach them is at the foot of the page.
privacy-law = Personal data are protected under { $law }.
about-operator-title = Who is responsible
about-operator = { $agency } runs this service, checks reports and publishes results. Each agency is responsible for its own answers. How to reach us is at the foot of the page.
about-numbers-title = Our numbers
about-numbers = “On time” counts deadlines that were met among all that fell in the period; what is still open counts as late. We show no share of fewer than 10 cases. Every number leads to the list behind it.
about-access-title = For everyone
about-access = Every page works by keyboard, on a phone, and without JavaScript. Whatever the map shows is in a list too.
about-access-state = We follow WCAG 2.2, level AA, and check every page by program. Nobody who uses a screen reader has tried all of it yet. If something is hard to use, contact us as shown at the foot of the page; you can also report by telephone.
about-machines-title = For machines
about-machines = Every list is also a feed, and everything public is open to programs:

life-title = What happens to a report
life-lead = From your first word to the result: five steps, who takes them, and what you can do when something goes wrong.
way-send = You send it
way-text-send = Say in a few words what is wrong, show where, add a photo if you have one. You need no account. You get a code and a link of your own at once.
way-check = The centre checks it
way-text-check = Someone reads it and gives it to the agency in charge. If something is missing, they ask you. If they refuse it, they say why.
way-work = An agency works on it
way-text-work = Its page always says who has it, what they owe, and by when. When it is done they answer, with a photo or a document.
way-prove = The centre checks the answer
way-text-prove = Someone else looks whether the answer answers. If not, the agency has to go again; if so, it is published and you are told.
way-judge = You judge it
way-text-judge = Satisfied, acceptable, or not satisfied. If it is not fixed, say why, and it is opened again.
way-else = When something goes wrong
way-late = It is late
way-text-late = The page says by how much. The agency has to say how far it is and name a new date. Its head is told.
way-refused = It was refused
way-text-refused = The reason is public. You can contest it once, and someone else decides.
way-again = It was opened again, and still is not fixed
way-text-again = The second time it goes to the level above.
way-safe = Who knows who you are
way-text-safe = The agency never sees your name, phone number or email. Whoever opens them leaves a trace that you can see.
life-states = Every state, exactly
life-states-text = A report is always in one of these states.
life-ways = Who can do what next
life-back = back to where the question came from
life-received = It has arrived. The centre checks it and names the agency in charge.
life-waiting_reporter = Something is missing that only the reporter knows. Waiting time does not count towards the deadline.
life-assigned = An agency has it and has not begun yet.
life-in_progress = The agency is working on it.
life-in_review = The agency has answered. Someone else at the centre checks whether the answer answers.
life-closed = The result is published. The reporter judges it, and can have it reopened.
life-outcomes = Results
life-outcomes-text = Where a report is and what came of it are two different things. A closed report has one of these results:
outcome-means-fixed = It was fixed, with a photo or document as proof.
outcome-means-planned = It is promised for a date, and reopens by itself on that day.
outcome-means-forwarded = A body outside the city answers for it.
outcome-means-not_found = Nothing was found at the place.
outcome-means-no_authority = The city has no power to act.
outcome-means-no_budget = There is no money for it yet.
outcome-means-refused = It was not accepted, for a reason that is public. It can be contested once.
outcome-means-duplicate = The same thing was reported before.
outcome-means-withdrawn = The reporter took it back.
life-procedures = Procedures and deadlines

procedure-promise = Promise to you
procedure-first = First word of a person
procedure-owner = In charge
procedure-basis = Basis
procedure-step = Step
procedure-who = Who
procedure-does = Does
procedure-product = Produces
procedure-within = Within
procedure-pauses = May pause for
procedure-services = What it is for
span-working-minutes = { $n ->
    [one] { $n } working minute
   *[other] { $n } working minutes
}
span-working-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
front-numbers = The numbers
about-atom = Atom
about-open311 = Open311
