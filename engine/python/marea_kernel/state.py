"""What runs now. One object, changed by single assignments only: a callback may pre-empt any line."""

# Code that is not the learner's: never shown in a traceback, never an origin.
HIDDEN = ("/marea/", "/lib/python", "<frozen ")


class State:
    cell = None  # id of the cell that output belongs to
    count = 0  # the n of `In [n]`
    run = 0  # number of the run, increasing
    active = False  # a run has begun and not ended
    running = False  # the learner's code is on the stack and may be interrupted
    interrupted = 0  # a run whose interrupt came before it began, or between its steps
    task = None  # the task of a cell suspended at a top-level await
    script = False


state = State()
cell_of_file = {}


def is_hidden(filename):
    return filename.startswith(HIDDEN)
