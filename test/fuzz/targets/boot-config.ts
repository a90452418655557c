import { readBytes } from "#imaging/device/block-device.ts";
import {
  ADDED_PARAMETERS,
  changeEntry,
  changeGrubConfig,
  changeSyslinuxConfig,
} from "#imaging/prove/prepare/kernel-lines.ts";
import { changeInittab } from "#imaging/prove/prepare/marker.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const CONFIG = `terminal_output gfxterm
menuentry "Debian" {
	search --fs-uuid --set=root 12ab
	linux	/vmlinuz root=UUID=12ab ro quiet
	initrd	/initrd.img
}
title x
options root=/dev/x
LABEL x
  APPEND ro quiet
::sysinit:/sbin/openrc sysinit
`;

const DICTIONARY = [
  "linux ",
  "linuxefi\t",
  "options ",
  "append ",
  "\\",
  "\n",
  "terminal_output ",
  "::once:",
  "menuentry {",
];

/** Configurations of boot loaders, of somebody's disk, that are changed in a throw-away copy. */
export const target: FuzzTarget = {
  name: "boot-config",
  seeds: [{ name: "all kinds", content: () => text(CONFIG) }],
  allowed: [],
  dictionary: DICTIONARY,
  async parse(device) {
    const before = new TextDecoder().decode(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    const count = before.split("\n").length;
    let kernels = 0;
    for (const change of [changeGrubConfig, changeSyslinuxConfig]) {
      const after = change(before);
      promise(after.text.split("\n").length === count, () => "a line more or less");
      const added = after.text.split(ADDED_PARAMETERS).length - before.split(ADDED_PARAMETERS).length;
      promise(added === after.kernels, () => `${after.kernels} kernels, and ${added} changes`);
      kernels += after.kernels;
    }
    changeEntry(before);
    promise(changeInittab(before).startsWith(before.replace(/\n*$/, "")), () => "the inittab is another one");
    return kernels > 0 ? "accepted" : "nothing in it";
  },
};
