# The map and what belongs to it.

map-time = When
map-time-caption = Links by year, under all other filters; a link counts in every year that it lasts
