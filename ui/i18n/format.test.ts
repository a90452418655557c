import { expect, it } from "vitest";
import { createFormat } from "#ui/i18n/format.ts";

const en = createFormat("en");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

it("shows disks in binary units with the vendor's figure in brackets", () => {
  expect(plain(en.diskSize(500_107_862_016))).toBe("466 GiB (500 GB)");
  expect(plain(en.diskSize(31_914_983_424))).toBe("29.7 GiB (31.9 GB)");
});

it.each([
  [0, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 KiB"],
  [1024 ** 2 - 1, "1 MiB"],
  [5.25 * 1024 ** 3, "5.3 GiB"],
  [8 * 1024 ** 5, "8 PiB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(plain(en.bytes(bytes))).toBe(text);
});

it.each([
  [0, "0 B"],
  [63 * 512, "31.5 KiB"],
  [50 * 1024 ** 3 + 1024 ** 2, "51,201 MiB"],
  [4097, "4,097 B"],
])("tells a place at %d exactly: %s", (bytes, text) => {
  expect(plain(en.place(bytes))).toBe(text);
});

it("never rounds a percentage up: 100 % means done", () => {
  expect(en.percent(0.999)).toBe("99%");
  expect(en.percent(1)).toBe("100%");
});

it.each([
  [0, "0 seconds"],
  [61, "1 minute, 1 second"],
  [7260, "2 hours, 1 minute"],
])("writes %d seconds in words", (seconds, text) => {
  expect(en.duration(seconds)).toBe(text);
});

it.each([
  [3, "10 seconds"],
  [55, "1 minute"],
  [727, "12 minutes"],
  [2000, "35 minutes"],
  [5000, "1 hour, 20 minutes"],
])("rounds an estimate of %d seconds to %s", (seconds, text) => {
  expect(en.estimate(seconds)).toBe(text);
});

it("takes each language's own plural forms", () => {
  const ru = createFormat("ru");
  const forms = { one: "# диск", few: "# диска", many: "# дисков", other: "# диска" };
  expect([1, 2, 5, 21].map((n) => ru.plural(n, forms))).toEqual(["1 диск", "2 диска", "5 дисков", "21 диск"]);
  expect(en.plural(1, { one: "# disk", other: "# disks" })).toBe("1 disk");
});
