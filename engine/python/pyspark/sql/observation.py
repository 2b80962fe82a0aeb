from typing import Any, Dict, Optional

from pyspark._engine import no_support

__all__ = ["Observation"]


class Observation:
    """Marea has no observed metrics; the progress of a query tells the same."""

    def __init__(self, name: Optional[str] = None) -> None:
        raise no_support("Observation; mira lastProgress")

    @property
    def get(self) -> Dict[str, Any]:
        raise no_support("Observation")
