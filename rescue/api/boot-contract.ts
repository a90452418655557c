import * as z from "zod";
import { route } from "#base/http/contract.ts";
import { Sentence } from "#base/sentence.ts";
import { Verdict } from "#imaging/preflight/judge/verdict.ts";

/** The part of the API that is about what starts this machine. A part of contract.ts; no node: import may appear here. */

const Empty = z.strictObject({});

/** An entry of UEFI firmware. */
export const FirmwareEntry = z.object({
  /** "Boot0003" */
  name: z.string(),
  label: z.string(),
  /** Firmware skips one that is not. */
  isActive: z.boolean(),
  /** In the order in which they are tried, from 1; absent: it is not in that order. */
  position: z.int().positive().optional(),
  /** This machine was started by it. */
  isCurrent: z.boolean(),
  /** "\EFI\debian\shimx64.efi" */
  file: z.string().optional(),
  /** It names a partition; `disk` is absent where that is on no disk of this machine. */
  partition: z.int().nonnegative().optional(),
  disk: z.string().optional(),
});
export type FirmwareEntry = z.infer<typeof FirmwareEntry>;

export const FirmwareEntries = z.object({
  /** Absent where this machine was not started by UEFI firmware. */
  entries: z.array(FirmwareEntry).optional(),
});
export type FirmwareEntries = z.infer<typeof FirmwareEntries>;

/** What of a disk starts, and what is started by it. */
export const DiskBoot = z.object({
  diskId: z.string(),
  name: z.string(),
  /** What a BIOS starts. */
  bootCode: z.object({
    kind: z.enum(["grub", "windows", "syslinux", "other", "none"]),
    /** Number of the partition that is marked active, in an MBR. */
    active: z.int().optional(),
    /** What it goes on with is there. */
    isWhole: z.boolean(),
  }),
  /** What UEFI firmware starts. */
  loaders: z.array(
    z.object({
      partition: z.int(),
      /** "EFI/BOOT/BOOTX64.EFI" */
      path: z.string(),
      kind: z.enum(["shim", "grub", "systemd-boot", "windows", "refind", "kernel", "other"]),
    }),
  ),
  systems: z.array(z.object({ name: z.string(), partition: z.int() })),
  /** Whether they start on this machine as they are. Absent of a raw file: nobody knows its machine. */
  verdict: Verdict.optional(),
  /** What could not be looked into. */
  closed: z.array(Sentence),
});
export type DiskBoot = z.infer<typeof DiskBoot>;

export const bootApi = {
  firmwareEntries: route("GET", "/api/v1/boot/entries", Empty, FirmwareEntries),
  /** Takes seconds: its systems are looked into. The disk is only read. */
  diskBoot: route("GET", "/api/v1/boot/disks/:diskId", Empty, DiskBoot),
} as const;
