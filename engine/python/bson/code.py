"""Code."""


class Code(str):
    """JavaScript kept in a document."""

    _type_marker = 13

    def __new__(cls, code, scope=None, **kwargs):
        if not isinstance(code, str):
            raise TypeError(f"code must be an instance of str, not {type(code)}")
        self = super().__new__(cls, code)
        inherited = getattr(code, "scope", None)
        self._scope = {**(inherited or {}), **(scope or {}), **kwargs} if scope is not None or inherited or kwargs else None
        return self

    @property
    def scope(self):
        return self._scope

    def __eq__(self, other):
        return isinstance(other, Code) and (self._scope, str(self)) == (other.scope, str(other))

    __hash__ = None

    def __repr__(self):
        return f"Code({str.__repr__(self)}, {self._scope!r})"
