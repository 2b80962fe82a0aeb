"""Rich values, as IPython shows them."""
import base64
import builtins
import pprint

from marea_kernel import bridge

_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_json_": "application/json",
    "_repr_latex_": "text/latex",
}
_PLAIN = (dict, list, tuple, set, frozenset)


def bundle(value):
    """MIME type → text. Methods are looked up on the type: an object that answers every attribute has none of them."""
    data = {}
    kind = type(value)
    if hasattr(kind, "_repr_mimebundle_"):
        given = value._repr_mimebundle_()
        data.update(given[0] if isinstance(given, tuple) else given)
    for method, mime in _METHODS.items():
        function = getattr(kind, method, None)
        if function is None or mime in data:
            continue
        shown = function(value)
        if isinstance(shown, bytes):
            shown = base64.b64encode(shown).decode()
        if shown is not None:
            data[mime] = shown
    if "text/plain" not in data:
        data["text/plain"] = plain(value)
    return data


def plain(value):
    if any(type(value) is kind for kind in _PLAIN):
        return pprint.pformat(value, width=80, sort_dicts=False, compact=True)
    return repr(value)


def display(*objects, raw=False, display_id=None, update=False, **_ignored):
    """Shows values below the cell, before it ends."""
    bridge.flush_streams()
    kind = "update_display" if update else "display"
    for value in objects:
        extra = {} if display_id is None else {"id": str(display_id)}
        bridge.post(kind, data=value if raw else bundle(value), **extra)


def clear(wait=False):
    bridge.flush_streams()
    bridge.post("clear", wait=bool(wait))


def install():
    builtins.display = display
