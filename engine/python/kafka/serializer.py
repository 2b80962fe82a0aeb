"""Serializers as classes; a plain function does as well."""


class Serializer:
    def __init__(self, **config):
        pass

    def serialize(self, topic, value):
        raise NotImplementedError

    def close(self):
        pass


class Deserializer:
    def __init__(self, **config):
        pass

    def deserialize(self, topic, bytes_):
        raise NotImplementedError

    def close(self):
        pass


def serialized(serializer, topic, value):
    if not serializer:
        return value
    return serializer.serialize(topic, value) if isinstance(serializer, Serializer) else serializer(value)


def deserialized(deserializer, topic, data):
    if not deserializer:
        return data
    return deserializer.deserialize(topic, data) if isinstance(deserializer, Deserializer) else deserializer(data)
