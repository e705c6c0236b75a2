"""The statistics: what was received, finished, late in a period, by whatever one asks.

columns    what each figure counts, in words: the definitions that are shown beside the figures
asked      of which days, by what, of whom
days       instants as days of the hall, in SQL
sources    the rows that an event of the period has made, and the key they are counted by
conditions which of those rows a figure counts
counting   all figures of a table, in a few statements
worked     working days that were used, and that the statute allows
opened     the rows behind one figure

A figure and the list behind it are the same condition on the same rows.
"""
