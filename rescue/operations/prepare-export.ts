import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Progress } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import { exportImage } from "#imaging/explore/export-image.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { copyToFile } from "#imaging/repository/copy-image.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { nameOf } from "#rescue/operations/destinations.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "export" }>;

/** As `lifeboat image export` does it. @throws NOT_FOUND, IMAGE_LOCKED, FILE_EXISTS, REQUEST_INVALID; what opening the place throws */
export async function prepareExport(wish: Wish, deps: PrepareDeps): Promise<Prepared> {
  const { imageId, format, destinationId, name, password } = wish;
  const { images, unlock, destinations } = deps;
  const { path, fileName, diskId } = await images.open(imageId);
  const image = await openImage(path, { unlock });
  refusePlain(image, wish);
  await using opened = await destinations.open(destinationId);
  const { destination, folder } = opened;
  const place = nameOf(destination);
  const file = `${name}.${format === "lifeboat" ? "lbi" : format}`;
  await refuseExisting(join(folder, file));
  const title = `export of ${fileName}`;
  return {
    ...{ kind: "export", title, subject: fileName, busy: `${destination.name} (${title})`, writes: [] },
    reads: [diskId, destination.diskId ?? ""].filter((id) => id !== ""),
    lines: [
      say("export.plan", { image: fileName, file }),
      destination.free === undefined
        ? say("export.place", { place })
        : say("export.place-free", { place, free: destination.free }),
      say("export.disk", { size: image.manifest.disk.size, used: image.rawBytes }),
      ...(password === undefined ? [] : [say("export.encrypted")]),
      ...(format !== "lifeboat" && image.encrypted ? [say("export.plain")] : []),
      say("export.checked"),
    ],
    confirmation: { level: "none", text: "Nothing is overwritten.", words: fileName, id: imageId },
    run: async function* (signal) {
      const now = await images.open(imageId);
      await using open = await destinations.open(destinationId);
      const target = join(open.folder, file);
      const from = await openImage(now.path, { unlock });
      if (format === "lifeboat") return yield* exportAsImage(from, target, password, signal);
      const { diskBytes, fileBytes, seconds } = yield* exportImage(from, target, format, { signal });
      return [say("export.done", { path: target, size: diskBytes, bytes: fileBytes, seconds }), say("export.equal")];
    },
  };
}

/** What was encrypted does not become readable by mistake. A disk for virtual machines has no way to be encrypted. */
function refusePlain({ encrypted }: Image, { format, password }: Wish): void {
  const refuse = (problem: string) => new LifeboatError("REQUEST_INVALID", { path: "password", problem });
  if (format !== "lifeboat" && password !== undefined) throw refuse("a file of this format is not encrypted");
  if (format === "lifeboat" && encrypted && password === undefined)
    throw refuse("the image is encrypted: its copy is too");
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new LifeboatError("FILE_EXISTS", { file });
}

async function* exportAsImage(
  from: Image,
  target: string,
  password: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Progress, Sentence[]> {
  await using _lease = await leaseImage(from.path);
  const credentials: Credential[] = password === undefined ? [] : [{ kind: "password", text: password }];
  const made = yield* copyToFile(from, target, { imageId: randomUUID(), credentials, volumeSize: 0 }, signal);
  const [credential] = credentials;
  const unlock = credential && (() => imageKeyOf(target, credential));
  yield* verifyImage(target, { onDamage: () => {}, ...(unlock && { unlock }) }, signal);
  return [say("export.done-image", { path: target, bytes: made.bytes }), say("export.intact")];
}
