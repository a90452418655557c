import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Image } from "#imaging/image/image-reader.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import { reasonOf } from "#rescue/api/problem.ts";

export type ReadManifest = (path: string) => Promise<Pick<Image, "fileSize" | "rootHash" | "manifest">>;

/** Where an image file was found. */
export interface Finding {
  readonly path: string;
  readonly diskId: string;
  readonly place: string;
}

/** A file that cannot be read as an image is in the list too, with the reason: its owner looks for it there. */
export async function describeImage(finding: Finding, readManifest: ReadManifest): Promise<FoundImage> {
  const { path, diskId, place } = finding;
  const { size } = await stat(path);
  const known = { id: imageId(path), path, fileName: basename(path), fileSize: size, diskId, place };
  try {
    const { manifest, rootHash } = await readManifest(path);
    return { ...known, manifest, rootHash };
  } catch (error) {
    return { ...known, problem: reasonOf(error) };
  }
}

/** Fit for a path of the API. The mount folder bears the volume's name, so the path names the place for good. */
const imageId = (path: string): string => hash("sha256", path).slice(0, 24);
