"""Everything anyone can see.  Reads only: nothing here changes a row.

standing   how an item or a case stands with its time: light, due, days left
worklist   工作台: what a person, a window or a lead has to do
offers     what was handed from one person to another: 转办, 委派
matrix     the parallel work of a case: department × lamp × person × limit × conclusion
search     cases by number, applicant or state
board      时限看板: numbers, departments, the nearest deadlines
timeline   what happened to a case, and whether its history is whole
tracking   what an applicant sees
around     attachments, conversation, copies, followed cases
processes  processes and their versions
"""
