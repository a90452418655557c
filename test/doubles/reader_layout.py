"""The layout of an image: manifest, extents, chunks. Written from docs/format/image.md alone, as named."""
import itertools, json, uuid
from collections import namedtuple
from reader_records import BAD_EXTENTS, EXTENTS, read_record, record_size
from reader_volumes import Refused, declare, parse_list, require

Extent = declare("Extent", "QQ", "start length")
Region = namedtuple("Region", "start size used extents")
Window = namedtuple("Window", "region number runs")


def read_entry(image, entry, kind=None):
    """Step 4: the payload of a record that the catalogue names; of a page, its list of entries."""
    header, plain = read_record(image, entry.type, entry.offset, record_size(image, entry.stored))
    size = kind.layout.size if kind else len(plain)
    fields = (header.region, header.number, header.raw, header.stored, header.sha256, entry.count * size)
    agreed = (entry.region, entry.number, entry.raw, entry.stored, entry.sha256, len(plain))
    require(fields == agreed and plain, image.volumes[0], f"the record at {entry.offset} is not the catalogue's")
    return parse_list(kind, plain) if kind else plain


def read_layout(image, catalogue):
    """Step 4: the disk's size, its regions with their extents, and the number of bad bytes."""
    where = f"{image.volumes[0]}: manifest"
    try:
        manifest = json.loads(read_entry(image, catalogue[0]).decode())
        require(manifest["format"] == 2, where, "is of another format")
        require(manifest["imageId"] == str(uuid.UUID(bytes=image.header.image_id)), where, "is of another image")
        size = manifest["disk"]["size"]
        regions = [Region(r["start"], r["size"], r["usedBytes"], []) for r in manifest["regions"]]
        numbers = [size, *(value for region in regions for value in region[:3])]
        require(all(type(value) is int for value in numbers), where, "has a place or size that is no number")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"{where}: is not understood ({error!r})") from None
    check_extents([Extent(r.start, r.size) for r in regions], size, where, touching=True)
    bad = Region(0, size, 0, [])
    for entry in (entry for entry in catalogue if entry.type in (EXTENTS, BAD_EXTENTS)):
        extents = regions[entry.region : entry.region + 1] if entry.type == EXTENTS else [bad]
        require(extents and entry.number == len(extents[0].extents), where, "its extents have a gap")
        extents[0].extents.extend(read_entry(image, entry, Extent))
    for region in [*regions, bad]:
        check_extents(region.extents, region.size, where)
        require(all(extent.start % 512 == 0 for extent in region.extents), where, "has an extent amid a sector")
        require(region is bad or region.used == sum(e.length for e in region.extents), where, "lacks extents")
    return size, regions, sum(extent.length for extent in bad.extents)


def check_extents(extents, size, where, touching=False):
    """In order, not empty, not overlapping, and within `size` bytes."""
    end = 0 if touching else -1
    for extent in extents:
        behind = extent.start >= end if touching else extent.start > end
        require(behind and extent.length > 0, where, "has extents or regions that overlap or are out of order")
        end = extent.start + extent.length
    require(end <= size, where, "has an extent or region behind the end")


def windows(regions, size):
    """ "Chunks": each window of `size` bytes that has runs, and these as places on the disk, in the order of chunks."""
    for number, region in enumerate(regions):
        for window, runs in itertools.groupby(cut(region, size), lambda run: run.start // size):
            yield Window(number, window, [Extent(region.start + run.start, run.length) for run in runs])


def cut(region, size):
    for start, length in region.extents:
        end = start + length
        while start < end:
            stop = min(end, (start // size + 1) * size)
            yield Extent(start, stop - start)
            start = stop
