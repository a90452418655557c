import { entry } from "#base/errors/entry.ts";
import { plainReason } from "#base/plain-reason.ts";

/** Reading and writing devices and files. */
export const deviceErrors = {
  OPEN_FAILED: entry<{ path: string; reason: string }>(
    409,
    6,
    (d) => `cannot open ${d.path}: ${plainReason(d.reason)}`,
    "Nothing in it was changed.",
    "Check the name, that it is plugged in, and that you may use it (disks need root).",
  ),
  CREATE_FAILED: entry<{ file: string; reason: string }>(
    409,
    6,
    (d) => `cannot make ${d.file}: ${plainReason(d.reason)}`,
    "Nothing that was there before was changed.",
    "Check that its folder is there, takes files (it may be write-protected), and that you may write to it.",
  ),
  RENAME_FAILED: entry<{ from: string; to: string; reason: string }>(
    500,
    6,
    (d) => `cannot give ${d.from} the name ${d.to}: ${plainReason(d.reason)}`,
    "Nothing was lost: the file is whole under one of the two names.",
    "Check that the medium is there and not write-protected. A capture is finished by `lifeboat resume IMAGE`.",
  ),
  REMOVE_FAILED: entry<{ file: string; reason: string }>(
    500,
    6,
    (d) => `cannot remove ${d.file}: ${plainReason(d.reason)}`,
    "The file is still there, and nothing else was changed.",
    "Check that the medium is not write-protected and that you may write to the folder, or remove the file yourself.",
  ),
  SCRATCH_FAILED: entry<{ folder: string; reason: string }>(
    500,
    6,
    (d) =>
      `cannot keep the header of an encrypted volume in ${d.folder} while it is unlocked: ${plainReason(d.reason)}`,
    "Nothing was written to any disk.",
    "Free memory (files in /dev/shm take it), and run the command as root.",
  ),
  READ_SHORT: entry<{ device: string; offset: number; want: number; got: number }>(
    500,
    6,
    (d) => `${d.device}: read ${d.got} of ${d.want} bytes at ${d.offset}`,
    "The source is unchanged.",
    "The device is shorter than it says, or was unplugged: check its connection.",
  ),
  READ_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot read at byte ${d.offset}: ${plainReason(d.reason)}`,
    "The source is unchanged.",
    "Check the cable and the disk's health, then try again.",
  ),
  WRITE_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot write at byte ${d.offset}: ${plainReason(d.reason)}`,
    "What was written so far is incomplete.",
    "Check the cable and the disk's health, then run the same command again.",
  ),
} as const;
