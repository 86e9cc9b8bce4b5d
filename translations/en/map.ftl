### The map: what is in sight, said in words beside it.

map-here = In this part of the map
map-count = { $n ->
    [0] Nothing on this part of the map
    [one] { $n } report on this part of the map
   *[other] { $n } reports on this part of the map
}
map-shown = the first { $n } are listed
map-as-list = All of them as a list
map-tools = What to show on the map
map-heat = Heat
map-heat-on = The map shows where many reports lie close together. The numbers say how many.
map-heat-off = The map shows the reports themselves.
map-draw = Draw an area
map-draw-how = Tap the corners of an area, then press Done. By keyboard: arrows move the map, Enter sets a corner under the cross, Backspace takes one back, Esc ends.
map-corners = Corners set:
map-done = Done
map-undo = Take one back
map-cancel = Cancel
map-around = Around the middle of the map
map-around-label = How far around
map-metres = { $metres ->
    [1000] 1 km
    [2000] 2 km
    [5000] 5 km
   *[other] { $metres } m
}
filter-drawn = Only in the area that was drawn
filter-near = Only within { $metres } m of the place that was chosen
filter-within = This area cannot be read. Draw it again on the map; its border must not cross itself.
filter-around = This place cannot be read. Choose it again on the map.
area-now = { $then } (now { $now })
