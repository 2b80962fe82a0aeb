from functools import reduce as _reduce
from typing import Any, Callable, Iterable, List, Optional

from pyspark._engine import no_support, run


class RDD:
    """A list of values with the methods of an RDD. It is worked out in Python, at once, when something asks for values."""

    def __init__(self, values: Callable[[], list], context: Any, partitions: Optional[int] = None, frame: Any = None):
        self._values = values
        self._context = context
        self._partitions = partitions
        self._frame = frame

    @property
    def context(self) -> Any:
        return self._context

    def _then(self, change: Callable[[list], Iterable]) -> "RDD":
        return RDD(lambda: list(change(self._values())), self._context, self._partitions, self._frame)

    def getNumPartitions(self) -> int:
        if self._partitions is None:
            self._partitions = len(self._sizes())
        return self._partitions

    def _sizes(self) -> List[int]:
        """Rows in each partition of the frame behind."""
        answer = run(self._frame.sparkSession, "partition_sizes", "getNumPartitions", plan=self._frame._plan)
        if answer is None:
            raise no_support("RDD.getNumPartitions")
        return answer["sizes"]

    def glom(self) -> "RDD":
        return RDD(self._parts, self._context, self._partitions, self._frame)

    def _parts(self) -> List[list]:
        values = self._values()
        if self._frame is not None:
            sizes = self._sizes()
        else:
            count = self.getNumPartitions()
            bounds = [len(values) * part // count for part in range(count + 1)]
            sizes = [end - start for start, end in zip(bounds, bounds[1:])]
        parts, start = [], 0
        for size in sizes:
            parts.append(values[start : start + size])
            start += size
        return parts

    def mapPartitions(self, f: Callable[[Iterable], Iterable], preservesPartitioning: bool = False) -> "RDD":
        return RDD(
            lambda: [item for part in self._parts() for item in f(iter(part))], self._context, self._partitions
        )

    def map(self, f: Callable[[Any], Any], preservesPartitioning: bool = False) -> "RDD":
        return self._then(lambda values: map(f, values))

    def flatMap(self, f: Callable[[Any], Iterable], preservesPartitioning: bool = False) -> "RDD":
        return self._then(lambda values: (item for value in values for item in f(value)))

    def filter(self, f: Callable[[Any], bool]) -> "RDD":
        return self._then(lambda values: filter(f, values))

    def distinct(self, numPartitions: Optional[int] = None) -> "RDD":
        return self._then(lambda values: dict.fromkeys(values))

    def union(self, other: "RDD") -> "RDD":
        return self._then(lambda values: values + other._values())

    def zipWithIndex(self) -> "RDD":
        return self._then(lambda values: [(value, index) for index, value in enumerate(values)])

    def keyBy(self, f: Callable[[Any], Any]) -> "RDD":
        return self.map(lambda value: (f(value), value))

    def keys(self) -> "RDD":
        return self.map(lambda pair: pair[0])

    def values(self) -> "RDD":
        return self.map(lambda pair: pair[1])

    def mapValues(self, f: Callable[[Any], Any]) -> "RDD":
        return self.map(lambda pair: (pair[0], f(pair[1])))

    def groupByKey(self, numPartitions: Optional[int] = None) -> "RDD":
        return self._then(lambda pairs: _grouped(pairs).items())

    def reduceByKey(self, func: Callable[[Any, Any], Any], numPartitions: Optional[int] = None) -> "RDD":
        return self.groupByKey().mapValues(lambda values: _reduce(func, values))

    def sortBy(self, keyfunc: Callable, ascending: bool = True, numPartitions: Optional[int] = None) -> "RDD":
        return self._then(lambda values: sorted(values, key=keyfunc, reverse=not ascending))

    def sortByKey(self, ascending: bool = True, numPartitions: Optional[int] = None, keyfunc: Callable = lambda x: x) -> "RDD":
        return self.sortBy(lambda pair: keyfunc(pair[0]), ascending)

    def collect(self) -> List[Any]:
        return self._values()

    def collectAsMap(self) -> dict:
        return dict(self._values())

    def toLocalIterator(self, prefetchPartitions: bool = False):
        return iter(self._values())

    def count(self) -> int:
        return len(self._values())

    def countByValue(self) -> dict:
        counts = {}
        for value in self._values():
            counts[value] = counts.get(value, 0) + 1
        return counts

    def take(self, num: int) -> List[Any]:
        return self._values()[:num]

    def first(self) -> Any:
        found = self.take(1)
        if not found:
            raise ValueError("RDD is empty")
        return found[0]

    def isEmpty(self) -> bool:
        return not self.take(1)

    def reduce(self, f: Callable[[Any, Any], Any]) -> Any:
        values = self._values()
        if not values:
            raise ValueError("Can not reduce() empty RDD")
        return _reduce(f, values)

    def fold(self, zeroValue: Any, op: Callable[[Any, Any], Any]) -> Any:
        return _reduce(op, self._values(), zeroValue)

    def sum(self) -> Any:
        return sum(self._values())

    def max(self, key: Optional[Callable] = None) -> Any:
        return max(self._values(), key=key)

    def min(self, key: Optional[Callable] = None) -> Any:
        return min(self._values(), key=key)

    def mean(self) -> float:
        values = self._values()
        return sum(values) / len(values)

    def foreach(self, f: Callable[[Any], None]) -> None:
        from pyspark._transplant import transplanted
        from pyspark.sql.streaming.callbacks import as_a_worker

        function, values = transplanted(f)(), self._values()
        with as_a_worker():
            for value in values:
                function(value)

    def foreachPartition(self, f: Callable[[Iterable], None]) -> None:
        from pyspark._transplant import transplanted
        from pyspark.sql.streaming.callbacks import as_a_worker

        function, parts = transplanted(f)(), self._parts()
        with as_a_worker():
            for part in parts:
                function(iter(part))

    def cache(self) -> "RDD":
        return self

    def persist(self, storageLevel: Any = None) -> "RDD":
        return self

    def unpersist(self, blocking: bool = False) -> "RDD":
        return self

    def toDF(self, schema: Any = None, sampleRatio: Optional[float] = None) -> "DataFrame":  # noqa: F821
        return self._context._session.createDataFrame(self, schema, sampleRatio)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_support(f"RDD.{name}")


def _grouped(pairs: Iterable) -> dict:
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
