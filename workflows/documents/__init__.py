"""Documents (文书): templates written by designers, set in type with the data of a case.

template   what a template says of itself: its title, and when a case needs it
setting    a template and data in, a PDF and pictures of its pages out; or its faults, by line
faults     what the compiler complains of, as sentences with file and line
press      the process of its own in which the compiler runs, with limits
offline    no connections: that process opens no socket

A template is hostile until it is shown not to be: it reads no file, loads no package, and takes
no more time, memory and pages than a document needs.  Only `press` imports the compiler.
"""
