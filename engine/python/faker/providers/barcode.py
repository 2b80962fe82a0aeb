"""Codes on products."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def ean(self, length=13, prefixes=()) -> str:
        """A code whose check digit is right."""
        if length not in (8, 13):
            raise AssertionError("length can only be 8 or 13")
        digits = str(self.random.choice(prefixes)) if prefixes else ""
        digits += "".join(str(self.random.randint(0, 9)) for _ in range(length - 1 - len(digits)))
        weighted = sum(int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(digits)))
        return digits + str(-weighted % 10)

    def ean8(self, prefixes=()) -> str:
        return self.ean(8, prefixes)

    def ean13(self, prefixes=()) -> str:
        return self.ean(13, prefixes)
