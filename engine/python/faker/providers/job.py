"""Professions."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def job(self) -> str:
        return self._one_of("JOBS")
