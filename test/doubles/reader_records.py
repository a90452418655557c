"""Records of an image: found, opened, checked and expanded. Written from docs/format/image.md alone, as named."""
import hashlib, io, os, zlib
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from reader_volumes import MIB, Refused, crc_matches, declare, parse, read_at, require

MANIFEST, EXTENTS, CHUNK, INDEX, CATALOGUE, BAD_EXTENTS, SEALED = range(1, 8)
LIMITS = {MANIFEST: 4 * MIB, EXTENTS: 262144, CHUNK: MIB, INDEX: 229376, CATALOGUE: 16 * MIB, BAD_EXTENTS: 262144}
AS_IT_IS, FRAME, ZEROS = range(3)
RecordHeader = declare(
    "RecordHeader", "4sBB2x6I32s", "magic type codec region number raw stored payload_crc crc sha256"
)


def record_size(image, stored):
    """ "Records": the bytes that a record takes in the file, by the stored length of the plain one."""
    return (128 if image.key else 64) + -(-stored // 16) * 16


def place(image, address, size):
    """ "Volumes of a split image": the file and its byte at an address, where `size` bytes must stand."""
    number, at = divmod(address, image.header.volume_size or 1 << 63)
    inside = size >= 64 and number < len(image.volumes) and at + size <= os.path.getsize(image.volumes[number])
    require(inside and address % 16 == 0, image.volumes[0], f"has no record at address {address}")
    return image.volumes[number], at


def read_record(image, kind, address, size):
    """ "Verification": the header and the plain payload of the record of `size` bytes at an address."""
    path, at = place(image, address, size)
    where = f"{path}: {kind_name(kind)} at byte {at}"
    require(size <= record_size(image, LIMITS[kind]), where, "is longer than it can be")
    data = read_at(path, at, size)
    header, stored = parse_record(unseal(image, data, where) if image.key else data, where)
    require(header.type == kind and header.raw <= LIMITS[kind], where, "is another record than it should be")
    plain = expand(header, stored, where)
    require(hashlib.sha256(plain).digest() == header.sha256, where, "its content does not match its SHA-256")
    return header, plain


def kind_name(kind):
    return ["", "manifest", "extents page", "chunk", "index page", "catalogue", "bad extents page"][kind]


def parse_record(data, where):
    """ "Records": header and stored payload of the one record that all of `data` must be."""
    header = parse(RecordHeader, data)
    require(header.magic == b"LBRC" and crc_matches(data[:64], 28), where, "its header is damaged")
    require(64 + -(-header.stored // 16) * 16 == len(data), where, "has another length than it should")
    require(zlib.crc32(data[64:]) == header.payload_crc, where, "its payload is damaged")
    return header, data[64 : 64 + header.stored]


def unseal(image, data, where):
    """ "Sealed records": the plain record inside."""
    header, payload = parse_record(data, where)
    fields = (header.type, header.codec, header.region, header.number, header.raw)
    require(fields == (SEALED, AS_IT_IS, 0, 0, header.stored) and header.stored >= 64, where, "is not sealed")
    nonce, tag = header.sha256[:12], header.sha256[12:28]
    try:
        return AESGCM(image.key).decrypt(nonce, payload + tag, image.owner)
    except InvalidTag:
        raise Refused(f"{where}: its tag does not match") from None


def expand(header, stored, where):
    """ "Records": the plain payload, of `raw` bytes and no more."""
    if header.codec == ZEROS and header.type == CHUNK and not stored:
        return bytes(header.raw)
    require(header.codec in (AS_IT_IS, FRAME), where, f"has codec {header.codec}")
    try:
        frame = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(stored))
        plain = stored if header.codec == AS_IT_IS else frame.read(header.raw + 1)
    except zstandard.ZstdError as error:
        raise Refused(f"{where}: {error}") from None
    require(len(plain) == header.raw, where, "does not expand to its length")
    return plain
