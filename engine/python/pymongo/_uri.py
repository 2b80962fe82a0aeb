"""Connection strings."""
from urllib.parse import quote_plus, unquote_plus

from pymongo.errors import ConfigurationError, InvalidURI

DEFAULT_PORT = 27017
_SCHEMES = ("mongodb://", "mongodb+srv://")


class Address:
    """Where a client connects: `uri` for the host, `nodes` as pymongo shows them."""

    def __init__(self, host, port, settings):
        for name in settings:
            if name.lower() not in _KNOWN:
                raise ConfigurationError(f"Unknown option: {name}. Refer to docstring.")
        hosts = [host] if isinstance(host, str) else list(host or ["localhost"])
        first = hosts[0]
        self.database = None
        credentials, options, self.scheme = "", [], "mongodb://"
        if first.startswith(_SCHEMES):
            self.scheme = next(scheme for scheme in _SCHEMES if first.startswith(scheme))
            credentials, hosts, self.database, options = _parts(first[len(self.scheme):])
        elif "://" in first:
            raise InvalidURI("Invalid URI scheme: URI must begin with 'mongodb://' or 'mongodb+srv://'")
        self.nodes = [_node(each, port) for text in hosts for each in text.split(",")]
        if settings.get("username"):
            credentials = f"{quote_plus(settings['username'])}:{quote_plus(settings.get('password') or '')}@"
        self.options = {**dict(options), **{name: _text(value) for name, value in settings.items() if name in _URI_OPTIONS}}
        joined = "&".join(f"{name}={value}" for name, value in self.options.items())
        nodes = ",".join(f"{name}:{number}" for name, number in self.nodes)
        self.uri = f"{self.scheme}{credentials}{nodes}/{self.database or ''}{'?' + joined if joined else ''}"

    def seconds(self, option, default_ms):
        """An option in milliseconds, in seconds; whatever its upper and lower case."""
        found = [value for name, value in self.options.items() if name.lower() == option.lower()]
        return int(found[-1] if found else default_ms) / 1000


# Arguments of MongoClient that a connection string has too.
_URI_OPTIONS = frozenset((
    "appname", "authMechanism", "authSource", "compressors", "connectTimeoutMS", "directConnection", "heartbeatFrequencyMS", "journal",
    "localThresholdMS", "maxIdleTimeMS", "maxPoolSize", "minPoolSize", "readConcernLevel", "readPreference", "replicaSet", "retryReads",
    "retryWrites", "serverSelectionTimeoutMS", "socketTimeoutMS", "ssl", "timeoutMS", "tls", "w", "waitQueueTimeoutMS", "wTimeoutMS",
))
# Others that pymongo takes; here they change nothing.
_OTHERS = frozenset((
    "username", "password", "authMechanismProperties", "uuidRepresentation", "unicode_decode_error_handler", "event_listeners", "fsync",
    "server_selector", "srvMaxHosts", "srvServiceName", "tlsInsecure", "tlsAllowInvalidCertificates", "tlsAllowInvalidHostnames",
    "tlsCAFile", "tlsCertificateKeyFile", "zlibCompressionLevel", "readPreferenceTags", "maxStalenessSeconds", "maxConnecting",
    "datetime_conversion", "tzinfo", "serverMonitoringMode", "driver", "auto_encryption_opts", "server_api", "loadBalanced",
))
_KNOWN = frozenset(name.lower() for name in _URI_OPTIONS | _OTHERS)


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(rest):
    authority, _, tail = rest.partition("/")
    if not _ and "?" in authority:
        authority, _, tail = authority.partition("?")
        tail = "?" + tail
    login, at, nodes = authority.rpartition("@")
    if login.count(":") > 1 or "@" in login:
        raise InvalidURI("Username and password must be escaped according to RFC 3986, use urllib.parse.quote_plus")
    if not nodes:
        raise InvalidURI("Must provide at least one hostname or IP.")
    namespace, _, query = tail.partition("?")
    database = unquote_plus(namespace).partition(".")[0] or None
    options = [part.split("=", 1) for part in query.replace(";", "&").split("&") if "=" in part]
    return f"{login}@" if at else "", [nodes], database, options


def _node(text, default_port):
    if not text:
        raise ConfigurationError("Empty host (or extra comma in host list).")
    name, colon, port = text.rpartition(":")
    if not colon:
        return text, default_port or DEFAULT_PORT
    if not port.isdigit():
        raise ValueError(
            "Port contains non-digit characters. Hint: username and password must be escaped according to RFC 3986, use urllib.parse.quote_plus"
        )
    if not 0 < int(port) <= 65535:
        raise ValueError("Port must be an integer between 0 and 65535")
    return name, int(port)
