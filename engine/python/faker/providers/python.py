"""Values of Python's own types."""
import math
import string
from decimal import Decimal

from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def pyint(self, min_value=0, max_value=9999, step=1) -> int:
        return self.generator.random_int(min_value, max_value, step)

    def pybool(self, truth_probability=50) -> bool:
        if not 0 <= truth_probability <= 100:
            raise ValueError("Invalid `truth_probability` value: must be between `0` and `100` inclusive")
        return self.random.randint(1, 100) <= truth_probability

    def pyfloat(self, left_digits=None, right_digits=None, positive=None, min_value=None, max_value=None) -> float:
        """Between `min_value` and `max_value`, or with so many digits before and after the point."""
        if min_value is not None and max_value is not None and min_value > max_value:
            raise ValueError("Min value cannot be greater than max value")
        digits = self.random.randint(1, 9) if right_digits is None else right_digits
        span = 10.0 ** (self.random.randint(1, 6) if left_digits is None else left_digits)
        low = min_value if min_value is not None else (0.0 if positive else -span if max_value is None else max_value - span)
        high = max_value if max_value is not None else max(span, low + span)
        if positive and low <= 0:
            low = math.ulp(0.0)
        value = round(self.random.uniform(low, high), digits)
        return min(max(value, low), high)

    def pydecimal(self, left_digits=None, right_digits=None, positive=None, min_value=None, max_value=None) -> Decimal:
        digits = self.random.randint(1, 9) if right_digits is None else right_digits
        value = self.pyfloat(left_digits, digits, positive, min_value, max_value)
        return Decimal(f"{value:.{digits}f}")

    def pystr(self, min_chars=None, max_chars=20, prefix="", suffix="") -> str:
        length = max_chars if min_chars is None else self.random.randint(min_chars, max_chars)
        letters = "".join(self.random.choices(string.ascii_letters, k=max(0, length - len(prefix) - len(suffix))))
        return f"{prefix}{letters}{suffix}"

    def pylist(self, nb_elements=10, variable_nb_elements=True, value_types=None, allowed_types=None) -> list:
        count = self.generator.randomize_nb_elements(nb_elements, min=1) if variable_nb_elements else nb_elements
        return [self._value(value_types or allowed_types) for _ in range(count)]

    def pytuple(self, nb_elements=10, variable_nb_elements=True, value_types=None, allowed_types=None) -> tuple:
        return tuple(self.pylist(nb_elements, variable_nb_elements, value_types, allowed_types))

    def pydict(self, nb_elements=10, variable_nb_elements=True, value_types=None, allowed_types=None) -> dict:
        values = self.pylist(nb_elements, variable_nb_elements, value_types, allowed_types)
        return {f"{self.generator.word()}{index}": value for index, value in enumerate(values)}

    def _value(self, types):
        makers = {int: self.pyint, float: self.pyfloat, str: self.pystr, bool: self.pybool, Decimal: self.pydecimal}
        names = {kind.__name__.lower(): kind for kind in makers}
        chosen = self.random.choice(list(types or makers))
        return makers[names.get(chosen.lower(), str) if isinstance(chosen, str) else chosen]()
