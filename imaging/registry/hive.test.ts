import { describe, expect, test } from "vitest";
import { createHive } from "#imaging/registry/create-hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { binary, dword, expandable, qword, text, texts } from "#imaging/registry/value.ts";

/** Sizes of the free cells of each bin, with 0 for those in use between them: told from the bytes alone. */
function freeCells(bytes: Uint8Array): number[][] {
  const view = new DataView(bytes.buffer);
  const bins: number[][] = [];
  for (let bin = 4096; bin < bytes.length; bin += view.getUint32(bin + 8, true)) {
    const cells: number[] = [];
    const end = bin + view.getUint32(bin + 8, true);
    let cell = bin + 32;
    for (; cell < end; cell += Math.abs(view.getInt32(cell, true))) cells.push(Math.max(0, view.getInt32(cell, true)));
    expect(cell).toBe(end);
    bins.push(cells);
  }
  return bins;
}

const reopened = (hive: { toBytes(): Uint8Array }) => openHive(hive.toBytes());

describe("a hive", () => {
  test("is made, changed and read again", () => {
    const hive = createHive();
    const key = hive.root.create("ControlSet001\\Services\\storahci");
    key.set("Start", dword(3));
    key.set("ImagePath", expandable("System32\\drivers\\storahci.sys"));
    key.set("Load", texts(["a", "bb"]));
    key.set("", text("the default"));
    key.set("Größe", qword(2n ** 53n));
    key.set("ключ", binary(Uint8Array.of(1, 2, 3, 4, 5)));
    const again = reopened(hive);
    const found = again.root.find("CONTROLSET001\\services\\StorAHCI");
    expect(found?.path).toBe("ControlSet001\\Services\\storahci");
    expect(found?.values().map(({ name }) => name)).toEqual(["Start", "ImagePath", "Load", "", "Größe", "ключ"]);
    expect(found?.value("start")?.number).toBe(3);
    expect(found?.value("imagepath")?.text).toBe("System32\\drivers\\storahci.sys");
    expect(found?.value("Load")?.texts).toEqual(["a", "bb"]);
    expect(found?.value("")?.text).toBe("the default");
    expect(found?.value("GRÖSSE")).toBeUndefined();
    expect(found?.value("GRÖßE")?.integer).toBe(2n ** 53n);
    expect(found?.value("GRÖßE")?.number).toBeUndefined();
    expect([...(found?.value("КЛЮЧ")?.bytes ?? [])]).toEqual([1, 2, 3, 4, 5]);
    expect(again.check()).toEqual({ keys: 4, values: 6 });
  });

  test("that is only read comes out as it went in, to the bit", () => {
    const bytes = createHive().toBytes();
    const hive = openHive(bytes);
    hive.check();
    expect(hive.root.deleteValue("none")).toBe(false);
    expect(Buffer.compare(openHive(bytes).toBytes(), bytes)).toBe(0);
  });

  test("gives back the room of what is deleted", () => {
    const hive = createHive();
    const before = hive.toBytes().length;
    hive.root.create("A\\B\\C").set("large", binary(new Uint8Array(200_000)));
    hive.root.create("A\\D").set("small", dword(1));
    expect(hive.root.delete("a")).toBe(true);
    expect(hive.root.delete("a")).toBe(false);
    const grown = hive.toBytes().length;
    expect(grown).toBeGreaterThan(before + 200_000);
    hive.root.create("A\\B\\C").set("large", binary(new Uint8Array(200_000)));
    expect(hive.toBytes().length).toBe(grown);
    expect(reopened(hive).check()).toEqual({ keys: 4, values: 1 });
  });

  test("has free cells that never touch, in whatever order they became free", () => {
    const hive = createHive();
    for (let index = 0; index < 120; index++) hive.root.set(`v${index}`, binary(new Uint8Array(20 + (index % 5) * 40)));
    for (let index = 0; index < 120; index++) {
      hive.root.deleteValue(`v${(index * 49) % 120}`);
      for (const cells of freeCells(hive.toBytes()))
        expect(cells.some((size, at) => size > 0 && (cells[at + 1] ?? 0) > 0)).toBe(false);
    }
    // Of all bins but the first one, nothing is in use.
    for (const cells of freeCells(hive.toBytes()).slice(1)) expect(cells).toEqual([4064]);
  });

  test("a key that was deleted says so, also where another has its cell", () => {
    const hive = createHive();
    const key = hive.root.create("one");
    hive.root.delete("ONE");
    hive.root.create("two");
    expect(() => key.values()).toThrow("was deleted");
    expect(() => key.set("x", dword(1))).toThrow("was deleted");
  });
});
