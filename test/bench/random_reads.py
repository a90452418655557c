"""Reads 4 KiB at random places of a file, or of an NBD server's export, one after the other; prints the seconds.

random_reads.py (FILE | nbd:SOCKET) RAW_DISK COUNT SEED
Places are those where the raw disk holds something. What is read is compared with it, outside the measured time.
"""

import os
import random
import socket
import struct
import sys
import time

SIZE = 4096


def places(raw: str, count: int, seed: int) -> dict[int, bytes]:
    chosen = random.Random(seed)
    found: dict[int, bytes] = {}
    disk = os.open(raw, os.O_RDONLY)
    end = os.fstat(disk).st_size // SIZE
    while len(found) < count:
        offset = chosen.randrange(end) * SIZE
        content = os.pread(disk, SIZE, offset)
        if any(content):
            found[offset] = content
    os.close(disk)
    return found


def file_reader(path: str):
    file = os.open(path, os.O_RDONLY)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
    return lambda offset: os.pread(file, SIZE, offset)


def exactly(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(length - len(parts))
        if not part:
            raise EOFError("the NBD server ended")
        parts += part
    return bytes(parts)


def nbd_reader(path: str):
    """NetworkBlockDevice/nbd, doc/proto.md: fixed newstyle negotiation, NBD_OPT_EXPORT_NAME, simple replies."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    if exactly(connection, 18)[:16] != b"NBDMAGICIHAVEOPT":
        raise ValueError("no NBD server")
    connection.sendall(struct.pack(">I8sII", 3, b"IHAVEOPT", 1, 0))
    exactly(connection, 10)

    def read(offset: int) -> bytes:
        connection.sendall(struct.pack(">IHHQQI", 0x25609513, 0, 0, offset, offset, SIZE))
        magic, error, handle = struct.unpack(">IIQ", exactly(connection, 16))
        if (magic, error, handle) != (0x67446698, 0, offset):
            raise OSError(f"NBD error {error} at {offset}")
        return exactly(connection, SIZE)

    return read


def main() -> None:
    source, raw, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    wanted = places(raw, count, seed)
    read = nbd_reader(source.removeprefix("nbd:")) if source.startswith("nbd:") else file_reader(source)
    read(0)
    started = time.monotonic()
    got = [read(offset) for offset in wanted]
    seconds = time.monotonic() - started
    if got != list(wanted.values()):
        raise SystemExit("what was read is not what the disk holds")
    print(f"{seconds:.6f}")


main()
