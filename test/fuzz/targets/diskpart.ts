import { readFileSync } from "node:fs";
import { readBytes } from "#imaging/device/block-device.ts";
import { parseDiskDetail, parseDiskList } from "#imaging/device/windows-diskpart.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const text = (name: string) => ({
  name,
  content: () => readFileSync(new URL(`../../fixtures/windows/diskpart/${name}.txt`, import.meta.url)),
});

/** What diskpart prints, in several languages. */
export const target: FuzzTarget = {
  name: "diskpart",
  seeds: ["list-en", "list-ru", "list-zh", "detail-de", "detail-ja", "detail-offline"].map(text),
  allowed: [],
  dictionary: ["  ---  ---", "DISKPART>", ": ", "GB", "PCIROOT(", "\r\n", "{", "}"],
  async parse(device) {
    const said = Buffer.from(await readBytes(device, 0, Math.min(device.size, 1 << 20))).toString("utf8");
    const disks = parseDiskList(said);
    for (const { number, size } of disks ?? [])
      promise(number < 10_000 && (size === undefined || size >= 0), () => `disk ${number} of ${size} bytes`);
    const detail = parseDiskDetail(said);
    promise(detail === undefined || /^[\da-f-]{8,36}$/.test(detail.id), () => `the id ${detail?.id}`);
    promise(
      (detail?.letters ?? []).every((letter) => /^[A-Z]$/.test(letter)),
      () => `letters ${detail?.letters}`,
    );
    return disks || detail ? "accepted" : "says nothing";
  },
};
