"""Exceptions that PySpark programs catch by these names."""

__all__ = ["Py4JError", "Py4JJavaError", "Py4JNetworkError"]


class Py4JError(Exception):
    """A call that Spark's Java side could not take."""

    def __init__(self, args=None, cause=None):
        super().__init__(args)
        self.cause = cause


class Py4JNetworkError(Py4JError):
    """The Java side is gone."""


class JavaThrowable:
    """What `java_exception` answers: the parts of a Java exception that programs print."""

    def __init__(self, class_name, message, cause=None):
        self._class_name = class_name
        self._message = message
        self._cause = cause

    def getMessage(self):
        return self._message

    def toString(self):
        return self._class_name if self._message is None else f"{self._class_name}: {self._message}"

    def getClass(self):
        return self

    def getName(self):
        return self._class_name

    def getSimpleName(self):
        return self._class_name.rpartition(".")[2]

    def getCause(self):
        return self._cause

    def __str__(self):
        return self.toString()


class Py4JJavaError(Py4JError):
    """A Java exception for which PySpark has no class of its own."""

    def __init__(self, msg, java_exception):
        super().__init__(msg)
        self.errmsg = msg
        self.java_exception = java_exception
        self.exception_cmd = ""

    def __str__(self):
        lines = [f"{self.errmsg}.", f": {self.java_exception.toString()}"]
        cause = self.java_exception.getCause()
        while cause is not None:
            lines.append(f"Caused by: {cause.toString()}")
            cause = cause.getCause()
        return "\n".join(lines) + "\n"
