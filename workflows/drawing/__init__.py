"""The drawing room (流程设计): what a process is made of while it is being designed.

bundle   the files that travel together: diagrams, catalogue, forms and what else belongs to them
drafts   a working copy that designers share, file by file, so that nobody overwrites another
parcel   the files as one file, out of the system and in again; nothing in it is believed
compare  what differs between two versions (differences: between any two records; ruled:
         between decision tables), and lines
counterparts
         where what waits in one version stands in another
blank    an empty sheet for a new diagram
layout   a picture for a diagram without one, in columns

Nothing here is an act of the hall: a draft has no history until it is handed in for review
(`workflows.actions.upload_process`).
"""
