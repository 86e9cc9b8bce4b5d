sign-in-title = Connexion
sign-in-login = Identifiant
sign-in-password = Mot de passe
sign-in-go = Se connecter
sign-in-wrong = L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les deux.
sign-in-wait = { $seconds ->
    [one] Trop d’essais de suite. Réessayez dans { $seconds } seconde.
   *[other] Trop d’essais de suite. Réessayez dans { $seconds } secondes.
}
sign-in-locked = Ce compte est bloqué. Motif : { $reason }
sign-in-citizen-title = Vous ne travaillez pas pour la ville ?
sign-in-citizen-text = Nous vous envoyons un lien par e-mail. Pas besoin de mot de passe.
sign-in-citizen-go = Se connecter par e-mail
sign-in-no-account = Vous pouvez signaler sans compte.

code-title = Code à usage unique
code-label = Code
code-hint = Les six chiffres de l’application sur votre téléphone, ou l’un de vos codes de secours.
code-wrong = Ce code n’est pas le bon ou a déjà servi. Attendez le suivant.

link-title = Connexion par e-mail
link-lead = Indiquez votre adresse e-mail. Nous vous envoyons un lien qui vous connecte une fois.
link-email = Adresse e-mail
link-email-wrong = Ce n’est pas une adresse e-mail. Vérifiez-la.
link-go = Recevoir le lien
link-sent = Si { $email } est la bonne adresse, un message est en route.
link-sent-hint = Ouvrez le lien dans les 30 minutes. Rien reçu ? Regardez dans les indésirables.
link-again = Demander un autre lien
link-opened = Plus qu’une étape.
link-whose = Vous serez connecté en tant que { $address }. Si ce n’est pas votre adresse, fermez cette page : quelqu’un vous a envoyé son propre lien.
link-stale = Ce lien a déjà servi, ou il est trop ancien.

account-title = Votre compte
account-login = Identifiant : { $login }
account-name = Nom
account-name-hint = Le public ne le voit jamais.
account-language = Langue
account-language-hint = Pour les pages et les e-mails.
account-email = E-mail pour les avis
account-email-hint = Une nouvelle adresse compte dès que vous ouvrez le lien du message que nous y envoyons.
account-confirm = Utiliser cette adresse pour les messages de votre compte ?
account-confirm-go = Confirmer l’adresse
account-shortcuts = Raccourcis du bureau
account-shortcuts-hint = Une touche fait une action. Désactivez-les si vous dictez à l’ordinateur ou appuyez par erreur.
account-shortcuts-on = Activés
account-shortcuts-off = Désactivés
account-save = Enregistrer
account-password-title = Mot de passe
account-password-old = Ancien mot de passe
account-password-new = Nouveau mot de passe
account-password-hint = Au moins { $n } caractères. Une courte phrase se retient bien.
account-password-go = Changer le mot de passe
account-password-wrong = Ce n’est pas votre mot de passe.
account-password-short = Trop court : il faut au moins { $n } caractères.
account-factor-on = Un code à usage unique vous est demandé à la connexion.
account-factor-off = Votre mot de passe suffit pour ouvrir ce compte. Un code à usage unique le protège bien mieux.
account-factor-go = Configurer le code à usage unique
account-sessions-go = Voir les appareils connectés
account-done-saved = C’est enregistré.
account-done-asked = Enregistré. Ouvrez le message que nous venons d’envoyer pour confirmer la nouvelle adresse.
account-done-confirmed = L’adresse est confirmée.
account-done-stale = Ce lien a déjà servi ou n’est plus valable. Enregistrez de nouveau l’adresse.
account-done-password = Votre mot de passe est changé. Les autres appareils sont déconnectés.
account-done-factor-on = Le code à usage unique est activé.
account-done-factor-off = Le code à usage unique est désactivé.

factor-title = Code à usage unique
factor-lead = Scannez ceci avec une application d’authentification sur votre téléphone, puis saisissez le code qu’elle affiche.
factor-by-hand = Impossible de scanner ? Saisissez ceci dans l’application :
factor-code-hint = Six chiffres.
factor-on = Activer
factor-off = Désactiver
factor-codes = Si vous perdez votre téléphone, chacun de ces codes vous ouvre le compte une fois. Notez-les : ils ne s’afficheront plus.
factor-codes-kept = Je les ai notés

sessions-title = Appareils connectés
sessions-lead = Si l’un de ces appareils ne vous dit rien, déconnectez-le et changez votre mot de passe.
sessions-unknown = Navigateur inconnu
sessions-here = Celui-ci
sessions-seen = Dernière utilisation
sessions-since = connexion
sessions-end = Déconnecter
sessions-end-all = Déconnecter partout

my-list-title = Mes signalements
my-list-empty = Rien ici pour l’instant
my-list-empty-text = Ce que vous envoyez depuis votre compte, ou avec votre adresse e-mail, s’affiche ici.
