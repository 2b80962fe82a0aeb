"""One locale's providers behind one object."""
import random as _random
import re

from faker.providers import (
    BaseProvider, address, bank, barcode, color, company, date_time, internet, job, lorem, misc, person, phone_number, profile, python, ssn,
)

_TOKEN = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_PROVIDERS = (
    address, bank, barcode, color, company, date_time, internet, job, lorem, misc, person, phone_number, profile, python, ssn,
)
_shared = _random.Random()


class Generator:
    """Every public method of its providers is a method of it."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary  # the module of faker.locales
        self.random = _shared
        self.providers = []
        self.add_provider(BaseProvider)
        for provider in _PROVIDERS:
            self.add_provider(provider)

    def add_provider(self, provider) -> None:
        """`provider`: a class, an instance, or a module with a class `Provider`."""
        if not isinstance(provider, type) and hasattr(provider, "Provider"):
            provider = provider.Provider
        if isinstance(provider, type):
            provider = provider(self)
        self.providers.insert(0, provider)
        for name in dir(provider):
            if not name.startswith("_") and callable(getattr(provider, name)):
                setattr(self, name, getattr(provider, name))

    def seed_instance(self, seed=None):
        """From here on this generator has a sequence of its own."""
        self.random = _random.Random(seed)
        return self

    def format(self, formatter, *args, **kwargs):
        """The value of a method by its name."""
        method = getattr(self, formatter, None)
        if method is None:
            raise AttributeError(f"Unknown formatter {formatter!r} with locale {self.vocabulary.LOCALE!r}")
        return method(*args, **kwargs)

    def parse(self, text) -> str:
        """`{{name}} vive en {{city}}` with every part filled in."""
        return _TOKEN.sub(lambda found: str(self.format(found[1])), text)


def seed_shared(seed=None):
    _shared.seed(seed)


def shared_random():
    return _shared
