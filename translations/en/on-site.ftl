### The list of whoever goes to the places, on a phone that may have no network.

on-site-tab = On site
on-site-title = Where to go today
on-site-hint = Given to you by name. What is late comes first, then what is due soonest.
on-site-hint-nobodys = Nothing is given to you by name. These are your agency’s, and nobody has them yet: late ones first.
on-site-first = Go here first
on-site-by-due = By deadline
on-site-by-near = Nearest first
on-site-no-place = This phone does not say where it is. The order stays by deadline.
on-site-more = What was reported
on-site-empty = Nobody waits for you outside
on-site-empty-text = Cases given to you by name appear here, and stay on this phone when the network is gone.
on-site-rest = There are more in your list
on-site-nothing = Nothing to tell now.

on-site-tell = Tell what came of it
on-site-what = What came of it
on-site-progress = Not done yet: how it stands
on-site-hand-in = Hand in: { $product }
on-site-day = By when
on-site-day-hint = For what is planned, or not done yet.
on-site-day-owed = It is late: name the day by which it will be done.
on-site-photos = Photos from here
on-site-words = In your words
on-site-send = Send

on-site-kept = No network.
on-site-kept-of = This is the list as of
on-site-kept-hint = What you send waits here and goes out by itself.
on-site-waiting = Your answers that wait:
on-site-waits = Your answer waits on this phone. It goes out when the network is back.
on-site-answers = Your answers
on-site-refused = Not taken
on-site-redo = Redo it
on-site-copy = Copy the words
on-site-open = Open the case
on-site-gone = This case is no longer on your list. Copy what you need, or open the case.
on-site-sure = Remove this answer? It was not taken, and nobody else has it.
on-site-others = Something written by someone else waits on this device. It is closed, and goes out when they sign in here again.

directions-app = Directions
directions-web = Web map
