"""From what was written to what is sent.

filling  new notices and new steps of cases become one row for each recipient and channel
whom     who is told: the person who acts for the post, everyone with a role, the applicant
wording  in which words: the templates, in the recipient's language
quiet    when at the earliest: not at night, unless it is red
lanes    taking the next row of a lane, and what became of it
forgetting   what arrived long ago
"""
