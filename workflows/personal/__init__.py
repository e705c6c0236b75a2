"""What people keep for themselves.  It changes nothing of a case and writes no history.

views  视图: a list with its filter and its columns, kept under a name
"""
