### What people say about a report, who has the problem too, and what moderators do.

## Me too

together-title = Also affected
together-none = Is it the same for you? Say so: it counts when the city decides what comes first.
together-me-too = Me too
together-undo = Take it back
together-own = You sent this report, so you count already.
together-closed = This report is closed. If the problem is back, send a new report.
support-own = You sent this report yourself, so you count already.
support-closed = This report is closed. If the problem is back, send a new report.
many-of-one-place = Many people have been counted from your network today. Sign in to be counted too.
new-similar-me-too = It is the same: me too

## The discussion

talk-title = Discussion
talk-none = Nobody has said anything yet.
talk-earlier = Earlier comments
talk-newest = Newest comments
talk-reply = Reply
talk-flag = Report this comment
talk-say = Add a comment
talk-say-officially = Answer officially
talk-as-office = You answer for { $office }. Everyone reads the office, nobody your name; the reporter and the followers get an email.
talk-reply-to = Reply to { $name }
talk-reply-see = See the comment
talk-reply-not = Do not reply to it
talk-text = Your words
talk-text-hint = Everyone can read them. Please leave out telephone numbers and names of private people.
talk-name = Name to show
talk-name-hint = A pen name will do. Without one you are “A resident”.
talk-waits = A moderator reads it before it is shown.
talk-send = Post
comment-nameless = A resident
comment-hidden = Hidden by a moderator: { $reason }
comment-hide-personal = personal data
comment-hide-insult = insult
comment-hide-advertising = advertising
comment-hide-off_topic = off topic
comment-hide-other = another reason
comment-name-office = This is the name of an office. Please choose another one.
comment-reply-gone = The comment you reply to is not there any more. Your words are still below.
talk-done-comment = Your comment is published.
talk-done-waiting = Thank you. A moderator reads your comment first, then it appears here.
talk-done-official = The answer is published. The reporter and the followers get an email.
talk-done-flagged = Thank you. A moderator will look at the comment.
talk-done-support = You count now. Follow the report to hear when something happens.
talk-done-undo = Taken back: you do not count any more.

## Report a comment

flag-title = Report a comment
flag-text = A moderator will look at it. The author does not learn who reported it.
flag-reason = What is wrong with it?
flag-reason-hint = For example: it names a private person, it insults someone, it is advertising.
flag-send = Report the comment
flag-back = Back to the discussion

## The moderators' list

desk-tab-comments = Comments
moderation-title = Comments
moderation-list-waiting = Waiting
moderation-list-flagged = Reported
moderation-list-newest = Newest
moderation-empty-waiting = No comment waits
moderation-empty-flagged = No comment is reported
moderation-empty-newest = No comment yet
moderation-empty-text = What people say about reports shows up here.
moderation-closed-off = (nobody sees this discussion: the report is not public)
moderation-flags = { $n ->
    [one] Reported by { $n } person
   *[other] Reported by { $n } people
}
moderation-no-words = without words
moderation-let-through = Let through
moderation-show-again = Show again
moderation-keep = Leave it
moderation-hide = Hide
moderation-why = Why
moderation-words = In your words
moderation-words-hint = Everyone reads them beside the reason. Needed for “another reason”.
moderation-done-show = Everyone can read it now.
moderation-done-hide = Hidden. Everyone reads why.
moderation-done-keep = Left as it is.
moderation-done-already = Someone else was faster: this is how it stands now.
