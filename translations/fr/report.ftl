### A report, told alike wherever it appears.

report-hidden-title = Masqué : { $reason }
report-private-title = Signalement privé · { $field }
report-confidential-title = Signalement confidentiel · { $field }
photo-alt = Photo du signalement

clock-reporter = L’auteur
clock-owes-check = vérifier et désigner qui s’en occupe
clock-owes-reply = une réponse à la question
clock-owes-review = vérifier le résultat
clock-owes-answer = une réponse avec photo
clock-by = avant { $when }
clock-result-by = résultat promis pour { $when }
clock-planned = promis pour le { $date }
clock-took = fait en { $span }
clock-closed-after = clos après { $span }
clock-took-late = { $took }, { $span } de retard
clock-took-in-time = { $took }, dans les délais

filter-unknown = Ce choix n’existe pas, il a été ignoré.
filter-date = Ce n’est pas une date. Écrivez-la comme 2026-11-27.
filter-period = Le dernier jour doit suivre le premier, la période a donc été ignorée.
