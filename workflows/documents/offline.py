"""No connections: what runs after this opens no socket, whatever it is asked for.

A template may name a package, and the compiler would fetch it from the network.  Linux takes the
call away from a process that asks for that (seccomp), and nothing gives it back.
"""

import ctypes
import errno
import os
import platform
import struct

#: The architecture as the kernel says it, and the number of the call `socket` there.
CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, ANSWER = 0x20, 0x15, 0x06
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000 | errno.EACCES
#: Where a call tells its number and its architecture.
NUMBER, ARCHITECTURE = 0, 4


def go_offline() -> None:
    """Take the call that opens sockets away from this process, for good.  Raises OSError."""
    try:
        architecture, socket = CALLS[platform.machine()]
    except KeyError:
        raise OSError(errno.ENOSYS, "no filter for this machine") from None
    lines = (
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 0, 3, architecture),
        (LOAD, 0, 0, NUMBER),
        (EQUAL, 1, 0, socket),
        (ANSWER, 0, 0, ALLOWED),
        (ANSWER, 0, 0, REFUSED),
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    asked = struct.pack("@HP", len(lines), ctypes.addressof(program))
    _prctl(NO_NEW_PRIVILEGES, 1)
    _prctl(SECCOMP, FILTER, ctypes.c_char_p(asked))


def _prctl(option: int, first: int, second: ctypes.c_char_p | int = 0) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(first), second, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
