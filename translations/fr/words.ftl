### The closed lists of words: states, outcomes, verbs, roles; and why something may not happen.

rating-satisfied = Satisfaisant
rating-acceptable = Acceptable
rating-not_satisfied = Pas satisfaisant

channel-web = Web
channel-open311 = Open311
channel-phone = Téléphone
channel-zalo = Zalo
channel-facebook = Facebook
channel-email = E-mail
channel-counter = Guichet
channel-import = Ancien système
channel-employee = Agent de la ville

role-reporter = Auteur
role-operator = Agent d’accueil
role-reviewer = Vérificateur
role-officer = Agent chargé du dossier
role-head = Chef de service
role-inspector = Inspecteur
role-leader = Direction de la ville
role-administrator = Administrateur
role-system = Le système

verb-submit = Envoyer
verb-accept = Accepter
verb-ask = Interroger l’auteur
verb-reply = Répondre
verb-question_expired = Ne plus attendre la réponse
verb-refuse = Refuser
verb-contest = Contester le refus
verb-merge = Réunir
verb-undo = Revenir en arrière
verb-correct = Corriger
verb-assign = Attribuer
verb-give_back = Rendre
verb-start = Commencer
verb-pause = Mettre en pause
verb-resume = Reprendre
verb-answer = Donner le résultat
verb-send_back = Renvoyer la réponse
verb-publish = Publier
verb-rate = Donner son avis
verb-reopen = Rouvrir
verb-appeal = Saisir l’échelon supérieur
verb-promise_due = Rouvrir à la date promise
verb-withdraw = Retirer
verb-add_media = Ajouter des photos
verb-note = Noter
verb-progress = Dire où on en est
verb-deliver = Remettre ce que l’étape demande
verb-extend = Demander plus de temps
verb-grant_extension = Accorder plus de temps
verb-deny_extension = Garder l’échéance
verb-warn = Délai presque écoulé
verb-escalate = Délai écoulé
verb-hide = Masquer
verb-unhide = Afficher de nouveau
verb-mark_urgent = Marquer comme urgent
verb-clear_urgent = Retirer la marque urgente
verb-redact = Couvrir des détails

refusal-wrong-state = « { $verb } » n’est pas possible maintenant : le signalement est dans l’état « { $state } ».
refusal-wrong-role = Votre rôle ne le permet pas.
refusal-not-your-agency = Seul le service responsable peut le faire.
refusal-own-answer = Vous avez vous-même répondu à ce signalement. Une autre personne doit vérifier.
refusal-own-refusal = Vous avez refusé ce signalement. Une autre personne doit décider maintenant.
refusal-only-once = C’est déjà fait, et ce n’est possible qu’une fois.
refusal-appeal-instead = Ce signalement a déjà été rouvert. Vous pouvez maintenant saisir l’échelon supérieur.
refusal-reopen-first = Rouvrez d’abord le signalement. Si cela ne suffit pas, vous pourrez saisir l’échelon supérieur.
refusal-needs-evidence = « Résolu » demande une preuve : ajoutez une photo prise après, ou un document.
refusal-needs-date = Indiquez la date que vous promettez.
refusal-date-in-the-past = Choisissez une date après aujourd’hui.
refusal-not-an-answer = Choisissez le résultat.
refusal-needs-reason = Dites pourquoi, en quelques mots.
refusal-missing = Il manque une réponse ici.
refusal-invalid = Cela ne semble pas juste. Vérifiez.
refusal-nul = Le caractère { $at } est invisible (U+0000). Veuillez le supprimer.
refusal-not-a-date = Ce n’est pas une date. Écrivez année-mois-jour, par exemple 2026-03-10.
refusal-not-a-number = Écrivez un nombre.
refusal-date-in-the-future = Ce jour n’est pas encore arrivé. Écrivez quand cela s’est passé.
refusal-too-long = Trop long : { $limit } caractères au maximum.
refusal-unknown = Nous ne connaissons pas « { $code } ».
refusal-outside-the-city = Ce lieu est hors de la ville. Déplacez l’épingle.
refusal-bad-merge = On ne peut pas le réunir à ce signalement.
refusal-step-owed = Il manque d’abord autre chose : { $step }. Remettez ce que l’étape demande, ou dites pourquoi il n’y a rien.
refusal-no-such-step = Cette étape n’est pas en cours.
refusal-no-reason-to-pause = À cette étape, la procédure ne permet pas de pause pour ce motif.
refusal-after-the-deadline = L’échéance est passée. Dites où on en est et pour quand ce sera fait.
refusal-too-much-time = On ne peut pas demander autant de temps.
refusal-stale = Quelqu’un a modifié ce signalement entre-temps. Regardez ce qui a changé, puis réessayez.
refusal-nothing-to-change = Il n’y a rien à changer.
refusal-too-many-photos = Trop de photos : { $limit } au maximum.
refusal-too-soon = { $seconds ->
    [one] Attendez encore { $seconds } seconde.
   *[other] Attendez encore { $seconds } secondes.
}
refusal-forbidden = Cela ne vous est pas ouvert.
refusal-not-found = Nous n’avons rien trouvé ici.

error-paced = { $seconds ->
    [one] Trop de demandes à la fois. Réessayez dans { $seconds } seconde.
   *[other] Trop de demandes à la fois. Réessayez dans { $seconds } secondes.
}
error-full = Le disque est plein. Rien n’a été enregistré ; la lecture fonctionne toujours. L’exploitant est prévenu.
error-failure = Un problème est survenu de notre côté. Rien n’a été enregistré. Réessayez.
error-form = Le formulaire n’a pas pu être lu. Réessayez.
error-address = Cette adresse ne peut pas être lue.
error-method = On ne peut pas faire cela ici.
error-too-large = C’est trop volumineux.
error-crowded = Trop de personnes envoient en même temps. Veuillez renvoyer dans { $seconds } secondes.
error-slow = L’envoi était trop lent et n’a pas pu être lu jusqu’au bout. Veuillez réessayer avec une meilleure connexion.
error-other-site = Cette demande vient d’un autre site web et n’a pas été exécutée.
title-wrong = Erreur :
error-trap = Un champ qui doit rester vide était rempli, peut-être par un gestionnaire de mots de passe. Il est vide à nouveau : veuillez renvoyer.
error-words = Ce que vous avez écrit
error-words-photos = Les photos ne peuvent pas être gardées ici : choisissez-les de nouveau avant d’envoyer.
error-words-sign-in = Connectez-vous dans un nouvel onglet, puis revenez ici et renvoyez.
error-words-again = Renvoyer
error-other-author = Ceci a été écrit avec un autre compte et n’est pas envoyé avec celui-ci. Cela attend que son auteur se connecte.
error-sign-in = Connectez-vous d’abord.
error-reference = Numéro de référence
error-home = Aller à l’accueil
error-lost = L’adresse a peut-être changé, ou il en manque une partie. Cherchez par code, par mots ou par rue.
error-title = Erreur { $status }
