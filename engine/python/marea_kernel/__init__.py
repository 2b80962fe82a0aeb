"""Runs a learner's cells and scripts inside Pyodide, and carries calls between Python and the host."""
