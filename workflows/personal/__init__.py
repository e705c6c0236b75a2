"""What people keep for themselves and what changes nothing of a case: it has no history.

phrases   what somebody often writes into an opinion

Plain functions; who calls them begins and ends the transaction.
"""
