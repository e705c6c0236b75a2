"""A year of the demonstration hall, with what the watch has to find written down as it is planted.

calendar  who comes when: a whole year of cases
stage     the people, the clock on the wall, and who acts next
courses   how cases go: as they should
doings    what is done to a case besides: handed on, visited, asked about
plants    what goes wrong, one kind after another, and what the watch has to say of it
forging   what no action would do: rows that came from elsewhere
merging   two halls' databases made one
judging   what was expected, held against what was found
"""
