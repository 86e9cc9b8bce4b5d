## Stopping letters

letters-stop-title = Stop emails
letters-stop-text = Which emails should we stop? Receipts and links that you ask for will still come.
letters-stop-one = Stop emails about { $code }
letters-stop-list = Stop emails about: { $list }
letters-stop-every-day = Stop the morning digests
letters-stop-every-week = Stop the Monday digests
letters-stop-every-at_once = Stop these emails
letters-stop-all = Stop all emails
letters-stop-done = Done. You will get no more of these emails.
letters-stop-back = If you change your mind, follow a report: emails start again then.
letters-stop-periodic = Stop the periodic report

## Following a report

letters-follow-email = Your email address
letters-follow-hint = Nobody sees it, not even the agency.
letters-follow-wrong = This is not an email address. Write it like name@example.org.
letters-follow-sent = Please look into your mailbox
letters-follow-sent-text = We have sent an email to this address. You follow as soon as you press the button behind the link in it. If nothing comes, look among the spam.
letters-follow-yes = Yes, I want to follow

## The desk

letters-desk-title = Emails
letters-desk-all = All
letters-desk-of = Emails about report { $code }
letters-desk-stuck = Events without emails
letters-desk-stuck-text = These could not be turned into emails. The log says why.
letters-desk-attempts = { $n ->
    [one] { $n } attempt
   *[other] { $n } attempts
}
letters-desk-next = next { $when }
letters-desk-try = Try again
letters-desk-none = No emails here
letters-desk-none-text = Emails appear here as soon as something happens to a report whose reporter or followers left an address.
letters-desk-when = Called for
letters-desk-report = Report
letters-desk-letter = Email
letters-desk-state = How it went
letters-desk-again = Again
letters-desk-send = Send again
letters-state-waiting = Waiting
letters-state-sent = Sent
letters-state-failed = Failed
letters-state-dropped = Not sent
letters-reader-reporter = reporter
letters-reader-follower = follower
letters-reader-staff = staff
letters-reader-asker = who asked for it
letters-reader-author = author of a comment
letters-desk-way-push = notification
letters-desk-way-webhook = webhook
letters-detail-sent = sent
letters-detail-stopped = the reader stopped these emails
letters-detail-paused = the webhook was paused
letters-detail-no_address = there is no address any more
letters-detail-not_public = the report is not public any more
letters-detail-comment_hidden = a moderator hid the answer
letters-detail-interrupted = the service ended while it was being sent
letters-detail-unwritable = the email could not be written; the log says why
letters-detail-timeout = the mail server took too long
letters-detail-gone = the receiver is no more
letters-detail-nothing_left = nothing public was left to tell

## Names of letters, as the desk lists them

letters-name-receipt = Receipt
letters-name-accepted = Accepted
letters-name-moved = Handed over
letters-name-question = Question
letters-name-question_expired = No answer to a question
letters-name-paused = Work has to wait
letters-name-progress = How it stands
letters-name-extended = More time granted
letters-name-late = Late
letters-name-extension = More time asked for
letters-name-warn = Time running out
letters-name-overdue = Time run out
letters-name-refused = Not accepted
letters-name-merged = Joined with an earlier report
letters-name-result = Result
letters-name-remind = Is it fixed?
letters-name-promise_due = Promised date has come
letters-name-hidden = Not public any more
letters-name-redacted = Something taken out
letters-name-official_comment = Official answer
letters-name-lock_given = Comments suspended
letters-name-lock_appealed = Appeal against a suspension
letters-name-lock_ruled = Suspension decided
letters-name-news = News for a follower
letters-name-work = New work
letters-name-replied = Reporter answered
letters-name-contested = Refusal contested
letters-name-sent_back = Answer sent back
letters-name-reopened = Opened again
letters-name-appealed = Appeal
letters-name-promise_due_work = Promised for today
letters-name-withdrawn = Withdrawn
letters-name-sign_in = Sign-in link
letters-name-confirm_address = Confirm an address
letters-name-follow_confirm = Confirm a follow
letters-name-found = News in a list
letters-name-bulletin = Digest
letters-name-periodic = Periodic report
letters-name-webhook_test = Test of a webhook
letters-name-follow_list_confirm = Confirm following a list
