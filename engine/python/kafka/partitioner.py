"""Which partition a record goes to: as the Java client decides."""
import random

_MASK = 0xFFFFFFFF
_MULTIPLIER = 0x5BD1E995
_SEED = 0x9747B28C


def murmur2(data):
    """MurmurHash2, 32 bits, with the seed of Kafka's clients."""
    tail = len(data) & ~3
    hashed = _SEED ^ len(data)
    for at in range(0, tail, 4):
        word = int.from_bytes(data[at:at + 4], "little") * _MULTIPLIER & _MASK
        word = (word ^ word >> 24) * _MULTIPLIER & _MASK
        hashed = hashed * _MULTIPLIER & _MASK ^ word
    if len(data) > tail:
        hashed = (hashed ^ int.from_bytes(data[tail:], "little")) * _MULTIPLIER & _MASK
    hashed = (hashed ^ hashed >> 13) * _MULTIPLIER & _MASK
    return hashed ^ hashed >> 15


class DefaultPartitioner:
    """Records of one key share a partition; records without key are spread at random."""

    def __call__(self, key, all_partitions, available):
        if key is None:
            return random.choice(available or all_partitions)
        return all_partitions[(murmur2(key) & 0x7FFFFFFF) % len(all_partitions)]
