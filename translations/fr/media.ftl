# Why a photo was not taken, and what you can do about it.
photo-too-large = Cette photo est trop lourde. Chaque fichier peut peser jusqu’à { $megabytes } Mo.
photo-too-many = Vous pouvez envoyer jusqu’à { $count } fichiers à la fois.
photo-too-many-pixels = Cette photo fait { $width } × { $height } pixels. Nous acceptons jusqu’à { $jpeg } mégapixels pour un JPEG d’appareil photo, et pour toute autre image jusqu’à { $megapixels } mégapixels et { $side } pixels par côté. Réduisez-la et renvoyez-la.
photo-not-a-photo = Ce fichier n’est pas une photo. Choisissez une image JPEG, PNG, WebP ou AVIF.
photo-truncated = Il manque la fin de cette photo, peut-être à cause d’une coupure du réseau. Renvoyez-la.
photo-damaged = Impossible d’ouvrir cette photo ; le fichier est peut-être abîmé. Choisissez-en une autre.
photo-no-room = Il n’y a plus de place pour les photos en ce moment. Envoyez sans photo ; vous pourrez les ajouter plus tard.
photo-unsupported-kind = Nous ne prenons pas les fichiers { $kind }. Envoyez une image JPEG, PNG ou WebP.

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = Prendre une photo
photo-held = Joindre la photo
photo-sending = Envoi des photos : [done] sur [all] ko
photo-sent = Les photos sont arrivées. Envoyez le signalement quand vous voulez.
photo-waits = La connexion est coupée. L’envoi reprend dès son retour ; ce qui est arrivé n’est pas renvoyé.
photo-failed = Cette photo n’a pas pu être envoyée.
photo-gone = Une photo n’est plus gardée. Choisissez-la de nouveau.
