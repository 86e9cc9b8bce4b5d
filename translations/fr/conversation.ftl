### What people say about a report, who has the problem too, and what moderators do.

## Me too

together-title = Qui a le même problème
together-none = Vous avez le même problème ? Dites-le : la ville en tient compte pour choisir ce qui passe en premier.
together-me-too = Moi aussi
together-undo = Annuler
together-own = Vous avez fait ce signalement, vous comptez donc déjà.
together-closed = Ce signalement est clos, le nombre ne change plus. Le problème est revenu ? Signalez-le de nouveau :
support-own = Vous avez fait ce signalement, vous comptez donc déjà.
support-closed = Ce signalement est clos, on ne peut plus s’y joindre ni s’en retirer. Si le problème est revenu, faites un nouveau signalement.
many-of-one-place = Beaucoup de personnes de votre réseau ont déjà été comptées aujourd’hui. Connectez-vous pour l’être aussi.
new-similar-me-too = C’est la même chose : moi aussi

## The discussion

talk-title = Discussion
talk-none = Personne n’a encore rien dit.
talk-earlier = Commentaires précédents
talk-newest = Commentaires récents
talk-reply = Répondre
talk-flag = Signaler ce commentaire
talk-say = Dire quelque chose
talk-say-officially = Répondre officiellement
talk-as-office = Vous répondez au nom de ce service : { $office }. Tout le monde lit le nom du service, personne le vôtre ; l’auteur et les abonnés reçoivent un e-mail.
talk-reply-to = Répondre à { $name }
talk-reply-see = Voir le commentaire
talk-reply-not = Ne pas y répondre
talk-text = Votre message
talk-text-hint = Tout le monde peut le lire. N’écrivez ni numéro de téléphone ni nom de particulier.
talk-name = Nom affiché
talk-name-hint = Un pseudonyme convient. Sans nom, vous serez « Un habitant ».
talk-waits = Un modérateur le lit avant qu’il s’affiche.
talk-send = Publier
comment-nameless = Un habitant
comment-hidden = Masqué par un modérateur : { $reason }
comment-hide-personal = données personnelles
comment-hide-insult = insulte
comment-hide-advertising = publicité
comment-hide-off_topic = hors sujet
comment-hide-other = autre motif
comment-name-office = C’est le nom d’un service. Choisissez-en un autre.
comment-reply-gone = Le commentaire auquel vous répondez n’est plus là. Votre texte est toujours ci-dessous.
talk-done-comment = Votre commentaire est publié.
talk-done-waiting = Merci. Un modérateur lit d’abord votre commentaire, puis il s’affichera ici.
talk-done-official = La réponse est publiée. L’auteur et les abonnés reçoivent un e-mail.
talk-done-flagged = Merci. Un modérateur va regarder ce commentaire.
talk-done-support = Vous comptez aussi maintenant. Suivez le signalement pour savoir quand il y a du nouveau.
talk-done-undo = C’est annulé : vous ne comptez plus.

## Report a comment

flag-title = Signaler un commentaire
flag-text = Un modérateur va le regarder. Son auteur ne saura pas qui l’a signalé.
flag-reason = Qu’est-ce qui ne va pas ?
flag-reason-hint = Par exemple : il nomme un particulier, il insulte quelqu’un, c’est de la publicité.
flag-send = Signaler le commentaire
flag-back = Revenir à la discussion

## The moderators' list

moderation-title = Commentaires
moderation-list-waiting = En attente
moderation-list-flagged = Signalés
moderation-list-newest = Récents
moderation-empty-waiting = Aucun commentaire en attente
moderation-empty-flagged = Aucun commentaire signalé
moderation-empty-newest = Pas encore de commentaire
moderation-empty-text = Ce que les gens disent des signalements s’affiche ici.
moderation-closed-off = (personne ne voit cette discussion : le signalement n’est pas public)
moderation-flags = { $n ->
    [one] Signalé par { $n } personne
   *[other] Signalé par { $n } personnes
}
moderation-no-words = sans explication
moderation-let-through = Laisser passer
moderation-show-again = Afficher de nouveau
moderation-keep = Laisser tel quel
moderation-hide = Masquer
moderation-why = Motif
moderation-words = Avec vos mots
moderation-words-hint = Tout le monde les lit à côté du motif. Nécessaire pour « autre motif ».
moderation-done-show = Tout le monde peut le lire maintenant.
moderation-done-hide = Masqué. Tout le monde lit pourquoi.
moderation-done-keep = Laissé tel quel.
moderation-done-already = Quelqu’un d’autre a été plus rapide : voici où on en est.
