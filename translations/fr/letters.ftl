## Stopping letters

letters-stop-title = Ne plus recevoir d’e-mails
letters-stop-text = Quels e-mails faut-il arrêter ? Les reçus et les liens que vous demandez arriveront toujours.
letters-stop-one = Arrêter les e-mails sur { $code }
letters-stop-list = Arrêter les lettres sur : { $list }
letters-stop-every-day = Arrêter les bulletins du matin
letters-stop-every-week = Arrêter les bulletins du lundi
letters-stop-periodic = Arrêter le rapport périodique
letters-stop-every-at_once = Arrêter ces lettres
letters-stop-all = Arrêter tous les e-mails
letters-stop-done = C’est fait. Vous ne recevrez plus ces e-mails.
letters-stop-back = Si vous changez d’avis, suivez un signalement : les e-mails reprendront.

## Following a report

letters-follow-email = Votre adresse e-mail
letters-follow-hint = Personne ne la voit, pas même le service.
letters-follow-wrong = Ce n’est pas une adresse e-mail. Écrivez-la comme nom@example.org.
letters-follow-sent = Regardez votre boîte de réception
letters-follow-sent-text = Nous avons envoyé un e-mail à cette adresse. Ouvrez le lien qu’il contient et appuyez sur le bouton : le suivi commence alors. Si rien n’arrive, regardez dans les indésirables.
letters-follow-yes = Oui, je veux suivre

## The desk

letters-state-waiting = En attente
letters-state-sent = Envoyé
letters-state-failed = Échec
letters-state-dropped = Non envoyé
letters-reader-reporter = auteur
letters-reader-follower = abonné
letters-reader-staff = personnel
letters-reader-asker = demandeur
letters-reader-author = auteur d’un commentaire
letters-detail-sent = envoyé
letters-detail-stopped = le destinataire a arrêté ces e-mails
letters-detail-paused = le webhook était en pause
letters-detail-no_address = il n’y a plus d’adresse
letters-detail-not_public = le signalement n’est plus public
letters-detail-comment_hidden = un modérateur a masqué la réponse
letters-detail-interrupted = le programme s’est arrêté pendant l’envoi
letters-detail-unwritable = l’e-mail n’a pas pu être écrit ; le journal dit pourquoi
letters-detail-timeout = le serveur de messagerie a mis trop de temps
letters-detail-gone = le destinataire n’existe plus
letters-detail-nothing_left = il ne restait rien de public à dire

## Names of letters, as the desk lists them

letters-name-receipt = Reçu
letters-name-accepted = Accepté
letters-name-moved = Changement de service
letters-name-question = Question
letters-name-question_expired = Question sans réponse
letters-name-paused = Travail interrompu
letters-name-progress = Où on en est
letters-name-extended = Délai prolongé
letters-name-late = En retard
letters-name-extension = Prolongation demandée
letters-name-warn = Délai presque écoulé
letters-name-overdue = Délai écoulé
letters-name-refused = Non accepté
letters-name-merged = Réuni à un signalement antérieur
letters-name-result = Résultat
letters-name-remind = Est-ce réglé ?
letters-name-promise_due = Date promise arrivée
letters-name-hidden = N’est plus public
letters-name-redacted = Passage retiré
letters-name-official_comment = Réponse officielle
letters-name-lock_given = Commentaires suspendus
letters-name-lock_appealed = Recours contre une suspension
letters-name-lock_ruled = Décision sur une suspension
letters-name-news = Nouvelles pour un abonné
letters-name-work = Nouveau travail
letters-name-replied = L’auteur a répondu
letters-name-contested = Refus contesté
letters-name-sent_back = Réponse renvoyée
letters-name-reopened = Rouvert
letters-name-appealed = Recours
letters-name-promise_due_work = Promis pour aujourd’hui
letters-name-withdrawn = Retiré
letters-name-sign_in = Lien de connexion
letters-name-confirm_address = Adresse à confirmer
letters-name-follow_confirm = Suivi à confirmer
letters-name-found = Nouvelle dans une liste suivie
letters-name-bulletin = Bulletin
letters-name-periodic = Rapport périodique
letters-name-webhook_test = Test d’un webhook
letters-name-follow_list_confirm = Confirmation du suivi d’une liste
