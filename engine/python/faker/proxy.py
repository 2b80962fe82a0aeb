"""Faker: one or several generators behind the name that programs use."""
import importlib

from faker.generator import Generator, seed_shared, shared_random
from faker.unique import Optional, Unique

DEFAULT_LOCALE = "en_US"
_LOCALES = {"en_US": "en_US", "en": "en_US", "es_ES": "es_ES", "es": "es_ES"}


class _SeedOfAll:
    """`Faker.seed(n)` makes repeatable what every Faker without a seed of its own answers."""

    def __get__(self, instance, owner):
        if instance is not None:
            raise TypeError("Calling `.seed()` on instances is deprecated. Use the class method `Faker.seed()` instead.")
        return seed_shared


class Faker:
    """`Faker("es_ES")`; with a list of locales each call takes one of them at random."""

    seed = _SeedOfAll()

    def __init__(self, locale=None, providers=None, generator=None, includes=None, use_weighting=True, **config):
        asked = [locale] if isinstance(locale, str) or locale is None else list(locale)
        names = [(name or DEFAULT_LOCALE).replace("-", "_") for name in asked] or [DEFAULT_LOCALE]
        self._generators = {name: Generator(_vocabulary_of(name)) for name in dict.fromkeys(names)}
        for provider in providers or ():
            self.add_provider(provider)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._one(), name)

    def __getitem__(self, locale):
        return self._generators[locale.replace("-", "_")]

    def __dir__(self):
        return [*super().__dir__(), *(name for name in dir(self._one()) if not name.startswith("_"))]

    @property
    def locales(self) -> list:
        return list(self._generators)

    @property
    def factories(self) -> list:
        return list(self._generators.values())

    @property
    def random(self):
        return next(iter(self._generators.values())).random

    @property
    def unique(self) -> Unique:
        """Values that do not repeat: `fake.unique.first_name()`."""
        if "_unique" not in self.__dict__:
            self._unique = Unique(self)
        return self._unique

    @property
    def optional(self) -> Optional:
        """Values that are sometimes None: `fake.optional.city()`."""
        return Optional(self)

    def seed_instance(self, seed=None) -> None:
        for generator in self._generators.values():
            generator.seed_instance(seed)

    def seed_locale(self, locale, seed=None) -> None:
        self[locale].seed_instance(seed)

    def add_provider(self, provider) -> None:
        for generator in self._generators.values():
            generator.add_provider(provider)

    def _one(self):
        generators = list(self._generators.values())
        return generators[0] if len(generators) == 1 else shared_random().choice(generators)


def _vocabulary_of(locale):
    module = _LOCALES.get(locale)
    if module is None:
        raise AttributeError(f"Invalid configuration for faker locale `{locale}`: Marea incluye es_ES y en_US")
    return importlib.import_module(f"faker.locales.{module}")
