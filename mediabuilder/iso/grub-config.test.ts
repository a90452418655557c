import { expect, test } from "vitest";
import { grubConfig } from "./grub-config.ts";

const MENU = { name: "Lifeboat", layers: ["base", "firmware", "kiosk", "lifeboat"], extraKernelParameters: "" };
const kernelLines = (text: string) => text.split("\n").filter((line) => line.includes("linux /boot/vmlinuz"));

test("the menu has the kiosk first, then text only, then the copy in memory, then the check", () => {
  const lines = kernelLines(grubConfig(MENU));
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/lifeboat\.layers=base,firmware,kiosk,lifeboat$/);
  expect(lines[1]).toMatch(/lifeboat\.layers=base,firmware,lifeboat$/);
  expect(lines[2]).toMatch(/lifeboat\.toram$/);
  expect(lines[3]).toMatch(/lifeboat\.check$/);
});

test("a medium without a screen has no entry for going without", () => {
  expect(grubConfig({ ...MENU, layers: ["base", "lifeboat"] })).not.toContain("text only");
});

test("no entry opens a shell unless the builder is asked for it", () => {
  expect(grubConfig(MENU)).not.toContain("debug-shell");
  const forTests = grubConfig({ ...MENU, extraKernelParameters: "lifeboat.debug-shell=ttyS0" });
  expect(kernelLines(forTests).every((line) => line.endsWith("lifeboat.debug-shell=ttyS0"))).toBe(true);
});

test("neither a name nor a parameter can say more to GRUB than what it is", () => {
  const config = grubConfig({ ...MENU, name: `Müller's "IT"; reboot $x {`, extraKernelParameters: "a={;reboot b='$c" });
  expect(config).toContain(`menuentry 'Müller'\\''s "IT"; reboot $x {' {`);
  expect(kernelLines(config)[0]).toMatch(/ 'a=\{;reboot' 'b='\\''\$c'$/);
});
