"""What people keep for themselves and what changes nothing of a case: it has no history.

intake    what a clerk has written into the form of intake and not sent yet

Plain functions; who calls them begins and ends the transaction.
"""
