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
area-of-kind = { $name } ({ $kind })
area-now = { $then } (now { $now })

map-late = late
map-locate = Where I am
map-locate-failed = The device did not say where it is. Look for a place by its name, or move the map.
map-located = You are within about { $metres } m of the mark.
map-you = You are here
map-legend = Legend
map-legend-many = Several reports close together, and how many
map-legend-late = A red ring: so many of them are late
map-legend-guessed = About where areas end: there are no official borders here yet
map-legend-border = The borders of the areas
map-only-open = Only what is open.
map-everything = Show closed reports, too
places-title = Find a place
places-label = Ward, landmark or address
places-search = Search
places-none = No place of this name is known here. Try a ward, a street or a landmark.
places-address = address of a report
places-water = water
places-green = green
places-river = river
places-road = road
places-rail = railway
places-wall = wall
places-border = border
places-landmark = landmark
place-exact = The pin is exact to about { $metres } m.
place-coarse = Move closer to place it better.
