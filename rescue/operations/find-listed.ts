import { LifeboatError } from "#base/errors.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { PrepareDeps } from "#rescue/operations/prepared.ts";

/** A disk as it is now, when the search for images has let go of it. @throws NOT_FOUND */
export async function freeDisk(
  { listDisks, images }: Pick<PrepareDeps, "listDisks" | "images">,
  id: string,
): Promise<Disk> {
  await images.release(id);
  const disk = (await listDisks()).find((one) => one.id === id);
  if (!disk) throw new LifeboatError("NOT_FOUND", { what: `the disk ${id}` });
  return disk;
}
