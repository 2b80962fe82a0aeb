"""Accounts, cards and currencies."""
from faker.providers.base import BaseProvider

_CURRENCIES = (
    ("EUR", "Euro", "€"), ("USD", "United States dollar", "$"), ("GBP", "Pound sterling", "£"), ("JPY", "Japanese yen", "¥"),
    ("CHF", "Swiss franc", "CHF"), ("SEK", "Swedish krona", "kr"), ("NOK", "Norwegian krone", "kr"), ("DKK", "Danish krone", "kr"),
    ("MXN", "Mexican peso", "$"), ("ARS", "Argentine peso", "$"), ("CLP", "Chilean peso", "$"), ("COP", "Colombian peso", "$"),
    ("BRL", "Brazilian real", "R$"), ("MAD", "Moroccan dirham", "DH"), ("CAD", "Canadian dollar", "$"), ("CNY", "Chinese yuan", "¥"),
)
_CARDS = (("VISA 16 digit", "4", 16), ("Mastercard", "51", 16), ("American Express", "34", 15), ("Maestro", "5018", 12))


class Provider(BaseProvider):
    def bban(self) -> str:
        return "".join(self.generator.numerify("#") for _ in range(self._vocabulary.BBAN_DIGITS))

    def iban(self) -> str:
        """An account number whose check digits are right."""
        country, account = self._vocabulary.COUNTRY_CODE, self.bban()
        number = int("".join(str(int(letter, 36)) for letter in f"{account}{country}00"))
        return f"{country}{98 - number % 97:02d}{account}"

    def currency(self) -> tuple:
        return self.random.choice(_CURRENCIES)[:2]

    def currency_code(self) -> str:
        return self.random.choice(_CURRENCIES)[0]

    def currency_name(self) -> str:
        return self.random.choice(_CURRENCIES)[1]

    def currency_symbol(self, code=None) -> str:
        if code is None:
            return self.random.choice(_CURRENCIES)[2]
        return next(symbol for known, _, symbol in _CURRENCIES if known == code)

    def pricetag(self) -> str:
        whole = self.generator.numerify(self.random.choice(("%,###.##", "%##.##", "%#.##", "%.##")))
        return f"${whole}"

    def credit_card_provider(self, card_type=None) -> str:
        return self.random.choice(_CARDS)[0]

    def credit_card_number(self, card_type=None) -> str:
        """A number whose last digit is right."""
        _, start, length = self.random.choice(_CARDS)
        digits = start + "".join(self.generator.numerify("#") for _ in range(length - len(start) - 1))
        doubled = (int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(digits)))
        return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)

    def credit_card_expire(self, start="now", end="+10y", date_format="%m/%y") -> str:
        return self.generator.date_time_between(start, end).strftime(date_format)

    def credit_card_security_code(self, card_type=None) -> str:
        return self.generator.numerify("###")
