"""The order in which a dict's keys come out of the maps of the JVM."""
from typing import Iterable, List, Tuple


def java_map_order(keys: Iterable[str]) -> List[str]:
    """A dict travels as a `java.util.HashMap`, and Spark copies it into one of Scala's maps, which keeps up to four keys in their order."""
    ordered = _hash_map_order(list(keys))
    return ordered if len(ordered) <= 4 else sorted(ordered, key=_trie_path)


def _hash_map_order(keys: List[str]) -> List[str]:
    size = 16
    while len(keys) > size * 0.75:
        size *= 2

    def slot(key: str) -> int:
        hashed = _hash_code(key)
        return (hashed ^ (hashed >> 16)) & (size - 1)

    return sorted(keys, key=slot)


def _trie_path(key: str) -> Tuple[int, ...]:
    """Where Scala 2.12's `HashTrieMap` keeps a key: five bits of its hash at each level."""
    hashed = _hash_code(key)
    hashed = (hashed + (~(hashed << 9) & _WORD)) & _WORD
    hashed ^= hashed >> 14
    hashed = (hashed + (hashed << 4)) & _WORD
    hashed ^= hashed >> 10
    return tuple(hashed >> level & 31 for level in range(0, 35, 5))


_WORD = 0xFFFFFFFF


def _hash_code(text: str) -> int:
    """`String.hashCode`, without its sign."""
    units = text.encode("utf-16-le", "surrogatepass")
    hashed = 0
    for low, high in zip(units[::2], units[1::2]):
        hashed = (hashed * 31 + (high << 8 | low)) & _WORD
    return hashed
