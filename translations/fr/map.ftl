### La carte : ce qui est en vue, dit en mots à côté.

map-here = Dans cette partie de la carte
map-count = { $n ->
    [0] Rien dans cette partie de la carte
    [one] { $n } signalement dans cette partie de la carte
   *[other] { $n } signalements dans cette partie de la carte
}
map-shown = les { $n } premiers sont dans la liste
map-as-list = Tous, en liste
map-tools = Ce que montre la carte
map-heat = Chaleur
map-heat-on = La carte montre où beaucoup de signalements sont proches. Les nombres disent combien.
map-heat-off = La carte montre les signalements eux-mêmes.
map-draw = Dessiner une zone
map-draw-how = Touchez les coins d’une zone, puis Terminer. Au clavier : les flèches déplacent la carte, Entrée pose un coin sous la croix, Retour arrière en enlève un, Échap arrête.
map-corners = Coins posés :
map-done = Terminer
map-undo = Enlever le dernier
map-cancel = Annuler
map-around = Autour du centre de la carte
map-around-label = Jusqu’à quelle distance
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = Seulement dans la zone dessinée
filter-near = Seulement à moins de { $metres } m du lieu choisi
filter-within = Cette zone est illisible. Dessinez-la de nouveau sur la carte ; son bord ne doit pas se croiser.
filter-around = Ce lieu est illisible. Choisissez-le de nouveau sur la carte.
area-of-kind = { $name } ({ $kind })
area-now = { $then } (aujourd’hui { $now })

map-late = en retard
map-locate = Ma position
map-locate-failed = L’appareil n’a pas dit où il se trouve. Cherchez un lieu par son nom, ou déplacez la carte.
map-located = Vous êtes à environ { $metres } m de cette marque.
map-you = Vous êtes ici
map-legend = Légende
map-legend-many = Plusieurs signalements proches, et leur nombre
map-legend-late = Anneau rouge : tant d’entre eux sont en retard
map-legend-guessed = Limites approximatives : il n’y a pas encore de limites officielles ici
map-legend-border = Les limites des quartiers
map-only-open = Seulement ce qui est ouvert.
map-everything = Montrer aussi les signalements clos
places-title = Chercher un lieu
places-label = Quartier, repère ou adresse
places-search = Chercher
places-none = Aucun lieu de ce nom n’est connu ici. Essayez un quartier, une rue ou un repère.
places-address = adresse d’un signalement
places-water = eau
places-green = espace vert
places-river = rivière
places-road = route
places-rail = voie ferrée
places-wall = rempart
places-border = limite
places-landmark = repère
place-exact = Le repère est exact à environ { $metres } m.
place-coarse = Rapprochez la carte pour mieux le placer.
