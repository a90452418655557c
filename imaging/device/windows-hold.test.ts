import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { holdWindowsDisk } from "#imaging/device/windows-hold.ts";

const text = (name: string) =>
  readFileSync(new URL(`../../test/fixtures/windows/diskpart/${name}.txt`, import.meta.url), "utf8");

/** A diskpart that answers `detail disk` with one text after another, and notes what it was told. */
function scripted(...answers: readonly string[]) {
  const said: string[] = [];
  const left = [...answers];
  const diskpart = async (lines: readonly string[]) => {
    said.push(lines.join("; "));
    return lines.at(-1) === "detail disk" ? (left.shift() ?? "") : "";
  };
  return { diskpart, said };
}
const dismount = async () => {};

test("a disk is taken off line, and is on line again afterwards", async () => {
  const { diskpart, said } = scripted(text("detail-offline"));
  {
    await using _held = await holdWindowsDisk(1, { diskpart, dismount });
    expect(said).toEqual(["select disk 1; attributes disk clear readonly noerr; offline disk noerr; detail disk"]);
  }
  expect(said.at(-1)).toBe("select disk 1; online disk noerr");
});

test("one that is only read keeps its write protection", async () => {
  const { diskpart, said } = scripted(text("detail-offline"));
  await using _held = await holdWindowsDisk(1, { write: false, diskpart, dismount });
  expect(said).toEqual(["select disk 1; offline disk noerr; detail disk"]);
});

test("a removable one, which stays on line, has its volumes dismounted", async () => {
  const dismounted: string[] = [];
  const { diskpart } = scripted(text("detail-en"), text("detail-offline"));
  await using _held = await holdWindowsDisk(0, {
    diskpart,
    dismount: async (letter) => void dismounted.push(letter),
  });
  expect(dismounted).toEqual(["C", "D"]);
});

test("a volume that Windows keeps is in use, and the disk is not left off line", async () => {
  const { diskpart, said } = scripted(text("detail-en"), text("detail-en"));
  const refused = holdWindowsDisk(0, { diskpart, dismount: () => Promise.reject(new Error("in use")) });
  await expect(refused).rejects.toMatchObject({ code: "TARGET_IN_USE" });
  expect(said.at(-1)).toBe("select disk 0; online disk noerr");
});

test("a disk that diskpart says nothing of is not written to", async () => {
  await expect(holdWindowsDisk(7, { ...scripted(""), dismount })).rejects.toMatchObject({
    code: "WINDOWS_DISK_UNKNOWN",
  });
});
