"""Exceptions as data for the screen, and as the text that CPython prints."""
import linecache
import traceback

from marea_kernel.state import is_hidden

_CONTEXT_LINES = 2
_SHOWN_FRAMES = 12
# Of a recursion that ended in a RecursionError, frames beyond this many at each end are cut out before anything looks at them.
_KEPT_AT_EACH_END = 30
_MAX_CAUSES = 3


def describe(error, depth=0):
    """`PyError` of main/kernel/kernel-messages.ts: the learner's frames, nothing of ours."""
    cut = _cut_middle(error)
    report = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    frames = [_frame(summary) for summary in report.stack if not is_hidden(summary.filename)]
    info = {"ename": type(error).__name__, "evalue": _text(error), "traceback": text_of(error)}
    if isinstance(error, SyntaxError):
        info["syntax"] = _syntax(error)
        frames = [frame for frame in frames if frame["file"] != error.filename]
    info["frames"] = _shortened(frames, cut)
    hint = _hint(report)
    if hint:
        info["hint"] = hint
    condition = _condition(error)
    if condition:
        info["condition"] = condition
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < _MAX_CAUSES:
        info["cause"] = describe(cause, depth + 1)
    return info


def text_of(error):
    """The traceback as CPython prints it, without frames of ours."""
    _cut_middle(error)
    report = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    _drop_hidden(report)
    return "".join(report.format())


def _drop_hidden(report):
    report.stack[:] = [summary for summary in report.stack if not is_hidden(summary.filename)]
    for nested in (report.__cause__, report.__context__, *(report.exceptions or ())):
        if nested is not None:
            _drop_hidden(nested)


def _frame(summary):
    lines = linecache.getlines(summary.filename)
    end = summary.end_lineno or summary.lineno
    first = max(1, summary.lineno - _CONTEXT_LINES)
    last = min(len(lines), end + _CONTEXT_LINES)
    return {
        "file": summary.filename,
        "name": summary.name,
        "line": summary.lineno,
        "end_line": summary.end_lineno,
        "col": summary.colno,
        "end_col": summary.end_colno,
        "context": [[number, lines[number - 1].rstrip("\n")] for number in range(first, last + 1)],
    }


def _shortened(frames, cut):
    if len(frames) <= _SHOWN_FRAMES:
        return frames
    half = _SHOWN_FRAMES // 2
    return frames[:half] + [{"skipped": len(frames) - _SHOWN_FRAMES + cut}] + frames[-half:]


def _cut_middle(error):
    """Takes the middle out of an endless traceback, and of those of its causes; answers how many frames of its own went."""
    for nested in (error.__cause__, error.__context__):
        if nested is not None:
            _cut_middle(nested)
    links, link = [], error.__traceback__
    while link is not None:
        links.append(link)
        link = link.tb_next
    cut = len(links) - 2 * _KEPT_AT_EACH_END
    if cut <= 0:
        return 0
    links[_KEPT_AT_EACH_END - 1].tb_next = links[-_KEPT_AT_EACH_END]
    return cut


def _syntax(error):
    return {
        "file": error.filename,
        "line": error.lineno,
        "col": error.offset,
        "end_line": error.end_lineno,
        "end_col": error.end_offset,
        "text": (error.text or "").rstrip("\n"),
        "msg": error.msg,
    }


def _hint(report):
    last = "".join(report.format_exception_only()).strip()
    return last[last.index("Did you mean"):] if "Did you mean" in last else None


def _condition(error):
    method = getattr(type(error), "getErrorClass", None)
    return method(error) if method else None


def _text(error):
    try:
        return str(error)
    except Exception as failure:
        return f"<{type(failure).__name__} in str()>"
