"""The oracle: a second, independent reading of the rules by which a diagram runs.

    blocks    what a random model is made of
    data      their variables and conditions
    models    makes random models from a seed
    xml       draws a model as BPMN
    diagram   reads BPMN for the oracle, with the standard library only
    words     the conditions and scripts of the oracle
    pieces    processes, tokens, works, what is waited for
    rules     what gateways, multi-instance activities and throws go by
    game      the token game, written to be obviously right, not fast
    views     what is open, as it is compared
    play      engine and oracle side by side, compared after every step
    hands     one of the two, played by hand
    shrink    makes a failing model small
    report    prints a model as arrows
    long      plays many models and counts what they met
    stock     the same models on SpiffWorkflow as it comes

``python -m tests.engine.oracle --seed 1 --models 20000`` is the long run.  Nothing in `diagram`,
`words`, `pieces`, `rules` and `game` imports the engine: the two readings share no line.
"""
