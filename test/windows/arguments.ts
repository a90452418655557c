import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { DiskBus } from "#imaging/prove/qemu/options.ts";

/** What somebody who has Windows tells `make test-windows`. */
export interface WindowsTestArguments {
  /** Microsoft's installation medium. Absent: there is nothing to test with. */
  readonly iso?: string;
  /** A raw disk with a Windows that was installed by an earlier run. */
  readonly installed?: string;
  readonly firmware: "bios" | "uefi";
  /** Bus that Windows is installed on, and the one that it is restored to. */
  readonly from: DiskBus;
  readonly to: DiskBus;
  /** Folder with drivers for either bus. */
  readonly drivers?: string;
  /** Number of the edition in the medium's install.wim. */
  readonly edition: number;
  readonly key?: string;
  /** Makes all that goes before Windows, and ends. */
  readonly prepareOnly: boolean;
}

const BUSES: readonly DiskBus[] = ["ahci", "nvme", "virtio", "scsi", "usb"];
/** Of what Windows has drivers for by itself. */
const INBOX: readonly DiskBus[] = ["ahci", "nvme", "usb"];
const KEY = /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/;
const VOLUME_AT = 32_768;
const SECTOR = 2048;

/** A mistake of whoever called it. */
export class UsageError extends Error {}

/**
 * @param given NAME=VALUE, as make passes them: ISO, INSTALLED, FIRMWARE, FROM, TO, DRIVERS, EDITION, KEY, PREPARE
 * @throws UsageError
 */
export function parseWindowsArguments(given: readonly string[]): WindowsTestArguments {
  const values = new Map<string, string>();
  for (const one of given) {
    const [, name, value] = /^([A-Z]+)=(.*)$/.exec(one) ?? [];
    if (name === undefined || value === undefined || !NAMES.includes(name))
      throw new UsageError(`${one}: give NAME=VALUE, where NAME is one of ${NAMES.join(", ")}`);
    if (value !== "") values.set(name, value);
  }
  const choice = <T extends string>(name: string, choices: readonly T[], otherwise: T): T => {
    const value = values.get(name) ?? otherwise;
    if ((choices as readonly string[]).includes(value)) return value as T;
    throw new UsageError(`${name}=${value}: choose ${choices.join(", ")}`);
  };
  const edition = Number(values.get("EDITION") ?? "1");
  if (!Number.isInteger(edition) || edition < 1 || edition > 99)
    throw new UsageError(`EDITION=${values.get("EDITION")}: a number from 1 to 99`);
  const key = values.get("KEY");
  if (key !== undefined && !KEY.test(key))
    throw new UsageError("KEY: five groups of five letters and digits, with hyphens");
  const [iso, installed, drivers] = ["ISO", "INSTALLED", "DRIVERS"].map((name) => values.get(name));
  const [from, to] = [choice("FROM", BUSES, "ahci"), choice("TO", BUSES, "nvme")];
  if (from === to) throw new UsageError(`FROM and TO are both ${from}: then nothing is proven`);
  for (const bus of [from, to])
    if (!INBOX.includes(bus) && drivers === undefined)
      throw new UsageError(`Windows has no driver for ${bus}: give DRIVERS=FOLDER`);
  if (iso !== undefined) checkMedium(iso);
  if (drivers !== undefined && !statSync(drivers, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`DRIVERS=${drivers}: no such folder`);
  if (installed !== undefined && !statSync(installed, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`INSTALLED=${installed}: no such file`);
  return {
    ...{ firmware: choice("FIRMWARE", ["bios", "uefi"], "uefi"), from, to, edition },
    prepareOnly: choice("PREPARE", ["0", "1"], "0") === "1",
    ...(iso !== undefined && { iso }),
    ...(installed !== undefined && { installed }),
    ...(drivers !== undefined && { drivers }),
    ...(key !== undefined && { key }),
  };
}

const NAMES = ["ISO", "INSTALLED", "FIRMWARE", "FROM", "TO", "DRIVERS", "EDITION", "KEY", "PREPARE"];

/** Microsoft's media are UDF with a stub of ISO 9660: one of both descriptors, in the sectors from 16 on. */
function checkMedium(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new UsageError(`ISO=${path}: no such file`);
  const start = Buffer.alloc(4 * SECTOR);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, start.length, VOLUME_AT);
  } finally {
    closeSync(file);
  }
  const isMedium = [0, 1, 2, 3].some((at) =>
    /^(CD001|BEA01|NSR0[23])$/.test(start.toString("latin1", at * SECTOR + 1, at * SECTOR + 6)),
  );
  if (!isMedium) throw new UsageError(`ISO=${path}: this is no image of a CD or DVD`);
}
