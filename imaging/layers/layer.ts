import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";
import type { SourceLayer } from "#imaging/layout/layout.ts";

/** A volume inside a layer, as it is. */
export interface LayerVolume {
  /** "vg0/root"; of one inside another, "unlocked > vg0/root". */
  readonly name: string;
  readonly device: ReadableDevice;
  /** Why it cannot be smaller, whatever it holds, in plain words. */
  readonly notSmaller?: string;
}

/** A container whose size can be another one, with that of the volumes inside: a physical volume of LVM, or LUKS. */
export interface Layer extends Omit<SourceLayer, "volumes"> {
  readonly volumes: readonly LayerVolume[];
  /**
   * Lays it out anew on a target that holds the container's bytes at their places, up to its new end. Nothing is written
   * before the volumes are.
   * @param sizes bytes of each volume, within its limits
   * @throws RangeError when they do not fit
   */
  lay(target: BlockDevice, sizes: readonly number[]): Promise<LaidLayer>;
}

export interface LaidLayer {
  /** In the order of the layer's. */
  readonly volumes: readonly {
    /** Where it will be, to be written. */
    readonly device: BlockDevice;
    /** What of it is not there yet: bytes of the volume, up to the smaller of both sizes. */
    readonly missing: ExtentList;
  }[];
  /** Writes where the volumes are. To be called last. */
  finish(): Promise<void>;
}
