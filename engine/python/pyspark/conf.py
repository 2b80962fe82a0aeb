from typing import List, Optional, Tuple


class SparkConf:
    """Settings for a session that is going to be created."""

    def __init__(self, loadDefaults: bool = True, _jvm=None, _jconf=None):
        self._conf = {}

    def set(self, key: str, value) -> "SparkConf":
        self._conf[key] = str(value)
        return self

    def setIfMissing(self, key: str, value: str) -> "SparkConf":
        if self.get(key) is None:
            self.set(key, value)
        return self

    def setMaster(self, value: str) -> "SparkConf":
        return self.set("spark.master", value)

    def setAppName(self, value: str) -> "SparkConf":
        return self.set("spark.app.name", value)

    def setSparkHome(self, value: str) -> "SparkConf":
        return self.set("spark.home", value)

    def setExecutorEnv(
        self, key: Optional[str] = None, value: Optional[str] = None, pairs: Optional[List[Tuple[str, str]]] = None
    ) -> "SparkConf":
        for name, text in pairs or [(key, value)]:
            self.set(f"spark.executorEnv.{name}", text)
        return self

    def setAll(self, pairs: List[Tuple[str, str]]) -> "SparkConf":
        for key, value in pairs:
            self.set(key, value)
        return self

    def get(self, key: str, defaultValue: Optional[str] = None) -> Optional[str]:
        return self._conf.get(key, defaultValue)

    def getAll(self) -> List[Tuple[str, str]]:
        return list(self._conf.items())

    def contains(self, key: str) -> bool:
        return key in self._conf

    def toDebugString(self) -> str:
        return "\n".join(f"{key}={value}" for key, value in sorted(self._conf.items()))
