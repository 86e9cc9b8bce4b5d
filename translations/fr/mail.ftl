### Letters. $code is the report's code, $agency who has it, $outcome what came of it, $other the code it was merged
### into, $city the city, $what the news.

mail-receipt-subject = Signalement { $code } : bien reçu
mail-receipt-text = Merci. Votre signalement est arrivé et nous le vérifions. Gardez cet e-mail : le lien qu’il contient n’est qu’à vous. Il vous permet de suivre le signalement, de répondre aux questions, d’ajouter des photos, de juger le résultat ou de retirer le signalement.
mail-accepted-subject = Signalement { $code } : accepté
mail-accepted-text = Votre signalement est vérifié et accepté. Qui s’en occupe maintenant : { $agency }.
mail-moved-subject = Signalement { $code } : confié à un autre service
mail-moved-text = Votre signalement a changé de service. Qui s’en occupe maintenant : { $agency }.
mail-question-subject = Signalement { $code } : une question pour vous
mail-question-text = Il nous manque une précision que vous pouvez donner. Répondez par le lien ci-dessous ; d’ici là, le travail est en pause.
mail-question_expired-subject = Signalement { $code } : nous continuons sans votre réponse
mail-question_expired-text = Nous vous avons posé une question et la réponse n’est pas arrivée à temps. Nous continuons avec ce que nous savons. Vous pouvez encore ajouter des photos.
mail-paused-subject = Signalement { $code } : le travail doit attendre
mail-paused-text = { $agency } doit interrompre le travail sur votre signalement, pour cette raison :
mail-progress-subject = Signalement { $code } : où on en est
mail-progress-text = { $agency } vous dit où en est le travail sur votre signalement :
mail-extended-subject = Signalement { $code } : délai prolongé
mail-extended-text = { $agency } a demandé, une seule fois, plus de temps ; la direction du service l’a accordé. La nouvelle échéance figure ci-dessous.
mail-late-subject = Signalement { $code } : en retard
mail-late-text = Le délai qui vous était promis est passé, et votre signalement n’est pas réglé. { $agency } en a la charge et doit vous dire où en est le travail et quand il sera fini.
mail-extension-subject = Signalement { $code } : prolongation demandée
mail-extension-text = Un agent demande plus de temps ({ $agency }). Vous l’accordez, ou l’échéance ne change pas. Votre décision est publique. Le motif :
mail-warn-subject = Signalement { $code } : le délai est presque écoulé
mail-warn-text = { $percent } % du temps est écoulé. Étape : { $step }.
mail-overdue-subject = Signalement { $code } : le délai est écoulé
mail-overdue-text = { $percent } % du temps est écoulé. Étape : { $step }. La page publique du signalement l’indique.
mail-refused-subject = Signalement { $code } : non accepté
mail-refused-text = Nous n’avons pas pu accepter votre signalement. Le motif figure ci-dessous. Si vous n’êtes pas d’accord, vous pouvez le contester une fois ; une autre personne décidera alors.
mail-merged-subject = Signalement { $code } : quelqu’un l’a déjà signalé
mail-merged-text = Le même problème est déjà en cours de traitement sous le code { $other }. Votre signalement y est joint, et vous y comptez aussi.
mail-result-subject = Signalement { $code } : { $outcome }
mail-result-text = Votre signalement a un résultat : { $outcome }. Dites-nous par le lien ci-dessous s’il vous convient. Sinon, vous pouvez faire rouvrir le signalement.
mail-remind-subject = Signalement { $code } : est-ce réglé ?
mail-remind-text = Il y a quelques jours, nous avons publié le résultat de votre signalement : { $outcome }. Vous ne nous avez pas encore dit si le problème est vraiment réglé. Regardez, et dites-le-nous par le lien ci-dessous. Nous ne vous le demanderons plus.
mail-promise_due-subject = Signalement { $code } : la date promise est arrivée
mail-promise_due-text = C’est aujourd’hui la date qui vous était promise. Votre signalement est rouvert jusqu’à ce que le travail soit fait. Qui s’en occupe : { $agency }. Est-ce fait ? Dites-le-nous par le lien ci-dessous.
mail-hidden-subject = Signalement { $code } : il n’est plus public
mail-hidden-text = Un modérateur a retiré votre signalement des pages publiques. Le travail continue. Le motif :
mail-redacted-subject = Signalement { $code } : un passage a été retiré
mail-redacted-text = Un modérateur a retiré des pages publiques des mots ou des photos de votre signalement, pour protéger quelqu’un. Le motif :
mail-official_comment-subject = Signalement { $code } : une réponse officielle dans la discussion
mail-official_comment-text = La ville a répondu dans la discussion de votre signalement :
mail-lock_given-subject = Vos commentaires sont suspendus pour un temps
mail-lock_given-text = { $agency } a suspendu vos commentaires pour un temps, à cause d’un de vos commentaires qui a été masqué. Motif : { $subject }. Tout le reste vous reste ouvert, et cela prend fin tout seul. Si vous n’êtes pas d’accord, dites-le une fois par le lien ci-dessous : une autre personne décide.
mail-lock_ruled-subject = Décision sur votre recours
mail-lock_ruled-text = Une autre personne que celle qui a suspendu vos commentaires a décidé. { $outcome } Motif :
mail-lock_appealed-subject = Un recours contre une suspension attend
mail-lock_appealed-text = Une personne dont les commentaires sont suspendus n’est pas d’accord ({ $subject }). Une autre personne que celle qui a suspendu doit décider.
mail-news-subject = Signalement { $code } : { $what }
mail-news-text = Du nouveau sur un signalement que vous suivez : { $what }.
mail-found-subject = { $service }, { $area } : { $what }
mail-found-text = Il y a du nouveau dans ce que vous suivez : { $list }.
mail-work-subject = Nouveau travail : signalement { $code }
mail-work-text = Un signalement a été attribué à { $agency }. Commencez le travail, ou rendez-le avec un motif s’il ne vous revient pas.
mail-replied-subject = Signalement { $code } : l’auteur a répondu
mail-replied-text = L’auteur a répondu à la question. Le travail peut continuer.
mail-contested-subject = Signalement { $code } : un refus est contesté
mail-contested-text = L’auteur n’est pas d’accord avec le refus. Une autre personne que celle qui a refusé doit décider.
mail-sent_back-subject = Signalement { $code } : la réponse est renvoyée
mail-sent_back-text = Le centre de suivi n’a pas publié la réponse. Le motif figure ci-dessous ; répondez de nouveau.
mail-reopened-subject = Signalement { $code } : rouvert
mail-reopened-text = Le résultat ne convient pas à l’auteur. Le signalement revient à { $agency }.
mail-appealed-subject = Signalement { $code } : un recours
mail-appealed-text = Pour la deuxième fois, le résultat ne convient pas à l’auteur. Le signalement est maintenant confié à { $agency }.
mail-promise_due_work-subject = Signalement { $code } : promis pour aujourd’hui
mail-promise_due_work-text = Ce qui a été promis à l’auteur est à faire aujourd’hui. Le signalement est rouvert.
mail-withdrawn-subject = Signalement { $code } : retiré
mail-withdrawn-text = L’auteur a retiré son signalement. Il n’y a plus rien à faire.
mail-sign_in-subject = Votre lien de connexion
mail-sign_in-text = Quelqu’un, sans doute vous, veut se connecter avec cette adresse ({ $city }). Le lien ne sert qu’une fois et pour peu de temps. Si ce n’était pas vous, ne faites rien.
mail-confirm_address-subject = Confirmez votre adresse
mail-confirm_address-text = Quelqu’un, sans doute vous, a donné cette adresse pour un compte d’agent ({ $city }). Si c’est exact, ouvrez le lien et confirmez. Si ce n’était pas vous, ne faites rien.
mail-follow_confirm-subject = Voulez-vous suivre le signalement { $code } ?
mail-follow_confirm-text = Quelqu’un, sans doute vous, veut recevoir à cette adresse des nouvelles de ce signalement. Si c’est le cas, confirmez par le lien. Si ce n’était pas vous, ne faites rien : il n’y aura pas d’autre e-mail.
mail-follow_list_confirm-subject = Voulez-vous suivre : { $list } ?
mail-follow_list_confirm-text = Quelqu’un, sans doute vous, souhaite recevoir des nouvelles de cette liste à cette adresse. Si c’est bien vous, confirmez par le lien. Sinon, ne faites rien : il n’y aura pas d’autre lettre.

## What followers hear of

mail-what-submit = un nouveau signalement
mail-what-pause = le travail doit attendre
mail-what-progress = où on en est
mail-what-grant_extension = délai prolongé
mail-what-escalate = en retard
mail-what-refuse = non accepté
mail-what-merge = réuni à un signalement antérieur
mail-what-undo = décision retirée
mail-what-publish = le résultat est publié
mail-what-reopen = rouvert
mail-what-appeal = un recours à l’échelon supérieur
mail-what-promise_due = la date promise est arrivée
mail-what-withdraw = retiré par l’auteur
mail-what-official_comment = une réponse officielle dans la discussion

## Facts

mail-fact-code = Code
mail-fact-service = Sujet
mail-fact-area = Lieu
mail-fact-agency = Qui s’en occupe
mail-fact-next = Prochaine étape
mail-fact-took = Durée
mail-fact-call = Appelez maintenant
mail-fact-due = Résultat promis pour
mail-fact-reply = Répondez avant
mail-fact-planned = Promis pour
mail-fact-until = Jusqu’à

## Links, and why this letter came

mail-link-reporter = Ouvrir mon signalement
mail-link-follower = Ouvrir le signalement
mail-link-staff = Ouvrir dans le bureau
mail-link-author = Voir pourquoi, et que faire
mail-link-sign_in = Se connecter
mail-link-confirm_address = Confirmer l’adresse
mail-link-follow_confirm = Oui, je veux suivre
mail-link-follow_list_confirm = Oui, je veux suivre
mail-why-reporter = Vous recevez cet e-mail parce que vous avez fait ce signalement.
mail-why-follower = Vous recevez cet e-mail parce que vous suivez ce signalement.
mail-why-list = Vous recevez cette lettre parce que vous suivez : { $list }.
mail-why-staff = Vous recevez cet e-mail en raison de votre travail pour la ville.
mail-why-asker = Vous recevez cet e-mail parce que quelqu’un a saisi votre adresse.
mail-why-author = Vous recevez cet e-mail parce qu’il concerne un de vos droits.
mail-stop = Ne plus recevoir ces e-mails
mail-mine = Voir et arrêter tout ce que vous suivez

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = Depuis hier matin : { $new } nouveaux, { $settled } réglés
mail-bulletin-week-subject = La semaine passée : { $new } nouveaux, { $settled } réglés
mail-bulletin-new = { $n } nouveaux
mail-bulletin-settled = { $n } réglés
mail-bulletin-again = { $n } rouverts
mail-bulletin-more = et { $n } autres
mail-bulletin-why-day = Vous recevez ce bulletin les matins où il y a du nouveau dans ce que vous suivez.
mail-bulletin-why-week = Vous recevez ce bulletin le lundi matin quand il y a du nouveau dans ce que vous suivez.
