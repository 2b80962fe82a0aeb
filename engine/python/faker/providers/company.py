"""Companies."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def company(self) -> str:
        return self._from_pattern("COMPANY_PATTERNS")

    def company_suffix(self) -> str:
        return self._one_of("COMPANY_SUFFIXES")

    def company_type(self) -> str:
        return self._one_of("COMPANY_TYPES")

    def catch_phrase(self) -> str:
        return " ".join(self.random.choice(words) for words in self._vocabulary.CATCH_PHRASES)

    def bs(self) -> str:
        return self.catch_phrase().lower()
