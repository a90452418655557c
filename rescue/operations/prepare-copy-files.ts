import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { copyFiles } from "#imaging/explore/copy/copy-files.ts";
import { describeCopy } from "#imaging/explore/copy/describe-copy.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import { volumeOfPath } from "#imaging/explore/volume-of-path.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { nameOf } from "#rescue/operations/destinations.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "copy-files" }>;

/** As `lifeboat image cp` does it, into a new folder of the place. @throws NOT_FOUND, IMAGE_LOCKED; what opening the place throws */
export async function prepareCopyFiles(wish: Wish, deps: PrepareDeps): Promise<Prepared> {
  const { imageId, paths, destinationId, folderName } = wish;
  const { images, unlock, destinations } = deps;
  const { fileName, diskId } = await images.open(imageId);
  await using place = await destinations.open(destinationId);
  const { destination } = place;
  const title = `copy of files of ${fileName}`;
  return {
    ...{ kind: "copy-files", title, subject: fileName, busy: `${destination.name} (${title})`, writes: [] },
    reads: [diskId, destination.diskId ?? ""].filter((id) => id !== ""),
    lines: [
      say("copy.plan", { image: fileName }),
      ...paths.map((path) => ({ text: printable(`  ${path}`) })),
      say("copy.into", { folder: folderName, place: nameOf(destination) }),
      ...(destination.free === undefined ? [] : [say("copy.free", { free: destination.free })]),
      say("copy.safe"),
    ],
    confirmation: { level: "none", text: "Nothing is replaced.", words: fileName, id: imageId },
    run: async function* (signal) {
      const { path } = await images.open(imageId);
      await using open = await destinations.open(destinationId);
      const target = join(open.folder, folderName);
      await mkdir(target, { recursive: true });
      const volumes = new Set(paths.map(volumeOfPath));
      const [volume] = volumes.size === 1 ? volumes : [];
      const image = await openImage(path, { unlock });
      await using exploration = await explorePrivately(image, { signal, ...(volume && { volume }) });
      const report = yield* copyFiles(exploration, paths, target, { signal });
      const [first] = [...report.damaged, ...report.failed];
      if (!first) return describeCopy(report);
      throw new LifeboatError("COPY_INCOMPLETE", {
        ...{ target, damaged: report.damaged.length, failed: report.failed.length },
        first: `${first.name} (${first.reason})`,
      });
    },
  };
}
