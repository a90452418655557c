import { type CatalogueEntry, RECORD } from "#imaging/image/format.ts";
import { Manifest } from "#imaging/image/manifest.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import type { RecordFile } from "#imaging/image/record-file.ts";

/** Far more than any disk has. Each is copied when it is parsed, and a file of some hundred bytes can hold two million. */
const MOST_MANIFEST_VALUES = 100_000;

function hasAtMost(json: unknown, most: number): boolean {
  const open = [json];
  let seen = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const inside = typeof value === "object" && value !== null ? Object.values(value) : [];
    seen += inside.length;
    if (seen > most) return false;
    for (const next of inside) if (typeof next === "object") open.push(next);
  }
  return true;
}

/** @throws IMAGE_DAMAGED, READ_FAILED */
export async function readManifestRecord(file: RecordFile, catalogue: readonly CatalogueEntry[]): Promise<Manifest> {
  const entry = catalogue.find((e) => e.type === RECORD.manifest);
  if (!entry) throw file.damaged("the catalogue", 0, "it does not name one manifest");
  const fail = (problem: string) => file.damaged("the manifest", entry.offset, problem);
  const plain = await file.readPage(entry, "the manifest", MOST_BYTES.manifest);
  return checkManifest(plain, fail);
}

/** What a manifest must be that somebody else wrote. @param fail makes the error that is thrown */
export function checkManifest(text: Uint8Array, fail: (problem: string) => Error): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text).toString("utf8"));
  } catch (error) {
    throw fail((error as Error).message);
  }
  if (!hasAtMost(json, MOST_MANIFEST_VALUES)) throw fail("it has too many values");
  const checked = Manifest.safeParse(json);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw fail(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  let end = 0;
  for (const { label, start, size } of checked.data.regions) {
    if (start < end || start + size > checked.data.disk.size)
      throw fail(`${label} overlaps its neighbour or leaves the disk`);
    end = start + size;
  }
  return checked.data;
}
