import itertools
from functools import reduce as _reduce
from typing import Any, Callable, Iterable, List, Optional

from pyspark._engine import no_support, run


class RDD:
    """
    Lists of values, one for each partition, with the methods of an RDD. They are worked out in Python, at once, when something asks for values.
    `pull(exact)`: the lists; where nothing depends on how they are cut, `exact` is false and they may be cut in any way.
    """

    def __init__(self, pull: Callable[[bool], List[list]], context: Any, count: Callable[[], int]):
        self._pull = pull
        self._context = context
        self._count = count

    @property
    def context(self) -> Any:
        return self._context

    def _values(self) -> list:
        return [value for part in self._pull(False) for value in part]

    def _then(self, change: Callable[[list], Iterable]) -> "RDD":
        """Changes every partition by itself; how it is cut does not matter to the change."""
        return RDD(lambda exact: [list(change(part)) for part in self._pull(exact)], self._context, self._count)

    def _shuffled(self, change: Callable[[list], Iterable], partitions: Optional[int], method: str) -> "RDD":
        """Which key goes to which partition is not known here."""
        count = self._shuffle_count if partitions is None else lambda: partitions

        def pull(exact: bool) -> List[list]:
            if exact and count() > 1:
                raise no_support(f"los valores de cada partición de RDD.{method}")
            return [list(change(self._values()))]

        return RDD(pull, self._context, count)

    def _shuffle_count(self) -> int:
        asked = self._context._conf.get("spark.default.parallelism")
        return self.getNumPartitions() if asked is None else int(asked)

    def getNumPartitions(self) -> int:
        return self._count()

    def glom(self) -> "RDD":
        return RDD(lambda exact: [[part] for part in self._pull(True)], self._context, self._count)

    def mapPartitions(self, f: Callable[[Iterable], Iterable], preservesPartitioning: bool = False) -> "RDD":
        return RDD(lambda exact: [list(f(iter(part))) for part in self._pull(True)], self._context, self._count)

    def mapPartitionsWithIndex(
        self, f: Callable[[int, Iterable], Iterable], preservesPartitioning: bool = False
    ) -> "RDD":
        return RDD(
            lambda exact: [list(f(index, iter(part))) for index, part in enumerate(self._pull(True))],
            self._context,
            self._count,
        )

    def map(self, f: Callable[[Any], Any], preservesPartitioning: bool = False) -> "RDD":
        return self._then(lambda values: map(f, values))

    def flatMap(self, f: Callable[[Any], Iterable], preservesPartitioning: bool = False) -> "RDD":
        return self._then(lambda values: (item for value in values for item in f(value)))

    def filter(self, f: Callable[[Any], bool]) -> "RDD":
        return self._then(lambda values: filter(f, values))

    def distinct(self, numPartitions: Optional[int] = None) -> "RDD":
        return self._shuffled(lambda values: dict.fromkeys(values), numPartitions, "distinct")

    def union(self, other: "RDD") -> "RDD":
        return RDD(
            lambda exact: self._pull(exact) + other._pull(exact),
            self._context,
            lambda: self.getNumPartitions() + other.getNumPartitions(),
        )

    def zipWithIndex(self) -> "RDD":
        def pull(exact: bool) -> List[list]:
            index = itertools.count()
            return [[(value, next(index)) for value in part] for part in self._pull(exact)]

        return RDD(pull, self._context, self._count)

    def keyBy(self, f: Callable[[Any], Any]) -> "RDD":
        return self.map(lambda value: (f(value), value))

    def keys(self) -> "RDD":
        return self.map(lambda pair: pair[0])

    def values(self) -> "RDD":
        return self.map(lambda pair: pair[1])

    def mapValues(self, f: Callable[[Any], Any]) -> "RDD":
        return self.map(lambda pair: (pair[0], f(pair[1])))

    def groupByKey(self, numPartitions: Optional[int] = None) -> "RDD":
        return self._shuffled(lambda pairs: _grouped(pairs).items(), numPartitions, "groupByKey")

    def reduceByKey(self, func: Callable[[Any, Any], Any], numPartitions: Optional[int] = None) -> "RDD":
        return self.groupByKey(numPartitions).mapValues(lambda values: _reduce(func, values))

    def sortBy(self, keyfunc: Callable, ascending: bool = True, numPartitions: Optional[int] = None) -> "RDD":
        partitions = numPartitions or self.getNumPartitions()
        return self._shuffled(lambda values: sorted(values, key=keyfunc, reverse=not ascending), partitions, "sortBy")

    def sortByKey(self, ascending: bool = True, numPartitions: Optional[int] = None, keyfunc: Callable = lambda x: x) -> "RDD":
        return self.sortBy(lambda pair: keyfunc(pair[0]), ascending, numPartitions)

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

        function, parts = transplanted(f)(), self._known_parts()
        with as_a_worker():
            for part in parts:
                function(iter(part))

    def _known_parts(self) -> List[list]:
        """As Spark cuts them; where that is unknown, all at once."""
        try:
            return self._pull(True)
        except NotImplementedError:
            return self._pull(False)

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


def list_rdd(values: Iterable[Any], context: Any, slices: int) -> RDD:
    """The RDD of `parallelize`. A range is cut evenly; other values travel in batches, and batches are cut evenly."""
    kept = list(values)
    sizes = even_sizes(len(kept), slices) if isinstance(values, range) else slice_sizes(len(kept), slices)
    return RDD(lambda exact: _cut(kept, sizes), context, lambda: slices)


def slice_sizes(length: int, slices: int) -> List[int]:
    batch = max(1, min(length // slices, 1024))
    counts = even_sizes(-(-length // batch), slices)
    ends = [min(end * batch, length) for end in itertools.accumulate(counts)]
    return [end - start for start, end in zip([0] + ends, ends)]


def even_sizes(length: int, slices: int) -> List[int]:
    bounds = [length * part // slices for part in range(slices + 1)]
    return [end - start for start, end in zip(bounds, bounds[1:])]


def frame_rdd(frame: Any, collect: Callable[[], list]) -> RDD:
    """The RDD of a DataFrame. `collect`: a value for each of its rows, in their order."""

    def cut(with_sizes: bool) -> dict:
        answer = run(
            frame.sparkSession, "partition_sizes", "getNumPartitions", plan=frame._plan, with_sizes=with_sizes
        )
        if answer is None:
            raise no_support("RDD.getNumPartitions de este DataFrame")
        return answer

    def pull(exact: bool) -> List[list]:
        if not exact:
            return [collect()]
        count = cut(False)["count"]
        if count <= 1:
            return [collect()] * count
        sizes = cut(True)["sizes"]
        if sizes is None:
            raise no_support("las filas de cada partición de este DataFrame")
        return _cut(collect(), sizes)

    return RDD(pull, frame.sparkSession.sparkContext, lambda: cut(False)["count"])


def _cut(values: list, sizes: List[int]) -> List[list]:
    """The last part takes what the sizes leave: a table may have grown since they were counted."""
    ends = list(itertools.accumulate(sizes))
    ends[-1:] = [len(values)]
    return [values[start:end] for start, end in zip([0] + ends, ends)]


def _grouped(pairs: Iterable) -> dict:
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
