"""`fake.unique` and `fake.optional`."""
from faker.exceptions import UniquenessException

_MAX_ATTEMPTS = 1000


class Unique:
    """The methods of a Faker, never answering the same value twice for the same arguments."""

    def __init__(self, faker):
        self._faker = faker
        self._seen = {}

    def __getattr__(self, name):
        method = getattr(self._faker, name)

        def unique(*args, **kwargs):
            seen = self._seen.setdefault((name, args, tuple(sorted(kwargs.items()))), set())
            for _ in range(_MAX_ATTEMPTS):
                value = method(*args, **kwargs)
                if value not in seen:
                    seen.add(value)
                    return value
            raise UniquenessException(f"Got duplicated values after {_MAX_ATTEMPTS:,} attempts.")

        return unique

    def clear(self) -> None:
        self._seen.clear()


class Optional:
    """The methods of a Faker, answering None about half of the time, or as `prob` says."""

    def __init__(self, faker):
        self._faker = faker

    def __getattr__(self, name):
        method = getattr(self._faker, name)

        def optional(*args, prob=0.5, **kwargs):
            if not 0 < prob <= 1.0:
                raise ValueError("prob must be between 0 and 1")
            return method(*args, **kwargs) if self._faker.random.random() <= prob else None

        return optional
