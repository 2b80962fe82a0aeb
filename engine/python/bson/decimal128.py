"""Decimal128."""
import decimal

_CONTEXT = decimal.Context(
    prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=1,
    traps=[decimal.InvalidOperation, decimal.Overflow, decimal.Inexact],
)


def create_decimal128_context():
    """A context in which arithmetic gives numbers that a Decimal128 can hold."""
    context = _CONTEXT.copy()
    context.traps[decimal.InvalidOperation] = False
    context.traps[decimal.Overflow] = False
    context.traps[decimal.Inexact] = False
    return context


class Decimal128:
    """A decimal of 34 digits, from text or a `decimal.Decimal`."""

    __slots__ = ("_decimal",)
    _type_marker = 19

    def __init__(self, value):
        if isinstance(value, Decimal128):
            self._decimal = value.to_decimal()
        elif isinstance(value, (str, decimal.Decimal)):
            self._decimal = _CONTEXT.create_decimal(value)
        else:
            raise TypeError(f"Cannot convert {value!r} to Decimal128")

    def to_decimal(self) -> decimal.Decimal:
        return self._decimal

    def __str__(self):
        return "NaN" if self._decimal.is_nan() else str(self._decimal)

    def __repr__(self):
        return f"Decimal128('{self}')"

    def __eq__(self, other):
        if not isinstance(other, Decimal128):
            return NotImplemented
        return self._decimal.as_tuple() == other.to_decimal().as_tuple()

    def __hash__(self):
        return hash(self._decimal.as_tuple())
