import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grubConfig } from "#mediabuilder/iso/grub-config.ts";
import { grubNetbootConfig } from "#mediabuilder/pxe/grub-netboot.ts";
import { parseServerUrl } from "#mediabuilder/pxe/server-url.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const NAMES = ["Lifeboat", `Müller's "IT"; reboot`, "a { b } $c `d` \\", "日本語 & Ж"];
const PARAMETERS = ["", "a=b c", `x="$y" z='w' {;}`];
const LAYERS = ["base", "firmware", "kiosk", "lifeboat", "settings"];

test.each(NAMES)("GRUB's own checker takes the menus of a medium that is called %j", async (name) => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-menu-"));
  for (const extraKernelParameters of PARAMETERS) {
    const menu = { name, layers: LAYERS, extraKernelParameters };
    const url = parseServerUrl("http://192.0.2.1:8080/a b;'c'/");
    for (const text of [grubConfig(menu), grubNetbootConfig(menu, undefined), grubNetbootConfig(menu, url)]) {
      const file = join(folder, "grub.cfg");
      await writeFile(file, text);
      const { status, stderr } = await runTool("grub-script-check", [file], { accept: [0, 1] });
      expect([status, stderr], text).toEqual([0, ""]);
    }
  }
});
