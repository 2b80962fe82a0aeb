"""Random choices, and text from patterns."""
import re
import string
from collections import OrderedDict


class BaseProvider:
    """What every provider has: the locale's words, and random choices among whatever a program gives."""

    def __init__(self, generator):
        self.generator = generator

    @property
    def random(self):
        """The sequence that every value comes from; the same seed gives the same one."""
        return self.generator.random

    @property
    def _vocabulary(self):
        return self.generator.vocabulary

    def _one_of(self, name):
        """A word of the locale's list `name`."""
        return self.random.choice(getattr(self._vocabulary, name))

    def _from_pattern(self, name):
        """One of the locale's patterns `name`, as in `{{first_name}} {{last_name}}`, filled in."""
        return self.generator.parse(self._one_of(name))

    def random_int(self, min=0, max=9999, step=1) -> int:
        """From `min` to `max`, both included."""
        return self.random.randrange(min, max + 1, step)

    def random_digit(self) -> int:
        return self.random.randint(0, 9)

    def random_digit_not_null(self) -> int:
        return self.random.randint(1, 9)

    def random_number(self, digits=None, fix_len=False) -> int:
        if digits is None:
            digits = self.random_digit_not_null()
        if digits < 0:
            raise ValueError("The digit parameter must be greater than or equal to 0.")
        if fix_len:
            if digits == 0:
                raise ValueError("A number of fixed length cannot have less than 1 digit in it.")
            return self.random.randint(10 ** (digits - 1), 10**digits - 1)
        return self.random.randint(0, 10**digits - 1)

    def random_letter(self) -> str:
        return self.random.choice(string.ascii_letters)

    def random_letters(self, length=16) -> list:
        return [self.random_letter() for _ in range(length)]

    def random_lowercase_letter(self) -> str:
        return self.random.choice(string.ascii_lowercase)

    def random_uppercase_letter(self) -> str:
        return self.random.choice(string.ascii_uppercase)

    def random_element(self, elements=("a", "b", "c")):
        """One of a list, a tuple or a string; of an OrderedDict of weights, by weight."""
        return self.random_elements(elements, length=1)[0]

    def random_elements(self, elements=("a", "b", "c"), length=None, unique=False, use_weighting=None) -> list:
        if isinstance(elements, dict) and not isinstance(elements, OrderedDict):
            raise ValueError("Use OrderedDict only to avoid dependency on PYTHONHASHSEED (See #363).")
        if length is None:
            length = self.random.randint(1, len(elements))
        choices = tuple(elements)
        if unique:
            if length > len(choices):
                raise ValueError("Sample length cannot be longer than the number of unique elements to pick from.")
            return self.random.sample(choices, length)
        if isinstance(elements, OrderedDict) and use_weighting is not False:
            return self.random.choices(choices, weights=list(elements.values()), k=length)
        return self.random.choices(choices, k=length)

    def random_choices(self, elements=("a", "b", "c"), length=None) -> list:
        return self.random_elements(elements, length)

    def random_sample(self, elements=("a", "b", "c"), length=None) -> list:
        return self.random_elements(elements, length, unique=True)

    def randomize_nb_elements(self, number=10, le=False, ge=False, min=None, max=None) -> int:
        """A number near `number`: 40 % more or less."""
        if le and ge:
            return number
        value = int(number * self.random.randint(100 if ge else 60, 100 if le else 140) / 100)
        if min is not None and value < min:
            value = min
        return max if max is not None and value > max else value

    def numerify(self, text="###") -> str:
        """Digits: `#` any, `%` not zero, `!` any or nothing, `@` not zero or nothing."""
        digits = {
            "#": self.random_digit, "%": self.random_digit_not_null,
            "!": lambda: self.random.choice(("", self.random_digit())),
            "@": lambda: self.random.choice(("", self.random_digit_not_null())),
        }
        return re.sub("[#%!@]", lambda found: str(digits[found[0]]()), text)

    def lexify(self, text="????", letters=string.ascii_letters) -> str:
        return re.sub(r"\?", lambda _: self.random.choice(letters), text)

    def bothify(self, text="## ??", letters=string.ascii_letters) -> str:
        return self.lexify(self.numerify(text), letters)

    def hexify(self, text="^^^^", upper=False) -> str:
        digits = string.hexdigits[:16].upper() if upper else string.hexdigits[:16]
        return re.sub(r"\^", lambda _: self.random.choice(digits), text)


class DynamicProvider(BaseProvider):
    """A provider with one method, `provider_name`, that answers one of `elements`."""

    def __init__(self, provider_name, elements=None, generator=None):
        super().__init__(generator)
        self._elements = list(elements or ())
        setattr(self, provider_name, self._random_value)

    def add_element(self, element):
        self._elements.append(element)

    def _random_value(self):
        if not self._elements:
            raise ValueError("Elements should be a list of values the provider samples from")
        return self.random.choice(self._elements)
