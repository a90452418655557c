import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Reason } from "#base/http/contract.ts";
import { reasonOf } from "#base/http/problem.ts";
import type { Said } from "#base/sentence.ts";
import type { ImageSummary, OpenImageOptions } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { volumePath, volumesBeside } from "#imaging/image/volumes.ts";
import { hear } from "#imaging/words/hear.ts";
import type { FoundImage } from "#rescue/api/contract.ts";

export type ReadManifest = (
  path: string,
  options: Pick<OpenImageOptions, "unlock">,
) => Promise<Pick<ImageSummary, "fileSize" | "volumes" | "encrypted" | "rootHash" | "manifest">>;

/** What is used of the engine to look into an image. */
export interface ImageLook {
  readonly readManifest: ReadManifest;
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
}

/** Where an image was found: the name of its first volume. */
export interface Finding {
  readonly path: string;
  readonly diskId: string;
  readonly place: string;
  readonly placeSaid?: Said | undefined;
}

/** A file that cannot be read as an image is in the list too, with the reason: its owner looks for it there. */
export async function describeImage(finding: Finding, { readManifest, unlock }: ImageLook): Promise<FoundImage> {
  const { path, diskId, place, placeSaid } = finding;
  const { bytes, volumes, isFirstThere } = await measure(path);
  const where = { path, fileName: basename(path), diskId, place, placeSaid };
  const known = { id: imageId(path), ...where, fileSize: bytes, volumes };
  try {
    if (!isFirstThere) throw firstVolumeMissing(path);
    const summary = await readManifest(path, { unlock });
    const { fileSize, manifest, rootHash, encrypted } = summary;
    const protection = encrypted ? "unlocked" : "none";
    return { ...known, fileSize, volumes: summary.volumes, protection, manifest, heard: heardIn(manifest), rootHash };
  } catch (error) {
    if (isLifeboatError(error, "IMAGE_LOCKED")) return { ...known, protection: "locked" };
    return { ...known, protection: "none", problem: named(reasonOf(error), dirname(path)) };
  }
}

/** What an image says of itself is kept in English. */
function heardIn({ warnings = [], regions }: Manifest): FoundImage["heard"] {
  const heard = [...warnings, ...regions.map(({ label }) => label)].map(hear);
  return Object.fromEntries(heard.flatMap(({ text, said }) => (said ? [[text, said]] : [])));
}

async function measure(path: string): Promise<{ bytes: number; volumes: number; isFirstThere: boolean }> {
  const others = (await volumesBeside(path)).map((volume) => volumePath(path, volume));
  const sizes = await Promise.all([path, ...others].map((file) => stat(file).catch(() => undefined)));
  const there = sizes.filter((size) => size !== undefined);
  const bytes = there.reduce((sum, { size }) => sum + size, 0);
  return { bytes, volumes: Math.max(1, there.length), isFirstThere: sizes[0] !== undefined };
}

const firstVolumeMissing = (path: string) =>
  new LifeboatError("VOLUME_MISSING", { file: path, volume: 1, missing: path, problem: "there is no such file" });

/** All volumes lie in one folder, which the list names already. */
const named = ({ code, text, details = {} }: Reason, folder: string): Reason => {
  const without = <T>(value: T) => (typeof value === "string" ? value.replaceAll(`${folder}/`, "") : value);
  const named = Object.entries(details).map(([name, value]) => [name, without(value)]);
  return { code, text: without(text), details: Object.fromEntries(named) };
};

/** Fit for a path of the API. The mount folder bears the volume's name, so the path names the place for good. */
const imageId = (path: string): string => hash("sha256", path).slice(0, 24);
