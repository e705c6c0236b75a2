"""Everything anyone can see.  Reads only: nothing here changes a row.

standing   how an item or a case stands with its time: light, due, days left
worklist   工作台: what a person has to do, may take up, has done, was told
queues     the queues of a window: the cases in a state, and the clock that runs in it
filters    what a list is narrowed by
offers     what was handed from one person to another: 转办, 委派
talks      what departments owe each other: questions, meetings, requests
posts      posts with the people who fill them, and when those are away
matrix     the parallel work of a case: department × lamp × person × limit × conclusion
signing    who signs a step together, and how that stands
preview    what a conclusion would come to; moving: where a running case may go
migration  which running cases could move to another version of their process
search     cases by everything they are filtered by; texts: by the words said in them
board      时限看板: numbers, departments, the nearest deadlines
dashboard  the pictures of the board; listed_open: the rows behind them; holding: late cases
statistics what was received and finished in a period; scores: what that comes to by a scheme
bulletin   the figures of a bulletin, as data that is kept
timeline   what happened to a case, and whether its history is whole
tracking   what an applicant sees
complaints what is complained of (投诉), and who may read it; complaint_figures counts them
ratings    what people said of cases (好差评), to be followed up, and the figures of a period
materials  versions of materials, and what may be taken over from earlier cases
around     attachments, conversation, copies, followed cases
processes  processes and their versions; calendars: the one of a region
outbox     what is on its way out of the system
"""
