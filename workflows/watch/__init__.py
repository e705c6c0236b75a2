"""The watch (电子监察): what happened, held against rules; what was found becomes a card.

found        what a rule says happened: one matter, with the history that proves it
rule         what a rule is: family, level, legal hook, parameters, and how it looks
look         which part of the log is looked at, and the rows of history in it
late         limits that were exceeded, as several rules ask for them
pauses       clocks that were stopped for a special procedure, with what was told
shares       how large a share of its clocks each department stopped in a month
elapsed      the time between two columns, in both databases
rules        the rules, one file each; a new file is a new rule
parameters   the figures of the rules that a place has set otherwise
"""
