### Letters. $code is the report's code, $agency who has it, $outcome what came of it, $other the code it was merged
### into, $city the city, $what the news.

mail-receipt-subject = Report { $code }: received
mail-receipt-text = Thank you. Your report has arrived and is being checked. Keep this email: the link in it is yours alone. With it you can follow the report, answer questions, add photos, judge the result or withdraw.
mail-accepted-subject = Report { $code }: accepted
mail-accepted-text = Your report was checked and accepted. { $agency } has it now.
mail-moved-subject = Report { $code }: handed over
mail-moved-text = Your report was handed over. { $agency } has it now.
mail-question-subject = Report { $code }: a question for you
mail-question-text = To continue, we need your answer: use the link below. Waiting time does not count towards the deadline.
mail-question_expired-subject = Report { $code }: we go on without your answer
mail-question_expired-text = We asked you something and no answer came in time. We go on with what we know. You can still add photos.
mail-paused-subject = Report { $code }: work has to wait
mail-paused-text = { $agency } has to interrupt the work on your report, for this reason:
mail-progress-subject = Report { $code }: how it stands
mail-progress-text = { $agency } tells you how the work on your report stands:
mail-extended-subject = Report { $code }: more time was granted
mail-extended-text = { $agency } asked for more time, once, and its head granted it. The new deadline is below.
mail-late-subject = Report { $code }: late
mail-late-text = The time you were promised is over, and your report is not closed. { $agency } has it, and must report progress and a completion date.
mail-extension-subject = Report { $code }: more time is asked for
mail-extension-text = An officer of { $agency } asks for more time. You grant it, or the deadline stands. What you decide is public. The reason:
mail-warn-subject = Report { $code }: time is running out
mail-warn-text = { $percent }% of the time is used up. Step: { $step }.
mail-overdue-subject = Report { $code }: time has run out
mail-overdue-text = { $percent }% of the time is used up. Step: { $step }. The page of the report says so in public.
mail-refused-subject = Report { $code }: not accepted
mail-refused-text = We could not take your report in. The reason is below. If you do not agree, you can contest this once; someone else will decide then.
mail-merged-subject = Report { $code }: someone reported this before
mail-merged-text = The same problem is already in hand under the code { $other }. Your report was joined to it, and your support counts there.
mail-result-subject = Report { $code }: { $outcome }
mail-result-text = The result of your report is there: { $outcome }. Please tell us by the link below whether you are satisfied. If you are not, you can have it reopened.
mail-remind-subject = Report { $code }: is it fixed?
mail-remind-text = Some days ago we published the result of your report: { $outcome }. You have not told us yet whether it is really fixed. Please look, and say so by the link below. We will not ask again.
mail-promise_due-subject = Report { $code }: the promised date has come
mail-promise_due-text = Today is the date you were promised. Your report is open again until the work is done. { $agency } has it. Is it done? Please tell us by the link below.
mail-hidden-subject = Report { $code }: not public any more
mail-hidden-text = A moderator took your report out of the public pages. Work on it goes on. The reason:
mail-redacted-subject = Report { $code }: something was taken out
mail-redacted-text = A moderator took words or photos of your report out of the public pages, to protect someone. The reason:
mail-official_comment-subject = Report { $code }: an official answer in the discussion
mail-official_comment-text = The city answered in the discussion of your report:
mail-lock_given-subject = You are suspended from commenting for a while
mail-lock_given-text = { $agency } suspended you from commenting for a while, because of a comment of yours that was hidden. The reason: { $subject }. Everything else stays open to you, and it ends by itself. If you do not agree, you may appeal once by the link below; someone else decides.
mail-lock_ruled-subject = Decision on your suspension from commenting
mail-lock_ruled-text = Someone other than the person who suspended you has decided. { $outcome } The reason:
mail-lock_appealed-subject = An appeal against a suspension waits
mail-lock_appealed-text = Someone who was suspended from commenting appeals ({ $subject }). Someone other than the person who suspended has to decide.
mail-news-subject = Report { $code }: { $what }
mail-news-text = There is news of a report you follow: { $what }.
mail-found-subject = { $service }, { $area }: { $what }
mail-found-text = There is news in what you follow: { $list }.
mail-work-subject = New work: report { $code }
mail-work-text = A report was assigned to { $agency }. Please begin, or give it back with a reason if it is not yours.
mail-replied-subject = Report { $code }: the reporter answered
mail-replied-text = The reporter answered the question. Work can go on.
mail-contested-subject = Report { $code }: a refusal is contested
mail-contested-text = The reporter contests the refusal. Someone else must decide.
mail-sent_back-subject = Report { $code }: the answer was sent back
mail-sent_back-text = The centre did not publish the answer. The reason is below; please answer anew.
mail-reopened-subject = Report { $code }: opened again
mail-reopened-text = The reporter is not satisfied with the result. { $agency } has the report again.
mail-appealed-subject = Report { $code }: an appeal
mail-appealed-text = The reporter is not satisfied for the second time. The report is now with { $agency }.
mail-promise_due_work-subject = Report { $code }: promised for today
mail-promise_due_work-text = What was promised to the reporter is due today. The report is open again.
mail-withdrawn-subject = Report { $code }: withdrawn
mail-withdrawn-text = The reporter took the report back. There is nothing more to do.
mail-sign_in-subject = Your link to sign in
mail-sign_in-text = Someone, probably you, wants to sign in with this address in { $city }. The link works once and for a short time. If it was not you, do nothing.
mail-confirm_address-subject = Confirm your address
mail-confirm_address-text = Someone, probably you, gave this address for a staff account in { $city }. If that is right, open the link and confirm. If it was not you, do nothing.
mail-follow_confirm-subject = Do you want to follow report { $code }?
mail-follow_confirm-text = Someone, probably you, wants to get news of this report at this address. If so, please confirm by the link. If it was not you, do nothing: there will be no further emails.
mail-follow_list_confirm-subject = Do you want to follow: { $list }?
mail-follow_list_confirm-text = Someone, probably you, wants to get news of this list at this address. If so, please confirm by the link. If it was not you, do nothing: there will be no further emails.

## What followers hear of

mail-what-submit = a new report
mail-what-pause = work has to wait
mail-what-progress = how it stands
mail-what-grant_extension = more time was granted
mail-what-escalate = it is late
mail-what-refuse = not accepted
mail-what-merge = joined with an earlier report
mail-what-undo = decision taken back
mail-what-publish = the result is published
mail-what-reopen = opened again
mail-what-appeal = an appeal to the level above
mail-what-promise_due = the promised date has come
mail-what-withdraw = withdrawn by the reporter
mail-what-official_comment = an official answer in the discussion

## Facts

mail-fact-code = Code
mail-fact-service = About
mail-fact-area = Where
mail-fact-agency = Who has it
mail-fact-next = Next
mail-fact-took = Ended
mail-fact-due = Result due
mail-fact-call = Call now
mail-fact-reply = Please answer by
mail-fact-planned = Promised for
mail-fact-until = Until

## Links, and why this letter came

mail-link-reporter = Open my report
mail-link-follower = Open the report
mail-link-staff = Open it on the desk
mail-link-author = See why, and what you can do
mail-link-sign_in = Sign in
mail-link-confirm_address = Confirm the address
mail-link-follow_confirm = Yes, I want to follow
mail-link-follow_list_confirm = Yes, I want to follow
mail-why-reporter = You get this email because you sent this report.
mail-why-follower = You get this email because you follow this report.
mail-why-list = You get this email because you follow: { $list }.
mail-why-staff = You get this email because of your work for the city.
mail-why-asker = You get this email because someone typed your address.
mail-why-author = You get this email because it is about a right of yours.
mail-stop = Stop these emails
mail-mine = See and stop all you follow

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = Since yesterday morning: { $new } new, { $settled } closed
mail-bulletin-week-subject = Last week: { $new } new, { $settled } closed
mail-bulletin-new = { $n } new
mail-bulletin-settled = { $n } closed
mail-bulletin-again = { $n } open again
mail-bulletin-more = and { $n } more
mail-bulletin-why-day = You get this digest on mornings on which there is news of what you follow.
mail-bulletin-why-week = You get this digest on Monday mornings when there is news of what you follow.
