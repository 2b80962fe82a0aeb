"""faker's API with word lists of Marea's own: Spanish (es_ES) and English (en_US). The same seed gives the same data, though not faker's."""
from faker.generator import Generator
from faker.proxy import Faker

VERSION = "19.13.0"
__version__ = VERSION
__all__ = ["Faker", "Generator"]
