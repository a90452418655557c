"""The repository of a point: key, index files, packs. Written from docs/format/repository.md alone, as named.

It makes no lease, so nobody may clean up meanwhile, and takes none for dead.
"""
import hashlib, hmac, json, os, re, uuid, zlib
from collections import defaultdict, namedtuple
from pathlib import Path
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from reader_keys import read_key
from reader_records import AS_IT_IS, CHUNK, ZEROS, RecordHeader, read_record, record_size
from reader_volumes import ENCRYPTED, MIB, PACK, REPOSITORY, Image, Refused, crc_matches, declare, parse, parse_list
from reader_volumes import read_header, require

IndexHeader = declare("IndexHeader", "8s16s24xIIQQI4x", "magic repository_id packs pack_pages entries pages directory")
PackEntry = declare("PackEntry", "16sI4xQ", "stream number size")
PlaceEntry = declare("PlaceEntry", "32sIIIB3x", "id pack place stored codec")
FirstId = declare("FirstId", "6s", "id")
# `places` are lists of (path of a pack, PlaceEntry), by id; `skipped` says what a scan could not read.
Repository = namedtuple("Repository", "folder header key id_key places skipped")
CHUNK_SIZE, PACK_SIZE, PAGE = MIB // 4, 128 * MIB, 4096


def open_repository(point, header, password_file, rebuild):
    """ "Layout", and steps 1 and 3 of "How to read a point"."""
    folder = Path(os.path.abspath(point)).parent.parent
    path = folder / "lifeboat.repository"
    require(path.exists(), path, f"is missing, and {point} is of no use without it")
    own = read_header(path, REPOSITORY)
    require((own.number, own.volume_size) == (0, 0), path, "is no repository's")
    require((own.incompatible ^ header.incompatible) & ENCRYPTED == 0, point, "is of another repository")
    require(header.chunk_size == CHUNK_SIZE, point, f"has chunks of {header.chunk_size} bytes")
    key = read_key(path, own, password_file)
    id_key = key and HKDF(SHA256(), 32, own.image_id, b"lifeboat chunk ids 1").derive(key)
    repository = Repository(folder, own, key, id_key, defaultdict(list), [])
    for where, place in scan_packs(repository) if rebuild else read_index_files(repository):
        repository.places[place.id].append((where, place))
    return repository


def chunk_id(repository, sha256):
    """ "Chunk ids"."""
    return hmac.digest(repository.id_key, sha256, "sha256") if repository.key else sha256


def read_index_files(repository):
    """Step 3. What is condemned may be read as long as it is there."""
    for name in ("index", "condemned"):
        for path in sorted((repository.folder / name).glob("*.lbx")):
            yield from read_index_file(repository, path)


def read_index_file(repository, path):
    """ "Index file": its chunks, each with the path of its pack."""
    data = path.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    require(pages, path, "is empty")
    for number, page in enumerate(pages):
        whole = len(page) == PAGE and zlib.crc32(page[:-4]) == int.from_bytes(page[-4:], "little")
        require(whole, path, f"page {number} is damaged")
    header = parse(IndexHeader, pages[0])
    require(header.magic == b"LBINDEX1", path, "is no index file")
    require(header.repository_id == repository.header.image_id, path, "is of another repository")
    packs = read_list(path, PackEntry, header.packs, pages[1:], header.pack_pages)
    entries = read_list(path, PlaceEntry, header.entries, pages[1 + header.pack_pages :], header.pages)
    ids = [entry.id for entry in entries]
    require(ids == sorted(ids) and all(entry.pack < header.packs for entry in entries), path, "is out of order")
    check_directory(path, header, pages[1 + header.pack_pages + header.pages :], ids)
    for entry in entries:
        yield pack_path(repository, packs[entry.pack].stream, packs[entry.pack].number), entry


def read_list(path, kind, count, pages, length):
    """The `count` entries of `length` pages; all but the last page are full."""
    size = kind.layout.size
    each = (PAGE - 4) // size
    require(length == -(-count // each) <= len(pages), path, "has another number of pages than it should")
    full = b"".join(page[: each * size] for page in pages[:length])
    return parse_list(kind, full[: count * size])


def check_directory(path, header, pages, ids):
    """The first bytes of the id of the first chunk of each page."""
    starts = [start.id for start in read_list(path, FirstId, header.pages, pages, header.directory)]
    require(starts == [first[:6] for first in ids[::85]], path, "its directory does not fit its chunks")
    require(len(pages) == header.directory, path, "has another number of pages than it should")


def pack_path(repository, stream, number):
    """ "Packs"."""
    name = f"chunks.lbp.{number + 1:03}" if number else "chunks.lbp"
    return repository.folder / "packs" / str(uuid.UUID(bytes=stream)) / name


def open_pack(repository, path):
    require(path.exists(), path, "is missing")
    header = read_header(path, PACK)
    require((header.incompatible ^ repository.header.incompatible) & ENCRYPTED == 0, path, "is of another repository")
    require(path == pack_path(repository, header.image_id, header.number), path, "is another pack than it should be")
    require((header.chunk_size, header.volume_size) == (CHUNK_SIZE, PACK_SIZE), path, "has other sizes than a pack")
    require(path.stat().st_size <= PACK_SIZE, path, "is larger than a pack")
    # Of a pack, addresses are bytes of its file.
    return Image([path], header._replace(volume_size=0), None, repository.key, repository.header.image_id)


def check_place(entry):
    """ "Points": what stands in the index pages in place of a chunk's place."""
    return (entry.offset, entry.stored) == (0, 0) and entry.codec in (AS_IT_IS, ZEROS)


def read_from_packs(image, entry, window):
    """Step 4: the plain payload of a chunk, from any of its places that holds it."""
    if entry.codec == ZEROS:
        zeros = bytes(entry.raw)
        require(hashlib.sha256(zeros).digest() == entry.sha256, image.volumes[0], "has zeros that are none")
        return zeros
    repository, refusals = image.repository, []
    for path, place in repository.places.get(chunk_id(repository, entry.sha256), []):
        try:
            return read_place(open_pack(repository, path), place, entry)
        except Refused as refused:
            refusals.append(str(refused))
    words = [f"chunk {window.number} of region {window.region} is lost", *refusals, *repository.skipped]
    require(False, image.volumes[0], "; ".join(words))


def read_place(pack, place, entry):
    at = place.place * 16
    header, plain = read_record(pack, CHUNK, at, record_size(pack, place.stored))
    fields = (header.region, header.number, header.codec, header.stored, header.raw, header.sha256)
    agreed = (0, 0, place.codec, place.stored, entry.raw, entry.sha256)
    require(fields == agreed, pack.volumes[0], f"the chunk at byte {at} is another one than it should be")
    return plain


def scan_packs(repository):
    """ "How to rebuild the index"."""
    for lease in (repository.folder / "leases").glob("*.json"):
        require(json.loads(lease.read_text())["kind"] != "capture", lease, "a capture is at work")
    jobs = (repository.folder / "points").glob("*.job")
    unfinished = {json.loads(job.read_text())["imageId"] for job in jobs}
    for path in sorted((repository.folder / "packs").glob("*/chunks.lbp*")):
        if re.fullmatch(r"chunks\.lbp(\.[0-9]{3,})?", path.name) and path.parent.name not in unfinished:
            try:
                yield from scan_pack(repository, open_pack(repository, path))
            except Refused as refused:
                repository.skipped.append(str(refused))


def scan_pack(repository, pack):
    """ "How to rebuild the index by a forward scan" of image.md."""
    path, at = pack.volumes[0], 4096
    data = path.read_bytes()
    while at + 64 <= len(data):
        header = parse(RecordHeader, data[at : at + 64])
        size = 64 + -(-header.stored // 16) * 16
        if header.magic != b"LBRC" or not crc_matches(data[at : at + 64], 28) or at + size > len(data):
            at += 16
            continue
        try:
            chunk, _ = read_record(pack, CHUNK, at, size)
            yield path, PlaceEntry(chunk_id(repository, chunk.sha256), 0, at // 16, chunk.stored, chunk.codec)
        except Refused as refused:
            repository.skipped.append(str(refused))
        at += size
