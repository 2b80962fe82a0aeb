"""Colours."""
from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def color_name(self) -> str:
        return self._one_of("COLORS")

    def safe_color_name(self) -> str:
        return self.color_name()

    def hex_color(self) -> str:
        return f"#{self.random.randint(1, 0xFFFFFF):06x}"

    def rgb_color(self) -> str:
        return ",".join(str(part) for part in self._parts())

    def rgb_css_color(self) -> str:
        return f"rgb({self.rgb_color()})"

    def _parts(self):
        return [self.random.randint(0, 255) for _ in range(3)]
