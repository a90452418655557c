import type { InstalledVolume } from "#imaging/installed/installed-system.ts";

/** Where the bytes of a volume are: a part of a disk, or of a file in which it is shown. */
export interface VolumeFile {
  readonly volume: InstalledVolume;
  /** Block device or file. */
  readonly path: string;
  /** Bytes. */
  readonly offset: number;
  readonly size: number;
  /** 512 or 4096. */
  readonly sectorSize: number;
}

/** The volumes of a disk, or of its image, for a process that mounts them. Good until it is disposed of. */
export interface VolumeFiles extends AsyncDisposable {
  readonly files: readonly VolumeFile[];
  /** LUKS and LVM, in which others of these lie, or that could not be opened. */
  readonly containers: readonly InstalledVolume[];
  /** What could not be seen into, in plain words: "partition 3: it is encrypted, and no key was given". */
  readonly closed: readonly string[];
}
