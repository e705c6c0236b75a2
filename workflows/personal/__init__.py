"""What people keep for themselves and what changes nothing of a case: it has no history.

views     视图: a list with its filter and its columns, kept under a name
follows   cases that somebody follows
copies    which of the copies somebody has read
drafts    what somebody has written into the form of a task and not sent yet
phrases   常用意见: what somebody writes again and again
choices   which notices reach a person, and in which way
intake    what a clerk has written into the form of intake and not sent yet

Plain functions; who calls them begins and ends the transaction.
"""
