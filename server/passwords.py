"""Passwords are kept as argon2id hashes; checking one costs the same whether the user exists."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

#: 19 MiB, two passes, one lane: OWASP's minimum for argon2id, so that a hall signing in at nine
#: o'clock does not stand in line.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Checked when there is no such user, so that the time tells nothing.
_NOBODY = _hasher.hash("nobody")


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether this is the password."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except Argon2Error:
        return False
