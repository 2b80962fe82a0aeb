"""What pymongo says about servers that do not answer."""
from bson.objectid import ObjectId


def no_server_text(address, reason: str) -> str:
    """`reason`: the operating system's, for the first server."""
    timeouts = _timeouts(address)
    texts = [f"{host}:{port}: {reason} ({timeouts})" for host, port in address.nodes]
    servers = ", ".join(
        f"<ServerDescription {node!r} server_type: Unknown, rtt: None, error={_error(text, reason)}>"
        for node, text in zip(address.nodes, texts, strict=True)
    )
    topology = f"<TopologyDescription id: {ObjectId()}, topology_type: Unknown, servers: [{servers}]>"
    timeout = address.seconds("serverSelectionTimeoutMS", 30000)
    return f"{','.join(texts)}, Timeout: {timeout}s, Topology Description: {topology}"


def _error(text, reason):
    return f"{'NetworkTimeout' if reason == 'timed out' else 'AutoReconnect'}({text!r})"


def _timeouts(address):
    connect = address.seconds("connectTimeoutMS", 20000) * 1000
    socket = address.seconds("socketTimeoutMS", connect) * 1000
    return f"configured timeouts: socketTimeoutMS: {socket}ms, connectTimeoutMS: {connect}ms"
