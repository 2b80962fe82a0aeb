"""What Marea does with every public name of PySpark 3.5: `real.jsonl` has the names, `ours.json` gets an answer for each."""
import importlib
import inspect
import json

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.sql("SELECT 1 AS n, 'a' AS s, timestamp'2024-01-10 12:00:00' AS t, array(1) AS a, map('k', 1) AS m")
by_window = df.groupBy(F.window("t", "10 minutes")).count()

# What a function of columns cannot show in a select alone.
special = {
    "broadcast": lambda: df.join(F.broadcast(df.select("n")), "n"),
    "bucket": lambda: df.writeTo("x").partitionedBy(F.bucket(4, "n")),
    "call_function": lambda: df.select(F.call_function("abs", "n")),
    "call_udf": lambda: (spark.udf.register("one", lambda n: n, "int"), df.select(F.call_udf("one", "n"))),
    "expr": lambda: df.select(F.expr("n + 1")),
    "from_csv": lambda: df.select(F.from_csv("s", "x int")),
    "from_json": lambda: df.select(F.from_json("s", "x int")),
    "grouping": lambda: df.cube("n").agg(F.grouping("n")),
    "grouping_id": lambda: df.cube("n").agg(F.grouping_id()),
    "ntile": lambda: df.select(F.ntile(2).over(Window.orderBy("n"))),
    "schema_of_json": lambda: df.select(F.schema_of_json('{"x": 1}')),
    "session_window": lambda: df.groupBy(F.session_window("t", "10 minutes"), "s").count(),
    "udf": lambda: df.select(F.udf(lambda n: n, "int")("n")),
    "udtf": lambda: F.udtf(object, returnType="x int"),
    "when": lambda: df.select(F.when(F.col("n") > 0, "s")),
    "window": lambda: by_window.select("window.start"),
    "window_time": lambda: by_window.select(F.window_time("window")),
}
for order in ("asc", "asc_nulls_first", "asc_nulls_last", "desc", "desc_nulls_first", "desc_nulls_last"):
    special[order] = lambda order=order: df.orderBy(getattr(F, order)("n"))
for transform in ("years", "months", "days", "hours"):
    special[transform] = lambda transform=transform: df.writeTo("x").partitionedBy(getattr(F, transform)("t"))

lambdas = (lambda x: x, lambda x, y: x, lambda x, y, z: x)


def outcome(attempt):
    try:
        attempt()
        return "works"
    except NotImplementedError as error:
        return f"refused: {error}"
    except PySparkException as error:
        if "Marea does not have" in str(error):
            return f"refused: {error}"
        return f"error: {error.getErrorClass() or type(error).__name__}"
    except Exception as error:
        return f"broken: {type(error).__name__}: {error}"


def calls(name):
    required = [p for p in inspect.signature(getattr(F, name)).parameters.values() if p.default is p.empty]
    for column in ("n", "s", "t", "a", "m"):
        for given in lambdas:
            yield lambda: df.select(
                getattr(F, name)(*[given if p.name in ("f", "merge", "finish", "comparator") else column for p in required])
            )


def function_outcome(name):
    if name in special:
        return outcome(special[name])
    seen = [outcome(call) for call in calls(name)]
    for wanted in ("works", "refused", "broken"):
        for one in seen:
            if one.startswith(wanted):
                return one
    return seen[0]


def owner_of(path):
    module = path
    while True:
        try:
            found = importlib.import_module(module)
            break
        except ImportError:
            module = module.rpartition(".")[0]
    for part in filter(None, path[len(module) + 1:].split(".")):
        found = getattr(found, part)
    return found


instances = {"SparkSession": spark, "SparkContext": spark.sparkContext, "Catalog": spark.catalog}


def member_outcome(path, name):
    """A member that does nothing but refuse is refused."""
    owner = owner_of(path)
    value = inspect.getattr_static(owner, name, None)
    if value is None:
        found = outcome(lambda: getattr(instances[owner.__name__], name))
        # What only Spark Connect has, PySpark refuses with the same words.
        return "works" if "Spark Connect" in found else found
    code = getattr(getattr(value, "fget", None) or getattr(value, "__func__", value), "__code__", None)
    if code is None or not set(code.co_names) <= {"no_support", "_no_support"} or not code.co_names:
        return "works"
    return "refused: Marea no incluye " + next(text for text in code.co_consts if isinstance(text, str) and text != value.__doc__)


answers = []
with open("real.jsonl") as real:
    for path, name, _ in map(json.loads, real):
        answer = function_outcome(name) if path == "pyspark.sql.functions" else member_outcome(path, name)
        answers.append([path, name, answer])
with open("ours.json", "w") as ours:
    json.dump(answers, ours)
