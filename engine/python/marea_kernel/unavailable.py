"""Modules that do not exist offline say so plainly instead of `No module named`."""
import importlib.abc
import sys

_REASONS = {
    "pandas": "pandas no está incluido en Marea. Usa df.show(), df.collect() o df.toLocalIterator(), o ejecuta el cuaderno con tu Python y Spark.",
    "numpy": "numpy no está incluido en Marea. Usa las funciones de pyspark.sql.functions o el módulo statistics.",
    "pyarrow": "pyarrow no está incluido en Marea.",
    "matplotlib": "matplotlib no está incluido en Marea: los gráficos se ven en el observatorio.",
    "requests": "requests no está incluido en Marea: no hay red.",
}


class _Explainer(importlib.abc.MetaPathFinder):
    """Comes last: a module that does exist is found before."""

    def find_spec(self, name, path=None, target=None):
        reason = _REASONS.get(name)
        if reason is not None:
            raise ModuleNotFoundError(f"No module named '{name}': {reason}", name=name)
        return None


def install():
    # Before Pyodide's own last finder, whose advice (micropip, a network) does not apply here.
    sys.meta_path.insert(max(0, len(sys.meta_path) - 1), _Explainer())
