"""Restores an image or a point into a new raw disk file. Written, with the modules beside it, from docs/format/ alone.

Usage: reader.py IMAGE TARGET [--password-file FILE] [--rebuild]
With --rebuild the chunks of a point are found by reading all packs, and not by the index files.
Ends with 1 and one line that names the file where it refuses something; then there is no TARGET.
The functions are the steps of "How to read an image" in docs/format/image.md, but where another page is named.
"""
import argparse, hashlib, itertools, os, sys
from reader_keys import read_key
from reader_layout import read_entry, read_layout, windows
from reader_records import BAD_EXTENTS, CATALOGUE, CHUNK, EXTENTS, INDEX, MANIFEST, place, read_record, record_size
from reader_repository import check_place, open_repository, read_from_packs
from reader_volumes import IMAGE, POINT, Image, Refused, declare, find_volumes, parse_list, read_footer, read_header
from reader_volumes import require

CatalogueEntry = declare("CatalogueEntry", "B3xIIIQ32sII", "type region number count offset sha256 raw stored")
IndexEntry = declare("IndexEntry", "IB3xIIQ32s", "number codec raw stored offset sha256")


def open_image(path, password_file, rebuild):
    """Steps 1 and 2."""
    header, repository = read_header(path, IMAGE, POINT), None
    if header.incompatible & POINT:
        repository = open_repository(path, header, password_file, rebuild)
        key, owner = repository.key, repository.header.image_id
    else:
        require(not rebuild, path, "is no point of a repository")
        key, owner = read_key(path, header, password_file), header.image_id
    volumes = find_volumes(path, header)
    return Image(volumes, header, read_footer(volumes, header), key, owner, repository)


def read_catalogue(image):
    """Step 3, and the order of the entries."""
    footer, last, where = image.footer, len(image.volumes) - 1, f"{image.volumes[-1]}: catalogue"
    size = last * image.header.volume_size + footer.file_size - 128 - footer.catalogue
    header, plain = read_record(image, CATALOGUE, footer.catalogue, size)
    require((header.region, header.number) == (0, 0), where, "is another record than it should be")
    require(hashlib.sha256(plain).digest() == footer.root_hash, where, "does not match the root hash")
    require(len(plain) % CatalogueEntry.layout.size == 0, where, "has half an entry")
    entries = parse_list(CatalogueEntry, plain)
    order = [(entry.type, entry.region, entry.number) for entry in entries]
    known = all(kind == EXTENTS or kind in (MANIFEST, INDEX, BAD_EXTENTS) and region == 0 for kind, region, _ in order)
    manifests = [keys for keys in order if keys[0] == MANIFEST]
    require(known and manifests == [(MANIFEST, 0, 0)], where, "has other entries than it should")
    require(order == sorted(set(order)), where, "has entries out of order")
    return entries


def segments(image, catalogue, regions):
    """Step 5: for each index page, its catalogue entry and its list of windows with their index entries."""
    remaining, done, raw = windows(regions, image.header.chunk_size), 0, 0
    for page in (entry for entry in catalogue if entry.type == INDEX):
        where = f"{image.volumes[0]}: index page at address {page.offset}"
        require(page.number == done, where, "does not go on where the one before ended")
        chunks = list(zip(read_entry(image, page, IndexEntry), itertools.islice(remaining, page.count)))
        require(len(chunks) == page.count, where, "has more entries than there are chunks")
        for entry, window in chunks:
            length = sum(run.length for run in window.runs)
            require((entry.number, entry.raw) == (window.number, length), where, "does not fit the extents")
            require(not image.repository or check_place(entry), where, "has a place, which a point's chunk has not")
        require(sum(len(window.runs) for _, window in chunks) <= 262144, where, "has too many runs")
        done, raw = done + len(chunks), raw + sum(entry.raw for entry, _ in chunks)
        yield page, chunks
    require(next(remaining, None) is None, image.volumes[0], "the index lacks chunks")
    require((done, raw) == (image.footer.chunks, image.footer.raw_bytes), image.volumes[-1], "footer counts otherwise")


def check_order(image, catalogue, regions):
    """Step 6, with the checks of step 5: nothing is written before."""
    pages = segments(image, catalogue, regions)
    end = 4096 * 3 if image.key and not image.repository else 4096
    for entry in catalogue:
        if entry.type == INDEX:
            _, chunks = next(pages)
            here = [] if image.repository else [chunk for chunk, _ in chunks]
            for chunk in sorted(here, key=lambda chunk: chunk.offset):
                end = follow(image, end, chunk.offset, record_size(image, chunk.stored))
        end = follow(image, end, entry.offset, record_size(image, entry.stored))
    require(next(pages, None) is None, image.volumes[0], "the index has more pages than it should")
    size = (len(image.volumes) - 1) * image.header.volume_size + image.footer.file_size - image.footer.catalogue
    follow(image, end, image.footer.catalogue, size)


def follow(image, end, address, size):
    """Step 6: a record stands where the one before ended, or begins a volume as it did not fit. Returns its end."""
    path, _ = place(image, address, size)
    if address != end:
        limit = image.header.volume_size or 1 << 63
        number = (end - 1) // limit
        begins = address == (number + 1) * limit + 4096 and end + size > (number + 1) * limit
        whole = begins and os.path.getsize(image.volumes[number]) == end - number * limit
        require(whole, path, f"the record at address {address} does not follow the one before")
    return address + size


def restore(image, catalogue, regions, size, target):
    """Step 7 for all chunks. The file gets its name when it is whole, and never replaces another one."""
    partial = f"{target}.partial"
    require(not os.path.lexists(target), target, "exists already")
    with open(partial, "xb") as file:
        try:
            file.truncate(size)
            for _, chunks in segments(image, catalogue, regions):
                for entry, window in chunks:
                    write_runs(file, window.runs, read_chunk(image, entry, window))
            file.flush()
            os.link(partial, target)
        finally:
            os.unlink(partial)


def write_runs(file, runs, plain):
    for start, length in runs:
        file.seek(start)
        file.write(plain[:length])
        plain = plain[length:]


def read_chunk(image, entry, window):
    if image.repository:
        return read_from_packs(image, entry, window)
    header, plain = read_record(image, CHUNK, entry.offset, record_size(image, entry.stored))
    fields = (header.region, header.number, header.codec, header.raw, header.stored, header.sha256)
    agreed = (window.region, entry.number, entry.codec, entry.raw, entry.stored, entry.sha256)
    require(fields == agreed, image.volumes[0], f"the chunk at address {entry.offset} is not the index's")
    return plain


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("image")
    parser.add_argument("target")
    parser.add_argument("--password-file")
    parser.add_argument("--rebuild", action="store_true")
    options = parser.parse_args()
    image = open_image(options.image, options.password_file, options.rebuild)
    catalogue = read_catalogue(image)
    size, regions, bad = read_layout(image, catalogue)
    check_order(image, catalogue, regions)
    if bad:
        print(f"{options.image}: {bad} bytes could not be read when it was made; they are zeros", file=sys.stderr)
    restore(image, catalogue, regions, size, options.target)


if __name__ == "__main__":
    try:
        main()
    except (Refused, OSError) as error:
        sys.exit(str(error))
