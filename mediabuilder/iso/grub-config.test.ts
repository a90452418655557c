import { expect, test } from "vitest";
import { grubConfig } from "./grub-config.ts";

const MENU = {
  id: "0123456789abcdef",
  layers: ["base", "kiosk", "lifeboat"],
  kioskLayer: "kiosk",
  extraKernelParameters: "",
};
const kernelLines = (text: string) => text.split("\n").filter((line) => line.includes("linux /boot/vmlinuz"));

test("the menu has the kiosk first, then text only, then the copy in memory", () => {
  const lines = kernelLines(grubConfig(MENU));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/lifeboat\.layers=base,kiosk,lifeboat$/);
  expect(lines[1]).toMatch(/lifeboat\.layers=base,lifeboat$/);
  expect(lines[2]).toMatch(/lifeboat\.toram$/);
  expect(lines.every((line) => line.includes("lifeboat.id=0123456789abcdef"))).toBe(true);
});

test("no entry opens a shell unless the builder is asked for it", () => {
  expect(grubConfig(MENU)).not.toContain("debug-shell");
  const forTests = grubConfig({ ...MENU, extraKernelParameters: "lifeboat.debug-shell=ttyS0" });
  expect(kernelLines(forTests).every((line) => line.endsWith("lifeboat.debug-shell=ttyS0"))).toBe(true);
});
