"""A thousand cases before the first (试算): who waits how long, where, and what is late.

inputs    how many come, what they answer, how long a step takes, how many people there are
defaults  inputs to begin with, from the catalogue and the steps that are drawn
posts     the queue of a post, and how it stood day by day
course    one case: the process itself, walked by the engine, and the clocks of the law
playing   all cases at once: who is free takes the next
figures   means, percentiles, lateness; what is shown
job       the program that plays in a process of its own, and says how far it is

Items, gates, steps, signatures and drawn timers are those of the process, because the engine
itself walks it.  Not played are special procedures (§45), consultations, visits and absences, and
timers that wait for an instant or by night.

Nothing here is stored and nothing reads the clock: the same inputs give the same figures.
"""

from workflows.simulation.defaults import defaults
from workflows.simulation.figures import figures
from workflows.simulation.inputs import Inputs, Spread
from workflows.simulation.playing import play

__all__ = ["Inputs", "Spread", "defaults", "figures", "play"]
