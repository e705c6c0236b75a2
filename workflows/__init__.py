"""The rules and records of joint approval, without the web.

    errors, states, permissions      refusals, lifecycles, who may do what: tables
    clock, calendar, deadlines       time: pure arithmetic over data
    explaining                       why a limit ends when it does, day by day
    worktime                         the hours of the hall as one line of seconds
    arrangement                      a year of holidays as people write it, and as it is announced
    inspecting                       how often enterprises may be inspected: data with sources
    voices                           what is promised to those who rate: limits and lists, as data
    identifiers                      numbers of people and organisations, their check characters
    schemes                          how departments are scored: a version of it, as data
    xml                              what is drawn elsewhere, read safely
    decisions                        decision tables (DMN), read, checked and evaluated
    engine                           the only place that speaks to SpiffWorkflow: state in, Step out
    ladders                          who is told when, on which paper: tables, and the default
    models                           what is stored: one file per noun
    catalogue                        the items of a joint approval, checked data; parsed versions
    drawing                          a process as it is designed: drafts, versions compared, promise
    documents                        templates set as PDF, in a process of its own
    queries                          everything anyone can see
    watch                       the rules of the watch: what happened, held against them
    watching                    the rules run: as the log grows, and over all of it
    indexing                         cases written into the index that lists are searched by
    personal                         what people keep for themselves: no case, no history
    queue                            numbers taken at the machine and called by the windows
    inviting                         asking at a window to rate what was just done
    actions                          everything anyone can do: one file per verb
    watch                            what happened, held against rules: what a rule has found
    sweep                            what happens because time passed
    trials, simulation               a process tried before it is published: one case, a thousand
    recounting                       after an import of a calendar: open deadlines counted again

An action is the only way to change anything of a case.  `actions.perform` opens one transaction,
locks the subject, checks the actor and the state table, runs the verb, seals one row of history,
commits.
"""
