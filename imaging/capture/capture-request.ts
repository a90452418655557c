import type { BadSectors } from "#imaging/capture/bad-sectors.ts";
import type { Level } from "#imaging/codec/codec.ts";
import type { CaptureType, Manifest, Region } from "#imaging/image/manifest.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export interface CaptureRequest {
  readonly disk: Disk;
  /** The image file to make. */
  readonly to: string;
  /** Set when it is a point of a repository. */
  readonly point?: PointRequest;
  readonly level: Level;
  /** Every sector, used or not. */
  readonly raw: boolean;
  readonly name: string;
  readonly note: string;
  readonly writerVersion: string;
  /** What may open the image; without any it is not encrypted. Of one that goes on: what opens it. */
  readonly credentials?: readonly Credential[];
  /** The most bytes of a volume; 0 or absent = as much as the place can hold in one file. */
  readonly volumeSize?: number;
  /** Read the image back before it gets its name. Default: yes. */
  readonly verify?: boolean;
  /** Plain bytes a second; 0 or absent = no limit. */
  readonly bytesPerSecond?: number;
  /** Numbers of partitions to leave out. */
  readonly exclude?: readonly number[];
  /** Keys of encrypted partitions, to see which of their blocks are used. */
  readonly unlock?: readonly UnlockKey[];
  /** Leave out the content of Windows' page and hibernation files. */
  readonly leaveOutPageFiles?: boolean;
  /** How long the capture waits for a medium that is full or away before it fails. Default: not at all. */
  readonly waitSeconds?: number;
  /** Plain bytes between two checkpoints, in whole chunks. Default: 1 GiB. */
  readonly checkpointBytes?: number;
}

/** What a capture into a repository is asked for besides. */
export interface PointRequest {
  /** Default: incremental where there is a point of the same disk. */
  readonly type?: CaptureType | undefined;
  /** Name of this computer. */
  readonly host: string;
}

export interface UnlockKey extends VolumeKey {
  /** Where the key was read from; the journal keeps this and not the key. */
  readonly keyFile: string;
}

export type CapturePhase = "copy" | "verify" | "close";

export interface CaptureReport {
  readonly kind: "capture";
  readonly image: string;
  readonly imageId: string;
  readonly rootHash: string;
  readonly encrypted: boolean;
  readonly volumes: number;
  readonly verified: boolean;
  readonly diskBytes: number;
  readonly capturedBytes: number;
  /** What was written. */
  readonly imageBytes: number;
  /** Of a point. */
  readonly point?: Manifest["point"];
  readonly chunks: number;
  readonly seconds: number;
  readonly regions: readonly Region[];
  /** What could not be read and is zeros in the image. The image is whole but for it. */
  readonly bad?: BadSectors;
  /** What the user should know about the image, in plain words. They are in the manifest too. */
  readonly warnings: readonly string[];
}
