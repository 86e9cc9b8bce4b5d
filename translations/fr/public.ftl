### Pages that everybody sees.

## Front page

front-lead = Dites à la ville ce qui ne va pas. Voyez qui s’en occupe, ce qui se fait et pour quand.
front-pulse = Signalements reçus et clos ces { $days } derniers jours
front-received = Reçus
front-received-means = Signalements envoyés ces { $days } derniers jours.
front-closed = Clos
front-closed-means = Clos ces { $days } derniers jours, quel que soit le résultat.
front-on-time = Dans les délais
front-on-time-means = Part des échéances tenues parmi celles des { $days } derniers jours. Ce qui reste ouvert compte comme en retard.
front-waiting = En attente
front-waiting-means = Ouverts en ce moment.
front-deadlines = { $n ->
    [one] sur { $n } échéance
   *[other] sur { $n } échéances
}
front-late = { $n } en retard
front-results = Résolus récemment
front-all-results = Tout ce qui est résolu
front-newest = Signalés récemment
front-all = Tous les signalements
front-none = Rien n’a encore été signalé
front-none-text = Le premier signalement pourrait être le vôtre.
number-too-few = trop peu de cas

## Lists

reports-title = Signalements
reports-feed = Flux
reports-none = Aucun résultat
reports-none-text = Essayez d’autres mots, ou moins de filtres.
search-named = Tous les signalements de :
search-by-name = Aucun signalement ne contient tous ces mots. Voici ceux de { $name }.
search-also = Recherché aussi : { $words }
filter-q = Mots, code ou lieu
filter-field = Domaine
filter-service = Type de problème
filter-area = Secteur
filter-agency = Service
filter-state = État
filter-outcome = Résultat
filter-from = Du
filter-to = Au
filter-sort = Ordre
filter-late = En retard seulement
filter-open = Tous ceux qui sont ouverts
filter-any-field = Tous les domaines
filter-any-service = Tous les types
filter-any-area = Toute la ville
filter-any-agency = Tous les services
filter-any-state = Tous les états
filter-any-outcome = Tous les résultats
sort-newest = Les plus récents d’abord
sort-oldest = Les plus anciens d’abord
sort-updated = Les derniers modifiés d’abord
sort-due = Les échéances proches d’abord
sort-closed = Les derniers clos d’abord
count-open = { $n ->
    [one] { $n } ouvert
   *[other] { $n } ouverts
}

## A report

report-sent = Envoyé
report-words = Ce qui est signalé
report-result = Résultat
report-story = Ce qui s’est passé
report-where = Où
report-approximate = secteur approximatif
report-only-area = seul le secteur est connu
report-procedure = Procédure
report-rating = Avis de l’auteur
report-merged = La même chose a déjà été signalée : voir { $code }
report-follow = Suivre ce signalement
report-private = L’auteur a demandé que seule la ville lise ce signalement. Vous voyez qu’il existe et où il en est.
report-confidential = Seule l’inspection lit les signalements sur des agents. Vous voyez que celui-ci existe et où il en est.
report-hidden = Ce signalement a été masqué. Motif : { $reason }

step-submit = Envoyé
step-accept = Accepté
step-ask = Une question à l’auteur
step-reply = L’auteur a répondu
step-question_expired = Pas de réponse à temps
step-refuse = Non accepté
step-contest = L’auteur conteste le refus
step-merge = Réuni à un signalement antérieur
step-undo = Décision retirée avant que quiconque en soit informé
step-correct = Type ou lieu corrigé
step-assign = Confié à un service
step-give_back = Rendu par le service
step-start = Le travail a commencé
step-pause = En pause
step-resume = Le travail reprend
step-answer = Le service a répondu
step-send_back = La réponse ne suffit pas : renvoyée
step-publish = Résultat publié
step-rate = L’auteur a donné son avis sur le résultat
step-reopen = Rouvert : le résultat ne convient pas
step-appeal = Recours à l’échelon supérieur
step-promise_due = La date promise est arrivée : rouvert
step-withdraw = Retiré par l’auteur
step-add_media = Photos ajoutées
step-mark_urgent = Marqué comme urgent
step-clear_urgent = Marque urgente retirée
step-note = Note interne
step-progress = Où on en est
step-deliver = Remis
step-extend = Prolongation demandée
step-grant_extension = Prolongation accordée
step-deny_extension = L’échéance ne change pas
step-warn = Délai presque écoulé
step-escalate = Délai écoulé
step-hide = Masqué
step-unhide = De nouveau public
step-redact = Détails privés couverts
step-with = Service : { $agency }
step-into = Dans : { $code }

## The control slip of a report

slip-link = fiche de suivi
slip-title = Fiche de suivi de { $code }
slip-report = Voir le signalement
slip-procedure = { $name }, version { $n }
slip-hash = empreinte { $hash }
slip-promise = Ensemble du dossier
slip-first-response = Première réponse
slip-received = Reçu
slip-due = Échéance
slip-given = Remis
slip-result = À temps
slip-running = en cours
slip-suspended = suspendu
slip-late = en retard
slip-done = à temps
slip-done-late = en retard
slip-passed = étape sautée
slip-returned = rendu
slip-handed-over = passé à un autre service
slip-ended = terminé avec le dossier
slip-none = Aucun délai mesuré
slip-none-text = Ce signalement vient d’un ancien système, qui ne mesurait pas les délais.

step-used-of-promise = { $percent } % du temps promis est écoulé
step-used-of-step = { $percent } % du temps de l’étape « { $step } » est écoulé
step-product-of = Étape : { $step }
step-without-product = Rien à remettre, pour cette raison :
step-to-person = Agent : { $name }
step-promised = Promis pour le { $date }
step-staff-only = { $step } (interne)

## Agencies

agencies-title = Services
agencies-late = En retard
agency-below = Services rattachés

## Map

map-title = Carte
map-label = Carte des signalements
map-place = Lieu du signalement
map-without = La carte a besoin de JavaScript. Les mêmes signalements sont dans la liste, et les secteurs en dessous.
map-areas = Par secteur
map-bbox = Le cadre est fait de quatre nombres en degrés : gauche,bas,droite,haut.

## How it works

about-title = Comment ça marche
about-lead = Vous signalez ce qui ne va pas dans la rue. La ville s’en occupe, au vu de tous, et c’est vous qui dites si c’est réglé.
about-how = Chaque signalement a un seul service responsable et une seule échéance. Les deux figurent sur sa page, avec toutes les étapes franchies.
about-life = La vie d’un signalement, étape par étape
about-agencies = { $n ->
    [one] { $n } service et sa façon de tenir les délais
   *[other] { $n } services et leur façon de tenir les délais
}
about-services = { $n ->
    [one] { $n } type de problème à signaler
   *[other] { $n } types de problèmes à signaler
}
about-areas = { $n ->
    [one] { $n } secteur sur la carte
   *[other] { $n } secteurs sur la carte
}
about-public-title = Ce qui est public
about-public = Votre texte, vos photos, le lieu et chaque réponse, sauf si vous demandez que seule la ville les lise. Seule l’inspection lit les signalements sur des agents ; le public en voit le code, le domaine et les étapes. Rien ne disparaît sans motif.
about-place = Certains lieux sont montrés moins précisément, pour protéger les personnes. Les photos perdent toutes leurs données cachées, comme le lieu et l’heure de la prise de vue.
about-you-title = Qui vous êtes
about-you = Vous n’avez besoin ni de compte ni de nom. Si vous laissez vos coordonnées, elles sont mises sous scellés ; les services ne les voient jamais, et chaque consultation s’affiche sur votre reçu.
privacy-why = Votre nom, votre téléphone et votre adresse servent seulement à vous informer de votre signalement et à vous interroger à son sujet. Vous n’êtes pas obligé de les donner.
privacy-how-long = Les coordonnées sont effacées { $n } jours après la clôture du signalement. Son histoire publique reste.
privacy-traces = Il n’y a ni publicité ni outil de suivi. Les cookies servent à la connexion, à la langue et à ouvrir vos propres signalements.
privacy-rights = Vous pouvez retirer un signalement, arrêter les courriels et demander à voir, corriger ou effacer vos données personnelles ({ $agency }). Les contacts sont en bas de page.
privacy-law = Les données personnelles sont protégées par : { $law }.
about-operator-title = Qui est responsable
about-operator = Ce service est géré par { $agency }, qui vérifie les signalements et publie les résultats. Chaque service répond de ses propres réponses. Les contacts sont en bas de page.
about-numbers-title = Nos chiffres
about-numbers = « Dans les délais » compte les échéances tenues parmi toutes celles de la période ; ce qui reste ouvert compte comme en retard. Nous ne donnons pas de part pour moins de 10 cas. Chaque chiffre mène à la liste qui est derrière.
about-access-title = Pour tout le monde
about-access = Chaque page fonctionne au clavier, sur un téléphone et sans JavaScript. Tout ce que montre la carte se trouve aussi dans une liste.
about-access-state = Nous suivons les WCAG 2.2, niveau AA, et un programme vérifie chaque page. Aucune personne utilisant un lecteur d’écran n’a encore tout essayé. En cas de difficulté, contactez-nous (bas de page) ; vous pouvez aussi signaler par téléphone.
about-machines-title = Pour les machines
about-machines = Chaque liste est aussi un flux, et tout ce qui est public est ouvert aux programmes :

life-title = Ce que devient un signalement
life-lead = Du premier mot au résultat : cinq étapes, qui les fait, et ce que vous pouvez faire quand quelque chose ne va pas.
way-send = Vous l’envoyez
way-text-send = Dites en quelques mots ce qui ne va pas, montrez où, ajoutez une photo si vous en avez une. Aucun compte n’est nécessaire. Vous recevez aussitôt un code et un lien à vous.
way-check = Le centre le vérifie
way-text-check = Quelqu’un le lit et le confie au service responsable. S’il manque quelque chose, on vous le demande. S’il est refusé, on vous dit pourquoi.
way-work = Un service s’en occupe
way-text-work = La page dit toujours qui l’a en charge, ce qu’il doit faire et pour quand. Une fois fini, il répond avec une photo ou un document.
way-prove = Le centre vérifie la réponse
way-text-prove = Une autre personne regarde si la réponse répond vraiment. Sinon, le service recommence ; si oui, elle est publiée et vous êtes prévenu.
way-judge = Vous jugez
way-text-judge = Satisfait, acceptable ou pas satisfait. Si ce n’est pas réparé, dites pourquoi, et le signalement est rouvert.
way-else = Quand quelque chose ne va pas
way-late = C’est en retard
way-text-late = La page dit de combien. Le service doit dire où il en est et donner une nouvelle date. Sa direction est prévenue.
way-refused = C’est refusé
way-text-refused = La raison est publique. Vous pouvez contester une fois, et une autre personne décide.
way-again = C’est rouvert, et toujours pas réparé
way-text-again = La seconde fois, cela passe au niveau supérieur.
way-safe = Qui sait qui vous êtes
way-text-safe = Le service ne voit jamais votre nom, votre téléphone ni votre e-mail. Qui les ouvre laisse une trace que vous pouvez voir.
life-states = Chaque état, exactement
life-states-text = Un signalement est toujours dans l’un de ces états.
life-ways = Qui peut faire quoi ensuite
life-back = retour à l’étape où la question s’est posée
life-received = Il est arrivé. Le centre de suivi le vérifie et désigne le service responsable.
life-waiting_reporter = Il manque une précision que seul l’auteur connaît. Le délai est suspendu.
life-assigned = Un service l’a et n’a pas encore commencé.
life-in_progress = Le service s’en occupe.
life-in_review = Le service a répondu. Une autre personne, au centre de suivi, vérifie si la réponse convient.
life-closed = Le résultat est publié. L’auteur donne son avis et peut faire rouvrir le signalement.
life-outcomes = Résultats
life-outcomes-text = Où en est un signalement et ce qu’il a donné sont deux choses différentes. Un signalement clos a l’un de ces résultats :
outcome-means-fixed = C’est résolu, avec une photo ou un document comme preuve.
outcome-means-planned = C’est promis pour une date, et le signalement se rouvre tout seul ce jour-là.
outcome-means-forwarded = Un organisme extérieur à la ville en répond.
outcome-means-not_found = Rien n’a été trouvé sur place.
outcome-means-no_authority = La ville n’a pas le pouvoir d’agir.
outcome-means-no_budget = Il n’y a pas encore d’argent pour cela.
outcome-means-refused = Il n’a pas été accepté, pour un motif public. On peut le contester une fois.
outcome-means-duplicate = La même chose a déjà été signalée.
outcome-means-withdrawn = L’auteur l’a retiré.
life-procedures = Procédures et délais

procedure-promise = Délai promis
procedure-first = Première réponse d’une personne
procedure-owner = Responsable
procedure-basis = Fondement
procedure-step = Étape
procedure-who = Qui
procedure-does = Action
procedure-product = Résultat attendu
procedure-within = Délai
procedure-pauses = Peut s’interrompre pour
procedure-services = Pour quels problèmes
span-working-minutes = { $n ->
    [one] { $n } minute ouvrée
   *[other] { $n } minutes ouvrées
}
span-working-hours = { $n ->
    [one] { $n } heure ouvrée
   *[other] { $n } heures ouvrées
}
front-numbers = Les chiffres
about-atom = Atom
about-open311 = Open311
