import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { readBootMenu } from "#imaging/preflight/content/linux/boot-menu.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function tree(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-menu-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return systemTree(folder);
}

/** As grub-mkconfig of Debian 12 writes it. */
const DEBIAN = `
if [ "\${next_entry}" ] ; then
   set default="\${next_entry}"
else
   set default="0"
fi
menuentry 'Debian GNU/Linux' --class debian {
	insmod ext2
	echo	'Loading Linux 6.1.0-18-amd64 ...'
	linux	/boot/vmlinuz-6.1.0-18-amd64 root=UUID=a ro  quiet
	initrd	/boot/initrd.img-6.1.0-18-amd64
}
submenu 'Advanced options' {
	menuentry 'Debian GNU/Linux, with Linux 6.1.0-17-amd64' {
		linux	/boot/vmlinuz-6.1.0-17-amd64 root=UUID=a ro
		initrd	/boot/initrd.img-6.1.0-17-amd64
	}
}
`;

test("GRUB's menu, whose first entry starts", async () => {
  const menu = await readBootMenu(tree({ "boot/grub/grub.cfg": DEBIAN }), ["/boot"]);
  expect(menu.firstIsDefault).toBe(true);
  expect(menu.entries).toEqual([
    {
      kernel: "/boot/vmlinuz-6.1.0-18-amd64",
      initrds: ["/boot/initrd.img-6.1.0-18-amd64"],
      options: "root=UUID=a ro  quiet",
    },
    { kernel: "/boot/vmlinuz-6.1.0-17-amd64", initrds: ["/boot/initrd.img-6.1.0-17-amd64"], options: "root=UUID=a ro" },
  ]);
});

test.each([
  ["a title", { "boot/grub/grub.cfg": DEBIAN.replace('set default="0"', 'set default="Advanced>1"') }],
  ["what was chosen last", { "boot/grub/grub.cfg": DEBIAN, "boot/grub/grubenv": "# GRUB\nsaved_entry=2\n####" }],
])("a default by %s is not guessed", async (_, files) => {
  expect((await readBootMenu(tree(files), ["/boot"])).firstIsDefault).toBe(false);
});

test("entries of the Boot Loader Specification, the newest first, without the rescue entry", async () => {
  const entry = (version: string) =>
    `title Fedora\nversion ${version}\nlinux /vmlinuz-${version}\ninitrd /initramfs-${version}.img $tuned_initrd\noptions root=UUID=b ro $kernelopts\n`;
  const menu = await readBootMenu(
    tree({
      "boot/grub2/grub.cfg": `set default="\${saved_entry}"\nblscfg\n`,
      "boot/grub2/grubenv": "# GRUB Environment Block\n###",
      "boot/loader/entries/a-6.9.7.conf": entry("6.9.7"),
      "boot/loader/entries/a-6.10.0.conf": entry("6.10.0"),
      "boot/loader/entries/a-0-rescue.conf": entry("0-rescue"),
    }),
    ["/boot"],
  );
  expect(menu.entries.map(({ kernel, initrds }) => [kernel, ...initrds])).toEqual([
    ["/vmlinuz-6.10.0", "/initramfs-6.10.0.img"],
    ["/vmlinuz-6.9.7", "/initramfs-6.9.7.img"],
  ]);
  expect(menu.firstIsDefault).toBe(true);
});

test("volumes, quotes and microcode in paths; what is made of variables is left out", async () => {
  const text = `menuentry x {
  linuxefi ($root)/vmlinuz-linux root=PARTUUID=c rw
  initrdefi ($root)/amd-ucode.img "($root)/initramfs-linux.img"
}
menuentry y {
  linux $kernel root=x
}`;
  const { entries } = await readBootMenu(tree({ "boot/grub/grub.cfg": text }), ["/boot"]);
  expect(entries).toEqual([
    { kernel: "/vmlinuz-linux", initrds: ["/amd-ucode.img", "/initramfs-linux.img"], options: "root=PARTUUID=c rw" },
  ]);
});

test("no menu, no entries", async () => {
  expect(await readBootMenu(tree({ "etc/fstab": "" }), ["/boot"])).toEqual({ entries: [], firstIsDefault: false });
});
