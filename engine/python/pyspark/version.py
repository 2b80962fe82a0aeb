# The version whose behaviour this package follows.
__version__: str = "3.5.7"
