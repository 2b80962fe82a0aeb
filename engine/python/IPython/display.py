"""`from IPython.display import …` as course notebooks use it."""
from marea_kernel.display import clear as _clear
from marea_kernel.display import display

__all__ = ["HTML", "Image", "JSON", "Markdown", "SVG", "clear_output", "display"]


class _Shown:
    """A value with one representation."""

    mime = "text/plain"

    def __init__(self, data=None, filename=None):
        if data is None and filename is not None:
            with open(filename, encoding="utf-8") as file:
                data = file.read()
        self.data = data

    def _repr_mimebundle_(self):
        return {self.mime: self.data, "text/plain": repr(self)}

    def __repr__(self):
        return f"<IPython.core.display.{type(self).__name__} object>"


class HTML(_Shown):
    mime = "text/html"


class Markdown(_Shown):
    mime = "text/markdown"


class SVG(_Shown):
    mime = "image/svg+xml"


class JSON(_Shown):
    mime = "application/json"


class Image(_Shown):
    mime = "image/png"

    def __init__(self, data=None, filename=None):
        import base64

        if data is None and filename is not None:
            with open(filename, "rb") as file:
                data = file.read()
        super().__init__(base64.b64encode(data).decode() if isinstance(data, bytes) else data)


def clear_output(wait=False):
    """Empties the output of the running cell."""
    _clear(wait)
