"""Reads and writes anywhere in a file or on a disk, by every way that the kernel has, and holds it against one array.

random-writes.py PATH BYTES FROM SEED COUNT MODEL: offsets lie within 128 KiB of one of the places in FROM (a,b,c). At
the end MODEL holds what must be there. Ends with 1 and says where, when something else is read than was written.
"""

import mmap
import os
import random
import sys

path, size, places, seed, count, model_path = sys.argv[1:]
size = int(size)
centres = [int(place) for place in places.split(",")]
dice = random.Random(int(seed))
PAGE = 4096
NEAR = 128 * 1024


def read_all():
    with open(path, "rb") as file:
        return bytearray(file.read(size))


def place(grain):
    offset = min(max(0, dice.choice(centres) + dice.randint(-NEAR, NEAR)), size - PAGE) // grain * grain
    length = dice.choice([1, 100, 512, PAGE, 3 * PAGE + 5, 60 * PAGE])
    length = max(grain, length // grain * grain)
    return offset, min(length, (size - offset) // grain * grain)


def aligned(length):
    return mmap.mmap(-1, max(PAGE, length))


model = read_all()
assert len(model) == size, len(model)


def check(how, offset, found):
    wanted = model[offset : offset + len(found)]
    if found != wanted:
        at = next(i for i in range(len(found)) if found[i] != wanted[i])
        sys.exit(f"{how}: byte {offset + at} is another one than was written")


def opened():
    buffered = os.open(path, os.O_RDWR)
    return buffered, os.open(path, os.O_RDWR | os.O_DIRECT), mmap.mmap(buffered, size)


buffered, direct, shared = opened()
for step in range(int(count)):
    kind = dice.choice(["write", "direct write", "map", "read", "direct read", "map read", "sync", "reopen"])
    grain = 512 if kind.startswith("direct") else 1
    offset, length = place(grain)
    data = dice.randbytes(length)
    if "write" in kind or kind == "map":
        model[offset : offset + length] = data
    if kind == "write":
        assert os.pwrite(buffered, data, offset) == length
    elif kind == "direct write":
        room = aligned(length)
        room[:length] = data
        assert os.pwrite(direct, memoryview(room)[:length], offset) == length
    elif kind == "map":
        shared[offset : offset + length] = data
    elif kind == "read":
        check(kind, offset, os.pread(buffered, length, offset))
    elif kind == "direct read":
        room = aligned(length)
        assert os.preadv(direct, [memoryview(room)[:length]], offset) == length
        check(kind, offset, room[:length])
    elif kind == "map read":
        check(kind, offset, shared[offset : offset + length])
    elif kind == "sync":
        os.fsync(buffered)
    elif dice.random() < 0.2:
        shared.close()
        os.close(buffered)
        os.close(direct)
        buffered, direct, shared = opened()

shared.close()
os.fsync(buffered)
check("in the end", 0, read_all())
with open(model_path, "wb") as file:
    file.write(model)
