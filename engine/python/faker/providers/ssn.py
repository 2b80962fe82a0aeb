"""Numbers of identity: those of Spain carry the letter that belongs to them."""
from faker.providers.base import BaseProvider

_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


class Provider(BaseProvider):
    def ssn(self) -> str:
        return self.generator.numerify("%##-%#-%###")

    def nif(self) -> str:
        number = self.random.randint(0, 99_999_999)
        return f"{number:08d}{_LETTERS[number % 23]}"

    def nie(self) -> str:
        kind, number = self.random.randint(0, 2), self.random.randint(0, 9_999_999)
        return f"{'XYZ'[kind]}{number:07d}{_LETTERS[(kind * 10_000_000 + number) % 23]}"

    def doi(self) -> str:
        return self.nie() if self.random.random() < 0.5 else self.nif()
