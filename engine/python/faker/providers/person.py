"""Names of people."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def first_name_male(self) -> str:
        return self._one_of("FIRST_NAMES_MALE")

    def first_name_female(self) -> str:
        return self._one_of("FIRST_NAMES_FEMALE")

    def first_name(self) -> str:
        return self.first_name_male() if self.random.random() < 0.5 else self.first_name_female()

    def first_name_nonbinary(self) -> str:
        return self.first_name()

    def last_name(self) -> str:
        return self._one_of("LAST_NAMES")

    def last_name_male(self) -> str:
        return self.last_name()

    def last_name_female(self) -> str:
        return self.last_name()

    def name_male(self) -> str:
        return self._name("first_name_male")

    def name_female(self) -> str:
        return self._name("first_name_female")

    def name(self) -> str:
        return self.name_male() if self.random.random() < 0.5 else self.name_female()

    def name_nonbinary(self) -> str:
        return self.name()

    def prefix(self) -> str:
        return self._one_of("PREFIXES")

    def prefix_male(self) -> str:
        return self.prefix()

    def prefix_female(self) -> str:
        return self.prefix()

    def suffix(self) -> str:
        return self._one_of("SUFFIXES")

    def language_name(self) -> str:
        return self._one_of("LANGUAGES")

    def _name(self, first):
        return self.generator.parse(self._one_of("NAME_PATTERNS").replace("first", first))
