### The desk of staff.

desk-tab-now = To do
desk-tab-intake = Intake
desk-tab-review = Review
desk-tab-mine = Mine
desk-tab-search = Search
desk-tab-new = Log a report
desk-tab-letters = Emails
desk-case-letters = Emails about this report

desk-title-now = What to do first
desk-title-intake = Intake
desk-title-review = Review answers
desk-title-mine = Assigned to me
desk-title-search = Find a report
desk-title-new = Log a report for someone
desk-title-handed = What came of handing over
desk-title-decided = What came of it: { $verb }
desk-title-contact = Contact of the reporter

desk-late = { $n } late
desk-of = { $n } of { $all } reports
desk-more = { $n ->
    [one] { $n } more report stands behind these.
   *[other] { $n } more reports stand behind these.
}
desk-show-all = Show all
desk-narrow = Filter and sort
desk-narrow-go = Apply
desk-narrow-none = Show all again
desk-order = Order
desk-order-due = Deadline of the step
desk-order-oldest = Oldest first
desk-order-newest = Newest first
desk-order-place = Area, then kind
desk-order-kind = Kind, then area
desk-part-late = Late
desk-part-soon = Due soon
desk-part-waiting = Not due yet
desk-part-asked = More time is asked of you
desk-empty-title = Nothing waits for you
desk-empty-text = New reports show up here as they come.
desk-done = Done: { $verb } · { $code }
desk-goes-to = goes to { $agency }
desk-goes-change = change
desk-news = New changes:
desk-news-here = This report just changed.
desk-reload = Reload
desk-keys-title = Keys
desk-keys = j and k: down, up · o: open · x: tick · a: accept · r: refuse · q: ask · m: merge · p, then Enter: publish · b: send back · z: take back · u: to the list
desk-keys-off = Switch the keys off in your account
desk-pick = Pick { $code }
desk-queue-label = Queue
desk-back = Back to the list
desk-back-case = Back to the report

desk-why-new = New, nobody has looked yet
desk-why-contested = The reporter contests the refusal
desk-why-asked = The reporter was asked: see the reply
desk-why-given-back = Given back by the agency
desk-why-answered = The agency has answered
desk-why-answered-again = Answered again after being sent back
desk-why-paused = Paused
desk-why-extension-yours = More time is asked of you
desk-why-extension = More time was asked for, the head decides
desk-why-silent = Late, and the agency has given no word
desk-why-appealed = The reporter appealed to the level above
desk-why-reopened = The reporter was not satisfied
desk-why-sent-back = Sent back by the centre
desk-why-given = Given to you
desk-why-not-begun = Nobody has begun
desk-why-in-hand = You are on it
desk-why-in-progress = A colleague is on it
desk-why-unclaimed = In progress, no officer named
desk-why-waiting = Waits for the reporter
desk-why-closed = Closed

desk-hand-title = Hand over the ticked reports
desk-many = Decide many at once
desk-many-hint = Tick reports to decide them at once.
desk-ticked = Ticked:
desk-tick-all = Tick all
desk-many-into = Left empty: into the oldest of those you ticked.
desk-many-done = { $n } done
desk-many-failed = { $n } could not be done
desk-undo-many = Take all of them back
desk-undo-within = Within { $n } seconds, before anyone is told.
desk-hand-to = To
desk-hand = Hand over
desk-handed-none = You ticked no report.

desk-any = All
desk-choose = Choose…
desk-search-q = Code or words
desk-search-hint = For example K7QM-4RTX or pothole quay
desk-field = Field
desk-area = Area
desk-agency = Agency
desk-state = State
desk-people = Find by telephone or email
desk-people-hint = Each search is written down.
desk-contact = Telephone or email
desk-contact-wrong = This is no telephone number and no email address.
desk-none-title = Nothing found
desk-none-text = Try fewer words or fewer conditions.

desk-acts = What you can do
desk-acts-none = There is nothing for you to do on this report now.
desk-template = Ready words
desk-note-public = Public message
desk-note-staff = Internal note
desk-reason = Reason
desk-reason-public = Reason (public)
desk-sentence = A word to the reporter
desk-why-refuse = Why it is refused
desk-why-pause = Why it is paused
desk-question = Question to the reporter
desk-question-hint = Waiting time does not count towards the deadline.
desk-send-back-why = What has to be done again
desk-outcome = Outcome
desk-answer-words = Answer to the people
desk-evidence = Photos of the result, or a document
desk-evidence-hint = “Fixed” needs at least one photo or PDF.
desk-planned-for = Promised for
desk-planned-hint = Only for work that is planned.
desk-progress-words = How it stands
desk-committed-for = Done by
desk-committed-hint = The report is late: name the day by which it will be done. Everyone can see whether you keep it.
desk-more-time = How much more time
desk-more-time-hint = In the unit of the promise, and at most as much again. The promise is { $promise }. It is possible once.
desk-asked-for = Asked for: { $span } more.
desk-step = Step
desk-product-words = What was found, decided or done
desk-product = Photos or documents
desk-without-product = There is no product; my words say why
desk-meant = The words speak more for: { $service }.
desk-meant-take = Correct to { $service }
desk-similar = Reports that may be the same:
desk-perhaps-same = This may have been reported already.
desk-merge-into = Merge into code
desk-officer = Officer
desk-nobody = Nobody yet
desk-redact-words = Words for everyone to read
desk-redact-photos = Photos to take out
desk-open-contact = Open the reporter's contact
desk-open-contact-hint = The reporter will see who opened it and why.
desk-contact-of = Report { $code }
desk-contact-logged = This opening was written down; the reporter will see it.

desk-meanwhile = Someone just changed this report
desk-meanwhile-kept = What you wrote is still there. Look again, then send it if it still holds.
desk-service = Service
desk-place = Place
desk-approximate = area guessed
desk-only-area = only the area is known
desk-sent = Sent
desk-supports = Also affected
desk-after = After the work
desk-reused = This photo was used for another report too. Look closely:
desk-story = Story
desk-original = The reporter's own words
desk-foreign = Written in: { $language }. Ready words come in that language where there are any; what you write yourself is sent as it is.
desk-public-page = Public page
desk-document = Document
desk-part-danger = A life in danger
desk-urgent = Urgent
desk-urgent-new = Urgent reports:
desk-urgent-sound = Sound for urgent reports
desk-flag-urgent = Urgent: a life may be in danger
desk-flag-confidential = Confidential: inspectors only
desk-flag-private = Not public
desk-flag-hidden = Hidden
desk-flag-contested = Refusal contested
desk-flag-appealed = Appealed
desk-flag-staff = Filed by staff

desk-new-hint = For people who call, write or come to the counter.
desk-channel = How it came
desk-what = What is wrong
desk-offered = Kinds that fit the words
desk-find-service = Find a kind (type part of its name)
desk-address = Address or landmark
desk-new-area-hint = Without a pin, only the area of the report is known. Needed where there is no pin.
desk-lat = Latitude
desk-long = Longitude
desk-photos = Photos
desk-who = The reporter
desk-who-hint = Sealed; the agencies never see it.
desk-name = Name
desk-phone = Telephone
desk-email = Email
desk-private = Not public
desk-enter = Enter the report

# Black boxes over a photo.
cover-open = Cover parts
cover-title = Cover parts of a photo of { $code }
cover-lead = Everyone will see the photo with black boxes in it. The photo as it was sent stays for the moderators.
cover-photo = The photo as it was sent
cover-draw = Drag over the photo to draw a box.
cover-faces = Find faces
cover-found =
    { $n ->
        [0] No face was found. Small or turned faces can be missed: look for yourself.
        [one] One face was found. Small or turned faces can be missed: look for yourself, then show the photo.
       *[other] { $n } faces were found. Small or turned faces can be missed: look for yourself, then show the photo.
    }
cover-boxes = Boxes
cover-boxes-hint = In percent of the photo, from its upper left corner. Without boxes the photo is shown as it was sent.
cover-box = Box { $n }
cover-left = From the left
cover-top = From the top
cover-width = Width
cover-height = Height
cover-remove = Remove
cover-reason-hint = For example: a face, a number plate.
cover-send = Show the photo like this

# The camera for the photo of the result.
camera-open = Take it from the same place
camera-fade = Photo from before
camera-shoot = Take the photo
camera-close = Close
camera-failed = The camera does not open. Allow it in the browser, or choose a photo.
