"""PySpark without a JVM: the same names, with Marea's engine behind them."""
import importlib.abc as _abc
import sys as _sys

from pyspark._engine import no_support as _no_support
from pyspark._globals import _NoValue  # noqa: F401
from pyspark.broadcast import Broadcast
from pyspark.conf import SparkConf
from pyspark.context import SparkContext
from pyspark.rdd import RDD
from pyspark.storagelevel import StorageLevel
from pyspark.version import __version__

__all__ = ["Broadcast", "RDD", "SparkConf", "SparkContext", "StorageLevel", "__version__"]

_ABSENT_NAMES = (
    "Accumulator", "AccumulatorParam", "BarrierTaskContext", "BarrierTaskInfo", "BasicProfiler", "CPickleSerializer", "InheritableThread",
    "MarshalSerializer", "Profiler", "RDDBarrier", "SparkFiles", "SparkJobInfo", "SparkStageInfo", "StatusTracker", "TaskContext",
    "inheritable_thread_target",
)
_ABSENT_MODULES = (
    "pyspark.ml", "pyspark.mllib", "pyspark.pandas", "pyspark.streaming", "pyspark.resource", "pyspark.sql.connect", "pyspark.sql.pandas",
    "pyspark.sql.avro", "pyspark.sql.protobuf", "pyspark.testing", "pyspark.accumulators", "pyspark.taskcontext",
)


def __getattr__(name):
    if name in _ABSENT_NAMES:
        raise _no_support(f"pyspark.{name}")
    raise AttributeError(f"module 'pyspark' has no attribute '{name}'")


class _AbsentModules(_abc.MetaPathFinder):
    """Says by name which part of PySpark is not here, instead of `No module named`."""

    def find_spec(self, name, path=None, target=None):
        if name in _ABSENT_MODULES:
            raise ModuleNotFoundError(f"No module named '{name}': {_no_support(name)}", name=name)
        return None


_sys.meta_path.insert(0, _AbsentModules())
