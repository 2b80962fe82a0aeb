"""Places."""
from decimal import Decimal

from faker.providers.base import BaseProvider


class Provider(BaseProvider):
    def city(self) -> str:
        return self._one_of("CITIES")

    def state(self) -> str:
        return self._one_of("STATES")

    def administrative_unit(self) -> str:
        return self.state()

    def region(self) -> str:
        return self._one_of("REGIONS")

    def autonomous_community(self) -> str:
        return self.region()

    def country(self) -> str:
        return self._one_of("COUNTRIES")[1]

    def current_country(self) -> str:
        return dict(self._vocabulary.COUNTRIES)[self._vocabulary.COUNTRY_CODE]

    def country_code(self, representation="alpha-2") -> str:
        if representation != "alpha-2":
            raise ValueError("`representation` must be one of `alpha-2`.")
        return self._one_of("COUNTRIES")[0]

    def current_country_code(self) -> str:
        return self._vocabulary.COUNTRY_CODE

    def postcode(self) -> str:
        return self._vocabulary.postcode(self.random)

    def zipcode(self) -> str:
        return self.postcode()

    def building_number(self) -> str:
        return str(self.random.randint(1, 199))

    def street_name(self) -> str:
        return self._from_pattern("STREET_PATTERNS")

    def street_prefix(self) -> str:
        return self._one_of("STREET_PREFIXES")

    def street_suffix(self) -> str:
        return self._one_of("STREET_SUFFIXES")

    def street_address(self) -> str:
        return self._from_pattern("STREET_ADDRESS_PATTERNS")

    def secondary_address(self) -> str:
        return self.generator.numerify(self._one_of("SECONDARY_ADDRESSES"))

    def address(self) -> str:
        return self._from_pattern("ADDRESS_PATTERNS")

    def latitude(self) -> Decimal:
        return self.coordinate() / 2

    def longitude(self) -> Decimal:
        return self.coordinate()

    def coordinate(self, center=None, radius=0.001) -> Decimal:
        degrees = self.random.randint(-180_000_000, 180_000_000) / 1_000_000
        if center is not None:
            degrees = self.random.uniform(float(center) - radius, float(center) + radius)
        return Decimal(str(degrees)).quantize(Decimal(".000001"))

    def latlng(self) -> tuple:
        return self.latitude(), self.longitude()

    def location_on_land(self, coords_only=False) -> tuple:
        place = self.random.choice(self._vocabulary.LOCATIONS)
        return place[:2] if coords_only else place
