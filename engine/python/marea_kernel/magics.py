"""Lines that are not Python: %magics, !commands and name?. Only text that does not parse is touched, so `a % 3` stays what it is."""
import ast
import inspect
import os
import re
import time
from time import perf_counter  # the real one: a virtual clock may stand still

from marea_kernel import shell
from marea_kernel.display import display

_LINE = re.compile(r"^(\s*)(?:(\w[\w, ]*?)\s*=\s*)?([%!])(\S.*)$")
_HELP = re.compile(r"\s*([\w.]+)\?{1,2}\s*$")
_namespace = {}


def rewrite(source):
    """The cell as Python: magics become calls of `__magic__`, `__shell__` and `__help__`."""
    if source.startswith("%%"):
        head, _, body = source.partition("\n")
        name, _, argument = head[2:].partition(" ")
        return f"__magic__({name!r}, {argument.strip()!r}, {body!r})\n"
    if not re.search(r"[%!?]", source) or _parses(source):
        return source
    return "\n".join(_rewrite_line(line) for line in source.split("\n"))


def _parses(source):
    try:
        ast.parse(source)
        return True
    except SyntaxError:
        return False


def _rewrite_line(line):
    magic = _LINE.match(line)
    if magic:
        indent, target, kind, rest = magic.groups()
        if kind == "!":
            call = f"__shell__({rest!r})"
        else:
            name, _, argument = rest.partition(" ")
            call = f"__magic__({name!r}, {argument.strip()!r})"
        return f"{indent}{target} = {call}" if target else indent + call
    asked = _HELP.fullmatch(line)
    return f"__help__({asked[1]!r})" if asked else line


def _magic(name, argument="", body=None):
    function = _MAGICS.get(name)
    if function is None:
        raise NameError(f"la magia %{name} no existe en Marea; hay: {', '.join('%' + known for known in _MAGICS)}")
    return function(argument, body)


def _execute(text, filename):
    exec(compile(text, filename, "exec"), _namespace)


def _time(argument, body):
    code = compile(body or argument, "<timed>", "exec")
    wall, cpu = time.perf_counter(), time.process_time()
    exec(code, _namespace)
    print(f"CPU times: total: {_duration(time.process_time() - cpu)}\nWall time: {_duration(time.perf_counter() - wall)}")


def _timeit(argument, body):
    code = compile(body or argument, "<timed>", "exec")
    loops, spent = 0, 0.0
    while spent < 0.2:
        started = perf_counter()
        exec(code, _namespace)
        spent += perf_counter() - started
        loops += 1
    print(f"{_duration(spent / loops)} per loop (mean of {loops} loops)")


def _duration(seconds):
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


def _write_file(argument, body):
    mode, name = ("a", argument[3:].strip()) if argument.startswith("-a ") else ("w", argument)
    existed = os.path.exists(name)
    with open(name, mode, encoding="utf-8") as file:
        file.write(body or "")
    print(f"{'Overwriting' if existed and mode == 'w' else 'Writing' if mode == 'w' else 'Appending to'} {name}")


def _run_file(argument, _body):
    with open(argument, encoding="utf-8") as file:
        _execute(file.read(), argument)


def _sql(argument, body):
    if "spark" not in _namespace:
        raise NameError("%sql necesita una sesión en la variable spark")
    return _namespace["spark"].sql(body or argument)


def _nothing(_argument, _body):
    return None


_MAGICS = {
    "time": _time,
    "timeit": _timeit,
    "pwd": lambda _argument, _body: os.getcwd(),
    "cd": lambda argument, _body: os.chdir(argument or os.path.expanduser("~")),
    "ls": lambda argument, _body: print("\n".join(sorted(os.listdir(argument or ".")))),
    "run": _run_file,
    "writefile": _write_file,
    "sql": _sql,
    "pip": lambda argument, _body: shell.pip(argument),
    "conda": lambda argument, _body: shell.pip(argument),
    "bash": lambda _argument, body: shell.script(body or ""),
    "sh": lambda _argument, body: shell.script(body or ""),
    "matplotlib": _nothing,
    "config": _nothing,
    "load_ext": _nothing,
}


def _help(name):
    try:
        value = eval(name, _namespace)
    except Exception:
        print(f"Object `{name}` not found.")
        return
    try:
        signature = str(inspect.signature(value))
    except (TypeError, ValueError):
        signature = ""
    display({"text/plain": f"{name}{signature}\n\n{inspect.getdoc(value) or ''}"}, raw=True)


def install(namespace):
    global _namespace
    _namespace = namespace
    namespace.update(__magic__=_magic, __shell__=shell.shell, __help__=_help)
