import { access } from "node:fs/promises";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { ProofFirmware } from "#imaging/prove/boot-proof.ts";
import { proofWords } from "#imaging/words/proof-words.ts";

const SECTOR = 512;
/** The program of a master boot record ends where the disk's signature begins (UEFI 2.10, table 5-1). */
const CODE_END = 440;
const ESP_TYPES = ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"];

/** Whether a BIOS would start the first sector of a disk, and finds a program in it. @throws READ_FAILED */
export async function hasBootCode(device: ReadableDevice): Promise<boolean> {
  if (device.size < SECTOR) return false;
  const sector = await readBytes(device, 0, SECTOR);
  return sector[510] === 0x55 && sector[511] === 0xaa && sector.subarray(0, CODE_END).some((byte) => byte !== 0);
}

export interface FirmwareFacts {
  readonly hasBootCode: boolean;
  /** The firmware of another machine could start it: by the fallback, or by an entry. */
  readonly hasEfiLoader: boolean;
  readonly partitions: readonly PartitionInfo[];
  /** Of this machine; undefined where it cannot be told. */
  readonly here: ProofFirmware | undefined;
}

/** Which firmware the disk is started with when nobody says. Pure. */
export function chooseFirmware(facts: FirmwareFacts): { firmware: ProofFirmware; because: string } {
  const { hasEfiLoader, partitions, here } = facts;
  if (hasEfiLoader && facts.hasBootCode) {
    if (here === "bios") return { firmware: "bios", because: proofWords["proof.both-bios"] };
    return { firmware: "uefi", because: proofWords[here === "uefi" ? "proof.both-uefi" : "proof.both-newer"] };
  }
  if (hasEfiLoader) return { firmware: "uefi", because: proofWords["proof.has-efi-loader"] };
  if (facts.hasBootCode) return { firmware: "bios", because: proofWords["proof.has-boot-program"] };
  if (partitions.some(({ type }) => ESP_TYPES.includes(type)))
    return { firmware: "uefi", because: proofWords["proof.has-esp"] };
  return { firmware: "bios", because: proofWords["proof.not-uefi"] };
}

/** How this machine was started: Linux shows UEFI's services where there are any. */
export async function firmwareHere(): Promise<ProofFirmware | undefined> {
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  if (await isThere("/sys/firmware/efi")) return "uefi";
  return (await isThere("/sys/firmware/dmi/tables/smbios_entry_point")) ? "bios" : undefined;
}
