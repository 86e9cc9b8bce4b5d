### The desk's page of programs that are told.

desk-tab-webhooks = Webhooks
webhook-title = Webhooks
webhook-lead = Programs that are told of what is new, closed or opened again, by signed requests: gateways to SMS or Zalo, systems of agencies.
webhook-none = No program is told
webhook-none-text = Add one below. It needs an address that is public and begins with https.
webhook-state = State
webhook-state-running = running
webhook-state-paused = paused
webhook-failed = { $n ->
    [one] { $n } of the last calls failed
   *[other] { $n } of the last calls failed
}
webhook-url = Address
webhook-url-hint = Begins with https, and is not inside a private network.
webhook-what = Hears of
webhook-since = Since
webhook-test = Send a test
webhook-pause = Pause
webhook-resume = Resume
webhook-stop = Remove
webhook-stop-text = Nothing is sent to it any more, and its secret is of no use. This cannot be undone; you can add it again with a new secret.
webhook-calls = Last calls
webhook-calls-none = Nothing was sent yet.
webhook-add = Add a webhook
webhook-add-text = What its program needs to know is in the papers that come with the software, in guides/webhook.md.
webhook-name = Whose program it is
webhook-name-hint = So that colleagues know whom to ask.
webhook-filter = Which reports
webhook-filter-hint = Paste the address of a list, such as /reports?area={ $area }. Empty: all reports.
webhook-filter-wrong = This does not narrow a list. Narrow one at /reports and paste its address.
webhook-made = { $name } is told from now on.
webhook-secret = This is its secret, with which it checks who sent a request. It is shown this once: hand it to the program now.
webhook-stopped = Removed ({ $n })
webhook-done-pause = Paused. What happens now is not told later.
webhook-done-resume = It is told again.
webhook-done-stop = Removed.
webhook-done-test = A test is on its way. What came of it shows up below in a moment.
webhook-test-line = This is a test. Nothing has happened.
