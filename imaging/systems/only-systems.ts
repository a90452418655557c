import type { Restorable } from "#imaging/image/restorable.ts";
import type { LayoutWish } from "#imaging/layout/layout.ts";
import { systemPartitions } from "#imaging/systems/find-systems.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** A layout of those partitions alone that the systems on a disk need. @throws LAYOUT_INVALID when there is none */
export const onlySystems = async (
  image: Restorable,
  wish: LayoutWish | undefined,
  keys?: readonly VolumeKey[],
): Promise<LayoutWish> => ({ ...(wish ?? { mode: "keep" }), only: await systemPartitions(image, keys) });
