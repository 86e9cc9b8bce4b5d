## The frame of a page

skip-to-content = Aller au contenu
nav-label = Navigation principale
nav-language = Langue
machine-made = Cette page a été traduite par une machine et personne ne l’a encore relue.
nav-home = Accueil
nav-reports = Signalements
nav-map = Carte
nav-new = Signaler un problème
nav-desk = Bureau
nav-account = Compte
nav-sign-in = Se connecter
nav-sign-out = Se déconnecter
search-label = Chercher un signalement
search-hint = Des mots, un code ou un lieu
search-button = Chercher
call-now = En cas de danger de mort, appelez tout de suite :
call-now-title = Si quelqu’un est en danger, appelez maintenant
call-now-text = N’attendez pas de réponse ici. Votre signalement est quand même envoyé et examiné en premier.
footer-contacts = Autres moyens de nous joindre
footer-about = Comment ça marche
footer-privacy = Vie privée
footer-access = Accessibilité
footer-procedures = Procédures et délais
footer-software = Fonctionne avec Nhịp, logiciel libre

## States and outcomes

status-received = Reçu
status-waiting_reporter = En attente de l’auteur
status-assigned = Attribué
status-in_progress = En cours
status-in_review = Résultat en vérification
status-closed = Clos
status-fixed = Résolu
status-planned = Date fixée
status-forwarded = Transmis
status-not_found = Rien trouvé sur place
status-no_authority = Hors de nos pouvoirs
status-no_budget = Pas encore de budget
status-refused = Non accepté
status-duplicate = Déjà signalé
status-withdrawn = Retiré

## The clock

clock-label = Temps écoulé : { $percent } %
clock-paused = en pause
clock-no-deadline = sans échéance

## Counts

count-more = plus de { $n } signalements
count-reports = { $n ->
    [one] { $n } signalement
   *[other] { $n } signalements
}
count-supports = { $n ->
    [one] { $n } personne a le même problème
   *[other] { $n } personnes ont le même problème
}
count-comments = { $n ->
    [one] { $n } commentaire
   *[other] { $n } commentaires
}

## Shared parts

field-optional = facultatif
error-summary-title = Pas encore envoyé
photo-before = Avant
photo-after = Après
before-after-slider = Faites glisser pour comparer avant et après
photo-open = Ouvrir la grande photo
entry-attempt = Intervention { $n }
entry-technical = { $n ->
    [one] { $n } étape technique
   *[other] { $n } étapes techniques
}
comment-official = Réponse officielle
comment-held = En attente de modération
filter-apply = Filtrer
filter-clear = Effacer les filtres
filter-title = Filtres
pager-label = Pages
pager-newer = Plus récents
pager-older = Plus anciens
stat-of = sur { $n }
pulse-received = reçus
pulse-settled = clos
pulse-table = Chiffres par jour
pulse-day = Jour
dialog-cancel = Non, revenir
toast-close = Fermer
map-list = Liste de tout ce qui est sur la carte
map-zoom-in = Agrandir
map-zoom-out = Réduire
map-scroll = Maintenez Ctrl et faites défiler pour zoomer sur la carte
map-scroll-mac = Maintenez ⌘ et faites défiler pour zoomer sur la carte
map-fingers = Déplacez la carte avec deux doigts

## Choosing a place

place-locate = Utiliser ma position
place-choose = Choisir sur la carte
place-forget = Oublier ce lieu
place-map = Carte pour choisir un lieu
place-pin = Le lieu choisi
place-loading = La carte se charge
place-no-map = La carte ne peut pas s’afficher ici. Choisissez le secteur dans la liste ci-dessous.
place-help = Touchez pour poser l’épingle, faites-la glisser pour la déplacer.
place-help-keys = Au clavier : les flèches déplacent la carte, + et − zooment, Entrée pose l’épingle sous la croix, Échap ferme la carte.
place-asking = Recherche de votre position
place-failed = Nous n’avons pas pu obtenir votre position. Choisissez sur la carte, ou choisissez le secteur ci-dessous.
place-kept = Le lieu est choisi.
place-in = Ce lieu se trouve dans le secteur { $area }.
place-perhaps = Ce lieu se trouve sans doute dans le secteur { $area }.
place-outside = Ce lieu est hors de la ville. Choisissez-en un autre.

## Time

time-date = { $day } { $month } { $year }
time-moment = { $weekday } { $day } { $month } à { $time }
time-exact = { $weekday } { $day } { $month } { $year } à { $time }
time-just-now = à l’instant
time-ago = il y a { $span }
time-today = { $time } aujourd’hui
time-left = encore { $span }
time-late = { $span } de retard
time-due-today = échéance aujourd’hui
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
span-months = { $n } mois
span-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
span-working-days = { $n ->
    [one] { $n } jour ouvré
   *[other] { $n } jours ouvrés
}
weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
