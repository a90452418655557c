import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";

/** A file or block device that holds exactly one volume. It may be a file of our own FUSE server: see tool-device.ts. */
export interface VolumeFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Of the disk that it is for: 512 or 4096. */
  readonly sectorSize: number;
}

/** To which sizes a file system can be brought, in bytes. */
export interface SizeLimits {
  /** The smallest that its tool will surely make it, with a reserve. */
  readonly least: number;
  /** Infinity when the tool has no bound that matters. */
  readonly most: number;
  /** In plain words why it cannot be smaller, where it cannot: "XFS cannot be made smaller". */
  readonly notSmaller?: string;
  readonly notLarger?: string;
}

/**
 * - "in-place": its own tool moves the data;
 * - "rebuild": it is made anew with its identity, and the files are copied;
 * - "none": no tool does it, or none does it well.
 */
export type ResizeWay = "in-place" | "rebuild" | "none";

/** Told of the share that is done, 0 to 1. It may start anew at each step of a tool. */
export type OnProgress = (share: number) => void;

/** How a file system is brought to another size. All work on the volume is done by programs, never by us. */
export interface Resizer {
  readonly types: readonly FilesystemType[];
  readonly way: { readonly smaller: ResizeWay; readonly larger: ResizeWay };
  /**
   * Read only. What keeps it from another size is in the answer, and no error.
   * @throws TOOL_MISSING, TOOL_FAILED; FILESYSTEM_UNSOUND where its tool cannot read it; the signal's reason
   */
  limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits>;
  /**
   * In place; the volume is as large as the larger of both sizes. It is checked first. A volume that was not unmounted
   * cleanly is repaired as it would be at its next mount.
   * @throws FILESYSTEM_UNSOUND when damage was there before: the volume is as it was; RESIZE_FAILED, also for a size
   * that its tool does not make it, and where the way is another; TOOL_MISSING; the signal's reason
   */
  resize(volume: VolumeFile, size: number, signal?: AbortSignal, onProgress?: OnProgress): Promise<void>;
  /**
   * The full check of its own tool, read only.
   * @throws FILESYSTEM_UNSOUND, TOOL_MISSING; the signal's reason
   */
  check(volume: VolumeFile, signal?: AbortSignal): Promise<void>;
}

/** The limits of what has to keep its size. */
export const fixedAt = (size: number, reason: string): SizeLimits => ({
  least: size,
  most: size,
  notSmaller: reason,
  notLarger: reason,
});
