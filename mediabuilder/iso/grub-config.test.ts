import { expect, test } from "vitest";
import { grubConfig } from "./grub-config.ts";

const MENU = {
  ...{ name: "Lifeboat", extraKernelParameters: "" },
  layers: ["base", "firmware", "speech", "kiosk", "lifeboat"],
};
const kernelLines = (text: string) => text.split("\n").filter((line) => line.includes("linux /boot/vmlinuz"));

test("the menu has the kiosk first, then text, basic graphics, the voice, the copy in memory, the check", () => {
  const lines = kernelLines(grubConfig(MENU));
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/lifeboat\.layers=base,firmware,kiosk,lifeboat lifeboat\.splash$/);
  expect(lines[1]).toMatch(/lifeboat\.layers=base,firmware,lifeboat$/);
  expect(lines[2]).toMatch(/lifeboat\.layers=base,firmware,kiosk,lifeboat nomodeset$/);
  expect(lines[3]).toMatch(/lifeboat\.layers=base,firmware,speech,lifeboat lifeboat\.speech /);
  expect(lines[4]).toMatch(/lifeboat\.toram$/);
  expect(lines[5]).toMatch(/lifeboat\.check$/);
});

test("the first entry alone has a splash, and a picture to draw it on under a BIOS; without a screen there is none", () => {
  const config = grubConfig(MENU);
  expect(config.match(/lifeboat\.splash/g)).toHaveLength(1);
  const [first = "", ...others] = config.split("menuentry ").slice(1);
  expect(first).toMatch(/gfxpayload=1024x768x32,/);
  expect(first).toContain(" lifeboat.splash\n");
  expect(others.filter((entry) => entry.includes("gfxpayload")).map((entry) => entry.split("'")[1])).toEqual([
    "Lifeboat, basic graphics",
  ]);
  expect(grubConfig({ ...MENU, layers: ["base", "lifeboat"] })).not.toMatch(/splash|gfxpayload/);
});

test("whoever does not see the menu hears it, and S starts the voice; without the layer there is neither", () => {
  const config = grubConfig(MENU);
  expect(config).toContain("menuentry 'Lifeboat, speaking (text only)' --hotkey=s {");
  expect(config).toContain("play 480");
  expect(config.match(/--hotkey/g)).toHaveLength(1);
  expect(grubConfig({ ...MENU, layers: ["base", "kiosk", "lifeboat"] })).not.toMatch(/play|hotkey|speech/);
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

test("every entry starts the volume that the menu was read from, and tells the initramfs which one that is", () => {
  const config = grubConfig(MENU);
  expect(config).not.toContain("search");
  expect(config).toMatch(/^probe --set=medium --fs-uuid \$root$/m);
  expect(kernelLines(config).every((line) => line.includes('linux /boot/vmlinuz "lifeboat.medium=$medium" '))).toBe(
    true,
  );
});
