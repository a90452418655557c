import { readBytes } from "#imaging/device/block-device.ts";
import { grubEntries } from "#imaging/preflight/content/linux/boot-menu.ts";
import { mountReferences } from "#imaging/preflight/content/linux/read-linux.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const MENU = `menuentry 'Debian GNU/Linux' --class debian {
	linux	/boot/vmlinuz-6.1.0 root=UUID=a ro  quiet
	initrd	/boot/initrd.img-6.1.0
}
`;
const FSTAB = "UUID=a / ext4 errors=remount-ro 0 1\n/dev/sda2 none swap sw 0 0\nLABEL=x /srv auto nofail 0 2\n";

/** Boot menus and mount tables of an image. */
export const target: FuzzTarget = {
  name: "preflight-menu",
  seeds: [
    { name: "grub", content: () => text(MENU) },
    { name: "fstab", content: () => text(FSTAB) },
  ],
  allowed: [],
  dictionary: [
    "linux ",
    "initrd ",
    "menuentry ",
    "linuxefi ",
    "($root)",
    `\${x}`,
    "\n",
    "\t",
    "UUID=",
    "/dev/",
    "nofail",
    "#",
  ],
  async parse(device) {
    const content = new TextDecoder().decode(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    const entries = grubEntries(content);
    for (const { kernel, initrds } of entries)
      promise(![kernel, ...initrds].some((path) => /\s/.test(path)), () => "a path with a blank");
    const references = mountReferences(content);
    for (const { device: name } of references) promise(name !== "", () => "a name of nothing");
    return entries.length + references.length > 0 ? "accepted" : "refused";
  },
};
