"""Volumes of an image: their headers, and the footer. Written from docs/format/image.md alone, as named."""
import os, re, struct, zlib
from collections import namedtuple

MIB = 1 << 20
ENCRYPTED, POINT, PACK, REPOSITORY = 1, 2, 4, 8
IMAGE = 0


def declare(name, layout, fields):
    """A structure of the file: the fields that a reader needs, and where they are ("Terminology": little-endian)."""
    kind = namedtuple(name, fields)
    kind.layout = struct.Struct("<" + layout)
    return kind


FileHeader = declare(
    "FileHeader", "8sH10xI16s8xIIQ92xI", "magic version incompatible image_id chunk_size number volume_size crc"
)
Footer = declare(
    "Footer", "8s16sQQQQ32sI32xI", "magic image_id file_size catalogue raw_bytes chunks root_hash volumes crc"
)
# `owner` is the additional data of sealed records; `repository` has the chunks of a point.
Image = namedtuple("Image", "volumes header footer key owner repository", defaults=[None])


class Refused(Exception):
    """One line: the file, and what is wrong with it."""


def require(fact, where, words):
    if not fact:
        raise Refused(f"{where}: {words}")


def parse(kind, data):
    return kind(*kind.layout.unpack_from(data))


def parse_list(kind, data):
    return [kind(*values) for values in kind.layout.iter_unpack(data)]


def crc_matches(data, at):
    """A CRC-32 that stands among the bytes it covers, taken as zero there."""
    return zlib.crc32(data[:at] + bytes(4) + data[at + 4 :]) == int.from_bytes(data[at : at + 4], "little")


def read_at(path, at, length):
    with open(path, "rb") as file:
        file.seek(at)
        data = file.read(length)
    require(len(data) == length, path, f"ends before byte {at + length}")
    return data


def read_header(path, *kinds):
    """ "File header": the checks in their order; the file must be of one of `kinds`."""
    data = read_at(path, 0, 4096)
    header = parse(FileHeader, data)
    require(header.magic == b"LIFEBOAT", path, "is no image")
    require(crc_matches(data, 156), path, "its file header is damaged")
    require(header.version == 2, path, f"has version {header.version}, not 2")
    require(header.incompatible < 2 * REPOSITORY, path, "needs a feature that this reader does not know")
    require(header.incompatible & ~ENCRYPTED in kinds, path, "is a file of another kind than it should be")
    require(header.chunk_size in (MIB, MIB // 4), path, f"has chunks of {header.chunk_size} bytes")
    size = header.volume_size
    require(size == 0 or (size >= 16 * MIB and size % 4096 == 0), path, f"has volumes of {size} bytes")
    return header


def find_volumes(path, first):
    """ "Volumes of a split image": the paths of all files, their headers and sizes checked."""
    require(first.number == 0, path, "is not the first volume")
    volumes = [path]
    for number in range(2, last_number(path) + 1 if first.volume_size else 2):
        volumes.append(f"{path}.{number:03}")
        require(os.path.exists(volumes[-1]), volumes[-1], "is missing")
        header = read_header(volumes[-1], first.incompatible & ~ENCRYPTED)._replace(crc=first.crc)
        require(header == first._replace(number=number - 1), volumes[-1], "is not this volume of this image")
    for volume in volumes if first.volume_size else []:
        require(os.path.getsize(volume) <= first.volume_size, volume, "is larger than its image allows")
    return volumes


def last_number(path):
    """The highest number that a name counts, from 1; only a name that is written exactly so does."""
    folder, name = os.path.split(path)
    numbers = (re.fullmatch(re.escape(name) + r"\.([0-9]{3,})", other) for other in os.listdir(folder or "."))
    return max([1, *(int(match[1]) for match in numbers if match and match[0] == f"{name}.{int(match[1]):03}")])


def read_footer(volumes, first):
    """ "How to read an image", step 2."""
    last, size = volumes[-1], os.path.getsize(volumes[-1])
    data = read_at(last, max(0, size - 128), 128)
    footer = parse(Footer, data)
    later = f", or {volumes[0]}.{len(volumes) + 1:03} is missing" if first.volume_size else ""
    require(footer.magic == b"LBFOOTER", last, f"has no footer: it is not complete{later}")
    require(crc_matches(data, 124), last, "its footer is damaged")
    claims = (footer.file_size, footer.image_id, footer.volumes)
    require(claims == (size, first.image_id, len(volumes)), last, "its footer is of another file")
    return footer
