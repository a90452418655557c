import type { Log } from "../tool.ts";
import type { ScratchSpace } from "./image/edit-registry.ts";
import type { DriverReport } from "./image/put-in-drivers.ts";
import type { Firmware } from "./write/boot-stores.ts";
import type { OutputKind } from "./write/plan-outputs.ts";

/** What a medium with Windows PE is made of, and what is made. */
export interface WinpeOptions {
  /** winpe.wim, boot.wim or Winre.wim. Absent: sources/boot.wim of the ISO. */
  readonly wim?: string;
  readonly index?: number;
  /** Folder with the files of a Windows medium, or of copype's. */
  readonly media?: string;
  readonly windowsIso?: string;
  readonly drivers: readonly string[];
  readonly scratchMb: ScratchSpace;
  readonly iso?: string;
  /** Image file of a stick. */
  readonly usb?: string;
  /** Folder for iPXE and wimboot. */
  readonly pxe?: string;
  readonly wimboot?: string;
  /** Looks at everything and writes nothing. */
  readonly dryRun: boolean;
  /** Where finished stages are kept: WORK_DIR. */
  readonly workDir: string;
  readonly log: Log;
}

export interface WinpeReport {
  readonly wim: string;
  readonly image: {
    readonly index: number;
    readonly name: string;
    readonly kind: string;
    readonly why: string;
    readonly build: number | undefined;
  };
  /** Libraries that node.exe needs, all found in it; and API sets that it does not seem to know. */
  readonly libraries: { readonly found: readonly string[]; readonly unknownApiSets: readonly string[] };
  readonly drivers: readonly DriverReport[];
  /** Values of its registry, each with its reason. */
  readonly registry: readonly { readonly key: string; readonly name: string; readonly reason: string }[];
  /** Files of Microsoft's: name -> where it was found. */
  readonly media: Readonly<Record<string, string>>;
  readonly outputs: readonly OutputReport[];
  /** In plain words. */
  readonly notes: readonly string[];
}

export interface OutputReport {
  readonly kind: OutputKind;
  readonly path: string;
  readonly firmware: readonly Firmware[];
  /** Bytes; of a folder all its files together. Absent for what was not written. */
  readonly bytes?: number;
  readonly sha256?: string;
}
