import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { asDetail } from "#base/sentence.ts";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import type { ShownVolume } from "#imaging/explore/mount-volume.ts";
import { walk } from "#imaging/explore/walk.ts";
import { hear } from "#imaging/words/hear.ts";

/** A place in an image, as the user names it: `/2-ext4-root/etc/fstab`. */
export interface Place {
  readonly volume: ShownVolume;
  /** Where it is on this machine. */
  readonly path: string;
  /** With the volume's name in front, links on the way followed. */
  readonly name: string;
}

/** As of Linux (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * @param follow also the last part when it is a link; it is always when a slash stands behind it
 * @returns undefined for the root, where the volumes are. @throws NOT_FOUND, VOLUME_NOT_SHOWN
 */
export async function resolvePlace(
  exploration: Exploration,
  wanted: string,
  follow = wanted.endsWith("/"),
): Promise<Place | undefined> {
  const [name, ...rest] = wanted.split("/").filter((part) => part !== "" && part !== ".");
  if (name === undefined) return undefined;
  const volume = exploration.volumes.find((candidate) => candidate.name === name);
  if (!volume) throw new LifeboatError("NOT_FOUND", { what: `the volume ${name}` });
  if (!volume.shown) {
    const { reason } = volume;
    throw new LifeboatError("VOLUME_NOT_SHOWN", { volume: name, reason }, asDetail("reason", hear(reason)));
  }
  const root = join(exploration.folder, name);
  const found = await resolveInside(root, rest, { wanted, follow });
  return { volume, path: join(root, ...found), name: `/${[name, ...found].join("/")}` };
}

interface Wish {
  readonly wanted: string;
  readonly follow: boolean;
}

/**
 * Follows symbolic links on the way as if the volume were the machine's root: an absolute link
 * of the image's system must not lead into the files of this one.
 */
async function resolveInside(root: string, parts: readonly string[], { wanted, follow }: Wish): Promise<string[]> {
  const left = [...parts];
  const done: string[] = [];
  let links = 0;
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      done.pop();
      continue;
    }
    const target = await lookAt(join(root, ...done, part), wanted);
    if (target === undefined || (left.length === 0 && !follow)) {
      done.push(part);
      continue;
    }
    if (++links > MOST_LINKS) throw new LifeboatError("NOT_FOUND", { what: `${wanted} (its links go round)` });
    if (target.startsWith("/")) done.length = 0;
    left.unshift(...target.split("/"));
  }
  return done;
}

/** @returns the target of a symbolic link. @throws NOT_FOUND */
async function lookAt(path: string, wanted: string): Promise<string | undefined> {
  let complaint = "";
  const onComplaint = (line: string) => {
    complaint ||= line;
  };
  for await (const { type, target } of walk([path], { depth: 0, onComplaint }))
    return type === "link" ? target : undefined;
  const isDamaged = /Input\/output error|needs cleaning/.test(complaint);
  throw new LifeboatError("NOT_FOUND", { what: isDamaged ? `${wanted} (the image is damaged there)` : wanted });
}
