### The closed lists of words: states, outcomes, verbs, roles; and why something may not happen.

rating-satisfied = Satisfied
rating-acceptable = Acceptable
rating-not_satisfied = Not satisfied

channel-web = Web
channel-open311 = Open311
channel-phone = Telephone
channel-zalo = Zalo
channel-facebook = Facebook
channel-email = E-mail
channel-counter = Counter
channel-import = Brought over
channel-employee = City employee

role-reporter = Reporter
role-operator = Operator
role-reviewer = Reviewer
role-officer = Officer
role-head = Head of the agency
role-inspector = Inspector
role-leader = Leader
role-administrator = Administrator
role-system = The system

verb-submit = Send
verb-accept = Accept
verb-ask = Ask the reporter
verb-reply = Reply
verb-question_expired = End the wait for a reply
verb-refuse = Refuse
verb-contest = Contest the refusal
verb-merge = Merge
verb-correct = Correct
verb-assign = Assign
verb-give_back = Give back
verb-start = Start work
verb-pause = Pause
verb-resume = Resume
verb-answer = Answer
verb-send_back = Send back
verb-publish = Publish
verb-rate = Rate
verb-reopen = Reopen
verb-appeal = Appeal
verb-promise_due = Reopen on the promised date
verb-withdraw = Withdraw
verb-add_media = Add photos
verb-note = Note
verb-progress = Tell how it stands
verb-deliver = Hand in a step's product
verb-extend = Ask for more time
verb-grant_extension = Grant more time
verb-deny_extension = Keep the deadline
verb-warn = Time is running out
verb-escalate = Time has run out
verb-hide = Hide
verb-unhide = Show again
verb-redact = Redact

refusal-wrong-state = “{ $verb }” is not possible now: the report is “{ $state }”.
refusal-wrong-role = Your role does not allow this.
refusal-not-your-agency = Only the agency in charge may do this.
refusal-own-answer = You answered this report yourself. Somebody else must review it.
refusal-own-refusal = You refused this report. Somebody else must decide now.
refusal-only-once = This was done before, and it is possible only once.
refusal-appeal-instead = This report was reopened before. Your next step is an appeal.
refusal-reopen-first = Reopen the report first. If that does not help, you can appeal.
refusal-needs-evidence = “Fixed” needs proof: add a photo taken afterwards, or a document.
refusal-needs-date = Give the date you promise.
refusal-date-in-the-past = Choose a date after today.
refusal-not-an-answer = Choose what came of it.
refusal-needs-reason = Say why, in a few words.
refusal-missing = This is missing.
refusal-invalid = This cannot be right. Please check it.
refusal-too-long = Too long: at most { $limit } characters.
refusal-unknown = We do not know “{ $code }”.
refusal-outside-the-city = This place lies outside the city. Move the pin.
refusal-bad-merge = It cannot be merged into this report.
refusal-step-owed = First something else is owed: { $step }. Hand in its product, or say why there is none.
refusal-no-such-step = This step is not running.
refusal-no-reason-to-pause = At this step the procedure does not allow work to pause for this reason.
refusal-after-the-deadline = The deadline is over. Tell how it stands and by when it will be done.
refusal-too-much-time = So much more time cannot be asked for.
refusal-stale = Somebody changed this report meanwhile. Look at what changed, then try again.
refusal-nothing-to-change = There is nothing to change.
refusal-too-many-photos = Too many photos: at most { $limit }.
refusal-too-soon = { $seconds ->
    [one] Please wait { $seconds } second.
   *[other] Please wait { $seconds } seconds.
}
refusal-forbidden = This is not open to you.
refusal-not-found = We did not find this.

error-paced = Too many at once. Please try again in { $seconds } seconds.
error-full = The disk is full. Nothing was saved; reading still works. The operator has been told.
error-failure = Something went wrong on our side. Nothing was saved. Please try again.
error-form = The form could not be read. Please try again.
error-address = This address cannot be read.
error-method = This cannot be done here.
error-too-large = This is too large.
error-other-site = This came from another website and was not done.
error-sign-in = Please sign in first.
error-reference = Reference number
error-home = To the front page
error-lost = The address may have changed, or a part of it is missing. Try to find it by its code, by words or by a street.
error-title = Error { $status }
