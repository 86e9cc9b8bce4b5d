## The frame of a page

skip-to-content = Skip to the content
nav-label = Main
nav-language = Language
machine-made = This page was translated by a machine, and nobody has checked it yet.
nav-home = Home
nav-reports = Reports
nav-map = Map
nav-new = Report a problem
nav-desk = Desk
nav-account = Account
nav-sign-in = Sign in
nav-sign-out = Sign out
search-label = Search reports
search-hint = Search by words, code or place
search-button = Search
call-now = If a life is in danger, call now:
call-now-title = If someone is in danger, call now
call-now-text = Do not wait for an answer here. Your report is still sent, and it is looked at first.
footer-contacts = Other ways to reach us
footer-about = How this works
footer-privacy = Privacy
footer-access = Accessibility
footer-procedures = Procedures and deadlines
footer-software = Runs on Nhịp, open-source software

## States and outcomes

status-received = Received
status-waiting_reporter = Waiting for the reporter
status-assigned = Assigned
status-in_progress = In progress
status-in_review = Result being checked
status-closed = Closed
status-fixed = Fixed
status-planned = Planned for a date
status-forwarded = Referred elsewhere
status-not_found = Not found
status-no_authority = Outside our powers
status-no_budget = No budget yet
status-refused = Not accepted
status-duplicate = Already reported
status-withdrawn = Withdrawn

## The clock

clock-label = Time used: { $percent }%
clock-paused = paused
clock-no-deadline = no deadline

## Counts

count-more = more than { $n } reports
count-reports = { $n ->
    [one] { $n } report
   *[other] { $n } reports
}
count-supports = { $n ->
    [one] { $n } person also affected
   *[other] { $n } people also affected
}
count-comments = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}

## Shared parts

field-optional = optional
error-summary-title = Not sent yet
photo-before = Before
photo-after = After
before-after-slider = Drag to compare before and after
photo-open = Open the large photo
entry-attempt = Attempt { $n }
entry-technical = { $n ->
    [one] { $n } technical step
   *[other] { $n } technical steps
}
comment-official = Official answer
comment-held = Waiting for a moderator
filter-apply = Filter
filter-clear = Clear filters
filter-title = Filters
pager-label = Pages
pager-newer = Newer
pager-older = Older
stat-of = of { $n }
pulse-received = came in
pulse-settled = closed
pulse-table = The same as a table
pulse-day = Day
dialog-cancel = No, go back
toast-close = Close
map-list = List of everything on the map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-scroll = Hold Ctrl and scroll to zoom the map
map-scroll-mac = Hold ⌘ and scroll to zoom the map
map-fingers = Use two fingers to move the map

## Choosing a place

place-locate = Use my location
place-choose = Choose on the map
place-forget = Forget this place
place-map = Map to choose a place on
place-pin = The chosen place
place-loading = Loading the map
place-no-map = The map cannot be shown here. Please choose the area from the list below.
place-help = Tap to set the pin, drag to move it.
place-help-keys = By keyboard: arrows move the map, + and − zoom, Enter sets the pin under the cross, Esc closes the map.
place-asking = Looking for your location
place-failed = We could not get your location. Please choose on the map, or choose the area below.
place-kept = The place is set.
place-in = This place is in { $area }.
place-perhaps = This place is probably in { $area }.
place-outside = This place is outside the city. Please choose another one.

## Time

time-date = { $day } { $month } { $year }
time-moment = { $weekday } { $day } { $month }, { $time }
time-exact = { $weekday } { $day } { $month } { $year }, { $time }
time-just-now = just now
time-ago = { $span } ago
time-today = { $time } today
time-left = { $span } left
time-late = { $span } late
time-due-today = due today
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
span-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
span-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
