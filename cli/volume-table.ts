import { formatBytes } from "#base/units.ts";
import { table } from "#cli/output.ts";
import type { ShownVolume } from "#imaging/explore/mount-volume.ts";

/** A volume for --json. */
export interface VolumeReport {
  readonly name: string;
  readonly partition: number;
  /** Of its bytes. */
  readonly file: string;
  readonly size: number;
  readonly filesystem?: {
    readonly type: string;
    readonly uuid: string | undefined;
    readonly label: string | undefined;
  };
  readonly shown: boolean;
  /** The kernel, or the program that shows it. */
  readonly by?: string;
  readonly reason?: string;
}

export const volumeReport = ({ name, partition, file, filesystem, ...rest }: ShownVolume): VolumeReport => ({
  ...{ name, partition, file: file.name, size: file.size },
  ...(filesystem && { filesystem: { type: filesystem.type, uuid: filesystem.uuid, label: filesystem.label } }),
  ...(rest.shown ? { shown: true, by: rest.by } : { shown: false, reason: whyNotShown(partition, rest) }),
});

const whyNotShown = (partition: number, { isLocked, reason }: { isLocked: boolean; reason: string }): string =>
  isLocked ? `${reason}: --unlock ${partition}=KEYFILE shows what is in it` : reason;

/** The volumes of an image, and where the files of each are, or why they are not. */
export const volumeTable = (volumes: readonly VolumeReport[]): string =>
  table([
    ["  NAME", "SIZE", "FILE SYSTEM", "BYTES", "FILES"],
    ...volumes.map((volume) => [
      `  ${volume.shown ? `${volume.name}/` : volume.name}`,
      formatBytes(volume.size),
      volume.filesystem?.type ?? "",
      volume.file,
      volume.shown ? "shown" : `not shown: ${volume.reason ?? ""}`,
    ]),
  ]);
