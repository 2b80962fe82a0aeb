"""Groups of fake values. Programs that bring their own derive from `BaseProvider`."""
from faker.providers.base import BaseProvider, DynamicProvider

__all__ = ["BaseProvider", "DynamicProvider"]
