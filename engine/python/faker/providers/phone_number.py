"""Telephone numbers."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def phone_number(self) -> str:
        return self.generator.numerify(self._one_of("PHONE_PATTERNS"))

    def country_calling_code(self) -> str:
        return self._vocabulary.CALLING_CODE

    def msisdn(self) -> str:
        return self.generator.numerify("#############")
