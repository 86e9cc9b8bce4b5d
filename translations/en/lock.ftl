### Who may not write comments for a while: for the person it is about, for everybody as numbers, and for the desk.

lock-reason-personal = personal data of someone else
lock-reason-insult = insults
lock-reason-threat = threats
lock-reason-advertising = advertising
lock-reason-flood = the same thing over and over
lock-term-day = 1 day
lock-term-week = 7 days
lock-term-month = 30 days

## At the comment field

lock-until = You can write comments again: { $until }
lock-why = { $office } suspended you from commenting for a while, because of a comment of yours that was hidden. The reason: { $reason }.
lock-only-comments = Everything else stays open to you: reporting, answering the city, rating, following and saying “me too”.
lock-see-appeal = See the comment, or say that you do not agree
lock-see = See the comment and how it stands
lock-kept = Your words
lock-kept-hint = They were not sent. Copy them if you want to keep them.
lock-says-no = You may not write comments at the moment. Your words are still here.

## Its own page

lock-title = Suspended from commenting
lock-lead = { $office } suspended you from commenting for a while. Nobody else sees this page. The suspension ends by itself, and it stops nothing but comments.
lock-none-known = Nothing is known here
lock-none-known-text = This page shows whether you may write comments. If you wrote while signed in, please sign in first.
lock-none = You may write comments
lock-none-text = Nobody suspended you.
lock-ended = It is over: you may write comments
lock-reason = Reason
lock-term = How long
lock-end = Until
lock-office = By
lock-moderator-says = The moderator says:
lock-comment = The comment that gave rise to it:
lock-report = See the report
lock-suspended = Nobody decided about your words in time. So you may write until someone does.
lock-ruling = The decision
lock-ruled-upheld = It stays as it was.
lock-ruled-shortened = It was shortened.
lock-ruled-lifted = It was lifted.
lock-appeal-own = Your appeal
lock-appeal-due = To be decided by:
lock-appeal-title = You do not agree?
lock-appeal-text = Say why, once. Someone other than the person who suspended you decides, and tells you why.
lock-appeal-words = Your words
lock-appeal-send = Send the appeal
lock-done-appeal = Thank you. Someone else looks at it, and you can read the decision here.
lock-over = It is over already. You may write comments.
lock-appealed-already = You have appealed before, or it is decided already. This is how it stands.

## What everybody can count

moderated-title = Hidden comments and suspensions
moderated-link = Hidden comments and suspensions, in numbers
moderated-lead = Comments that are shown can be read by everyone. { $office } hides what harms someone, says why in the place of the comment, and may suspend a person from commenting for a while. Here are the numbers of the last year.
moderated-since = Since
moderated-shown = Comments shown
moderated-hidden = Comments hidden
moderated-hidden-text = Where a comment was hidden, a line with the reason stays. Moderators keep the words, so that someone else can check.
moderated-n = Comments
moderated-locks = Suspensions
moderated-locks-text = Only after a comment was hidden, only for a time, never because of an opinion, and never from reporting something. Everyone who is suspended may appeal once; someone else decides.
moderated-appeals = Appeals
moderated-upheld = Stayed
moderated-shortened = Shortened
moderated-lifted = Lifted
moderated-waiting = Not decided yet
moderated-rules = How long at most
moderated-rules-text = These are the longest times. They end by themselves. If nobody decides in time about an appeal, the person may write until someone does.
moderated-first = The first time
moderated-second = The second time
moderated-later = Later
moderated-own = Am I suspended from commenting?

## The desk

desk-tab-locks = Comment suspensions
lock-new = Suspend its author
lock-after-hiding = Does the author do this again and again, or gravely?
lock-new-title = Suspend someone from commenting
lock-new-lead = They cannot write comments for a time; everything else stays open to them. They read the reason, your words and your office, not your name. They may appeal once; someone other than you decides.
lock-before = { $n ->
    [0] Never suspended before, as far as is still known.
    [one] Suspended { $n } time before.
   *[other] Suspended { $n } times before.
}
lock-at-most = at most { $term }
lock-term-hint = As short as will do. It ends by itself.
lock-words = In your words
lock-words-hint = Only the person reads them. Never because of a tone or an opinion.
lock-send = Suspend
lock-back = Back to the comments
lock-not-hidden = Only a comment of a person that is hidden is a ground for a suspension. Hide it first.
lock-too-long = That is longer than this reason allows.
lock-already = This person is suspended already, or was for this very comment.
lock-desk-title = Comment suspensions
lock-desk-lead = Who is suspended from commenting, and their appeals. Whoever suspended someone does not decide about the appeal.
lock-part-appeals = Appeals to decide
lock-part-running = Running
lock-part-over = Over
lock-part-none-appeals = No appeal waits.
lock-part-none-running = Nobody is suspended.
lock-part-none-over = None yet.
lock-ended-short = over since { $until }
lock-until-short = until { $until }
lock-by = by { $name }
lock-appeal-of = What the person says against it
lock-late = late: they may write until you decide
lock-own = You suspended them yourself: someone else decides.
lock-decide = Decide
lock-ruling-upheld = It stays
lock-ruling-shortened-to = Shorten it to { $term } from its beginning
lock-ruling-lifted = Lift it
lock-ruling-words = Why; the person reads it
lock-not-shorter = It can only be shortened to less than it is. Please choose again.
lock-done-locked = Suspended. The person reads why at the comment field, and by email where they have an address.
lock-done-ruled = Decided. The person reads it.
