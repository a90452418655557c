import type { Entry } from "#imaging/explore/entry.ts";
import { listPlace } from "#imaging/explore/list-place.ts";
import { volumeOfPath } from "#imaging/explore/volume-of-path.ts";
import { hear } from "#imaging/words/hear.ts";
import type { ImageEntry, ImageFolder, ImageVolume } from "#rescue/api/explore-contract.ts";
import type { Explorations } from "#rescue/explore/explorations.ts";

/** More than anybody scrolls through; a search finds the others. */
const MOST_ENTRIES = 2000;

/** @throws what Explorations throw */
export const volumesOfImage = (explorations: Explorations, imageId: string): Promise<ImageVolume[]> =>
  explorations.use(imageId, async ({ volumes }) =>
    volumes.map(({ name, partition, file, filesystem, ...rest }) => ({
      ...{ name, partition, size: file.size, isShown: rest.shown, isLocked: rest.isLocked },
      ...(filesystem && { filesystem: filesystem.type }),
      ...(filesystem?.label && { label: filesystem.label }),
      ...(!rest.shown && { reason: hear(rest.reason) }),
    })),
  );

/** Folders first, both in the order of names. @throws what listPlace throws */
export const folderOfImage = (explorations: Explorations, imageId: string, path: string): Promise<ImageFolder> =>
  explorations.use(imageId, async (exploration) => {
    if (volumeOfPath(path) === undefined) return { entries: [], more: 0 };
    const found = (await listPlace(exploration, `${path}/`)).map(describeEntry);
    const sorted = [...found.filter(({ kind }) => kind === "folder"), ...found.filter(({ kind }) => kind !== "folder")];
    return { entries: sorted.slice(0, MOST_ENTRIES), more: Math.max(0, sorted.length - MOST_ENTRIES) };
  });

const describeEntry = ({ path, type, size, modified }: Entry): ImageEntry => ({
  ...{ name: path, size, modified },
  kind: type === "file" || type === "folder" || type === "link" ? type : "other",
});
