"""PySpark's exceptions: those raised in Python (`base`) and those that come from the engine (`captured`)."""
