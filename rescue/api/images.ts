import { api, type FoundImage } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { Restores } from "#rescue/jobs/restores.ts";

export interface ImageDeps {
  readonly images: {
    list(): Promise<FoundImage[]>;
    rescan(): Promise<FoundImage[]>;
    unlock(imageId: string, password: string): Promise<FoundImage>;
  };
  readonly restores: Pick<Restores, "targets" | "cloneTargets">;
}

/** The images that were found, and the disks that they, or other disks, may go to. */
export function imageRoutes(serve: Serve, { images, restores }: ImageDeps): void {
  serve(api.images, () => images.list());
  serve(api.rescanImages, () => images.rescan());
  serve(api.unlockImage, ({ password }, { imageId }) => images.unlock(imageId, password));
  serve(api.targets, (_request, { imageId }) => restores.targets(imageId));
  serve(api.cloneTargets, (_request, { diskId }) => restores.cloneTargets(diskId));
}
