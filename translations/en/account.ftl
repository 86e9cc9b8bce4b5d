sign-in-title = Sign in
sign-in-login = Login name
sign-in-password = Password
sign-in-go = Sign in
sign-in-wrong = Login name or password is wrong. Please check both.
sign-in-wait = Too many wrong tries. Please try again in { $seconds } { $seconds ->
    [one] second
   *[other] seconds
}.
sign-in-locked = This account is locked. Reason: { $reason }
sign-in-citizen-title = Not on the staff?
sign-in-citizen-text = We send you a link by email. You need no password.
sign-in-citizen-go = Sign in by email
sign-in-no-account = You can report without an account.

code-title = One-time code
code-label = Code
code-hint = Six digits from the app on your phone, or one of your recovery codes.
code-wrong = This code is wrong or was used before. Wait for the next one.

link-title = Sign in by email
link-lead = Type your email address. We send you a link that signs you in once.
link-email = Email address
link-email-wrong = This is no email address. Please check it.
link-go = Send me the link
link-sent = If { $email } is correct, we have sent you a link.
link-sent-hint = Open the link in it within 30 minutes. Nothing came? Look in the spam folder.
link-again = Ask for another link
link-opened = You are one step away.
link-stale = This link has been used or has expired.
link-whose = You will be signed in as { $address }. If that is not your address, close this page: someone else sent you their link.

account-title = Your account
account-login = Login name: { $login }
account-name = Name
account-name-hint = The public never sees it.
account-language = Language
account-language-hint = For pages and emails.
account-email = Email for notices
account-email-hint = A new address counts once you open the link in the email we send to it.
account-confirm = Use this address for the emails to your account?
account-confirm-go = Confirm the address
account-shortcuts = Keys at the desk
account-shortcuts-hint = One key does one thing, for example a to accept. Switch them off if you speak to your computer or press keys by accident.
account-shortcuts-on = On
account-shortcuts-off = Off
account-save = Save
account-password-title = Password
account-password-old = Old password
account-password-new = New password
account-password-hint = At least { $n } characters. A short sentence is easy to remember.
account-password-go = Change password
account-password-wrong = This is not your password.
account-password-short = Too short: at least { $n } characters.
account-factor-on = A one-time code is asked for when you sign in.
account-factor-off = Your password alone opens this account. A one-time code makes it much safer.
account-factor-go = Set up the one-time code
account-sessions-go = See where you are signed in
account-done-saved = Saved.
account-done-asked = Saved. Please open the email we have just sent, to confirm the new address.
account-done-confirmed = The address is confirmed.
account-done-stale = This link was used or is out of date. Save the address again.
account-done-password = Your password is changed. You are signed out everywhere else.
account-done-factor-on = The one-time code is on.
account-done-factor-off = The one-time code is off.

factor-title = One-time code
factor-lead = Scan this with an authenticator app on your phone, then type the code it shows.
factor-by-hand = Cannot scan? Type this into the app:
factor-code-hint = Six digits.
factor-on = Switch on
factor-off = Switch off
factor-codes = If you lose your phone, each of these codes lets you in once. Write them down; you will not see them again.
factor-codes-kept = I have written them down

sessions-title = Where you are signed in
sessions-lead = If you do not know one of these, sign it out and change your password.
sessions-unknown = Unknown browser
sessions-here = This one
sessions-seen = Last used
sessions-since = signed in
sessions-end = Sign out
sessions-end-all = Sign out everywhere

my-list-title = My reports
my-list-empty = Nothing here yet
my-list-empty-text = What you send while signed in, or with your email address, is listed here.
