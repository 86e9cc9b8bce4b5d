# Why a photo was not taken, and what you can do about it.
photo-too-large = Cette photo est trop lourde. Chaque fichier peut peser jusqu’à { $megabytes } Mo.
photo-too-many = Vous pouvez envoyer jusqu’à { $count } fichiers à la fois.
photo-too-many-pixels = Cette photo fait { $width } × { $height } pixels. Nous acceptons au plus { $megapixels } mégapixels et { $side } pixels par côté. Réduisez-la et renvoyez-la.
photo-not-a-photo = Ce fichier n’est pas une photo. Choisissez une image JPEG, PNG, WebP ou AVIF.
photo-truncated = Il manque la fin de cette photo, peut-être à cause d’une coupure du réseau. Renvoyez-la.
photo-damaged = Impossible d’ouvrir cette photo ; le fichier est peut-être abîmé. Choisissez-en une autre.
photo-unsupported-kind = Nous ne prenons pas les fichiers { $kind }. Envoyez une image JPEG, PNG ou WebP.
