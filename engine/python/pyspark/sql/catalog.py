from typing import Any, List, NamedTuple, Optional

from pyspark._engine import no_support, run

_CATALOG = "spark_catalog"


class CatalogMetadata(NamedTuple):
    name: str
    description: Optional[str]


class Database(NamedTuple):
    name: str
    catalog: Optional[str]
    description: Optional[str]
    locationUri: str


class Table(NamedTuple):
    name: str
    catalog: Optional[str]
    namespace: Optional[List[str]]
    description: Optional[str]
    tableType: str
    isTemporary: bool

    @property
    def database(self) -> Optional[str]:
        return self.namespace[0] if self.namespace is not None and len(self.namespace) == 1 else None


class Column(NamedTuple):
    name: str
    description: Optional[str]
    dataType: str
    nullable: bool
    isPartition: bool
    isBucket: bool


class Function(NamedTuple):
    name: str
    catalog: Optional[str]
    namespace: Optional[List[str]]
    description: Optional[str]
    className: str
    isTemporary: bool


class Catalog:
    """`spark.catalog`: the session's tables and views."""

    def __init__(self, sparkSession: "SparkSession") -> None:  # noqa: F821
        self._sparkSession = sparkSession

    def _ask(self, kind: str, method: str, **fields: Any) -> Any:
        return run(self._sparkSession, kind, method, **fields)

    def currentCatalog(self) -> str:
        return _CATALOG

    def currentDatabase(self) -> str:
        return self._ask("current_database", "currentDatabase")["database"]

    def listDatabases(self, pattern: Optional[str] = None) -> List[Database]:
        names = self._ask("list_databases", "listDatabases")["databases"]
        return [Database(name, _CATALOG, "default database", "") for name in names if _matches(name, pattern)]

    def databaseExists(self, dbName: str) -> bool:
        return dbName.lower() in [name.lower() for name in self._ask("list_databases", "databaseExists")["databases"]]

    def listTables(self, dbName: Optional[str] = None, pattern: Optional[str] = None) -> List[Table]:
        found = self._ask("list_tables", "listTables")["tables"]
        return [_table(item) for item in found if _matches(item["name"], pattern)]

    def getTable(self, tableName: str) -> Table:
        for item in self._ask("list_tables", "getTable")["tables"]:
            if item["name"].lower() == tableName.rpartition(".")[2].lower():
                return _table(item)
        self._sparkSession.table(tableName)  # raises Spark's own error
        raise no_support(f"catalog.getTable({tableName!r})")

    def tableExists(self, tableName: str, dbName: Optional[str] = None) -> bool:
        name = tableName if dbName is None else f"{dbName}.{tableName}"
        return self._ask("table_exists", "tableExists", name=name)["exists"]

    def listColumns(self, tableName: str, dbName: Optional[str] = None) -> List[Column]:
        name = tableName if dbName is None else f"{dbName}.{tableName}"
        return [
            Column(field.name, None, field.dataType.simpleString(), field.nullable, False, False)
            for field in self._sparkSession.table(name).schema
        ]

    def dropTempView(self, viewName: str) -> bool:
        return self._ask("drop_temp_view", "dropTempView", name=viewName)["dropped"]

    def dropGlobalTempView(self, viewName: str) -> bool:
        return self._ask("drop_temp_view", "dropGlobalTempView", name=f"global_temp.{viewName}")["dropped"]

    def refreshTable(self, tableName: str) -> None:
        """Nothing is kept that could be stale."""

    def refreshByPath(self, path: str) -> None:
        """Nothing is kept that could be stale."""

    def clearCache(self) -> None:
        raise no_support("catalog.clearCache; usa df.unpersist()")

    def cacheTable(self, tableName: str, storageLevel: Any = None) -> None:
        self._sparkSession.table(tableName).cache()

    def uncacheTable(self, tableName: str) -> None:
        self._sparkSession.table(tableName).unpersist()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_support(f"catalog.{name}")


def _table(item: dict) -> Table:
    temporary = item["is_temporary"]
    kind = item.get("type") or ("TEMPORARY" if temporary else "MANAGED")
    if temporary:
        return Table(item["name"], None, [], None, kind, True)
    return Table(item["name"], _CATALOG, ["default"], None, kind, False)


def _matches(name: str, pattern: Optional[str]) -> bool:
    import re

    if pattern is None:
        return True
    alternatives = pattern.lower().replace("*", ".*").split("|")
    return any(re.fullmatch(alternative, name.lower()) for alternative in alternatives)
