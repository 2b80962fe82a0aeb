"""Identifiers, digests and passwords."""
import hashlib
import string
import uuid

from faker.providers.base import BaseProvider

_SPECIAL = "!@#$%^&*()_+"


class Provider(BaseProvider):
    def boolean(self, chance_of_getting_true=50) -> bool:
        return self.generator.pybool(chance_of_getting_true)

    def null_boolean(self) -> bool | None:
        return self.random.choice((None, True, False))

    def uuid4(self, cast_to=str):
        value = uuid.UUID(int=self.random.getrandbits(128), version=4)
        return cast_to(value) if cast_to else value

    def binary(self, length=1024) -> bytes:
        return self.random.randbytes(length)

    def md5(self, raw_output=False) -> str | bytes:
        return self._digest(hashlib.md5, raw_output)

    def sha1(self, raw_output=False) -> str | bytes:
        return self._digest(hashlib.sha1, raw_output)

    def sha256(self, raw_output=False) -> str | bytes:
        return self._digest(hashlib.sha256, raw_output)

    def password(self, length=10, special_chars=True, digits=True, upper_case=True, lower_case=True) -> str:
        """With at least one character of every kind that is asked for."""
        kinds = [
            kind
            for kind, wanted in (
                (_SPECIAL, special_chars), (string.digits, digits), (string.ascii_uppercase, upper_case),
                (string.ascii_lowercase, lower_case),
            )
            if wanted
        ]
        assert length >= len(kinds), "Required length is shorter than required characters"
        letters = [self.random.choice(kind) for kind in kinds]
        letters += self.random.choices("".join(kinds), k=length - len(letters))
        self.random.shuffle(letters)
        return "".join(letters)

    def locale(self) -> str:
        return self._vocabulary.LOCALE

    def language_code(self) -> str:
        return self._vocabulary.LOCALE.partition("_")[0]

    def _digest(self, algorithm, raw_output):
        digest = algorithm(self.random.randbytes(16))
        return digest.digest() if raw_output else digest.hexdigest()
