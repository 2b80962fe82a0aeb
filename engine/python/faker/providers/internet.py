"""Addresses and names of the Internet."""
import unicodedata
from ipaddress import IPv4Address, IPv6Address

from faker.providers.base import BaseProvider

_FREE_DOMAINS = ("gmail.com", "hotmail.com", "yahoo.com")
_SAFE_DOMAINS = ("example.com", "example.net", "example.org")
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/{}.0",
    "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/{}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Gecko/20100101 Firefox/{}.0",
)


class Provider(BaseProvider):
    def user_name(self) -> str:
        first, last = _ascii(self.generator.first_name()), _ascii(self.generator.last_name())
        return self.random.choice((f"{first}{last}", f"{first[0]}{last}", f"{first}{self.random.randint(1, 99)}", f"{last}{first}"))

    def email(self, safe=True, domain=None) -> str:
        return f"{self.user_name()}@{domain or (self.random.choice(_SAFE_DOMAINS) if safe else self.domain_name())}"

    def safe_email(self) -> str:
        return self.email()

    def ascii_email(self) -> str:
        return self.email()

    def ascii_safe_email(self) -> str:
        return self.email()

    def free_email(self) -> str:
        return f"{self.user_name()}@{self.free_email_domain()}"

    def free_email_domain(self) -> str:
        return self.random.choice(_FREE_DOMAINS)

    def company_email(self) -> str:
        return f"{self.user_name()}@{self.domain_name()}"

    def domain_word(self) -> str:
        return _ascii(self.generator.last_name())

    def domain_name(self, levels=1) -> str:
        if levels < 1:
            raise ValueError("levels must be greater than or equal to 1")
        return ".".join([*(self.domain_word() for _ in range(levels)), self.tld()])

    def tld(self) -> str:
        return self._one_of("TLDS")

    def hostname(self, levels=1) -> str:
        return f"{self.random.choice(('srv', 'web', 'db', 'email'))}-{self.random.randint(1, 99):02d}.{self.domain_name(levels)}"

    def url(self, schemes=None) -> str:
        return f"{self.random.choice(schemes or ('http', 'https'))}://www.{self.domain_name()}/"

    def uri(self) -> str:
        return f"{self.url()}{self.uri_path()}"

    def uri_path(self, deep=None) -> str:
        return "/".join(self.generator.words(deep or self.random.randint(1, 3)))

    def slug(self, value=None) -> str:
        return "-".join(_ascii(word) for word in (value or self.generator.text(20)).rstrip(".").split())

    def image_url(self, width=None, height=None) -> str:
        return f"https://picsum.photos/{width or self.random.randint(1, 1024)}/{height or self.random.randint(1, 1024)}"

    def ipv4(self, network=False, address_class=None, private=None) -> str:
        return str(IPv4Address(self.random.getrandbits(32)))

    def ipv4_private(self, network=False, address_class=None) -> str:
        return f"192.168.{self.random.randint(0, 255)}.{self.random.randint(1, 254)}"

    def ipv4_public(self, network=False, address_class=None) -> str:
        while True:
            address = IPv4Address(self.random.getrandbits(32))
            if address.is_global and not address.is_multicast:
                return str(address)

    def ipv6(self, network=False) -> str:
        return str(IPv6Address(self.random.getrandbits(128)))

    def mac_address(self, multicast=False) -> str:
        first = self.random.randrange(0, 256, 2) | multicast
        return ":".join(f"{part:02x}" for part in (first, *self.random.randbytes(5)))

    def port_number(self, is_system=False, is_user=False, is_dynamic=False) -> int:
        low, high = (0, 1023) if is_system else (1024, 49151) if is_user else (49152, 65535) if is_dynamic else (0, 65535)
        return self.random.randint(low, high)

    def http_method(self) -> str:
        return self.random.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT"))

    def http_status_code(self, include_unassigned=True) -> int:
        return self.random.choice((200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 502, 503))

    def user_agent(self) -> str:
        return self.random.choice(_AGENTS).format(self.random.randint(90, 130))


def _ascii(text):
    """Lower case letters without accents or spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())
