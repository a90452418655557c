import { correctMenu } from "#imaging/boot/grub/correct-menu.ts";
import { readMenu } from "#imaging/boot/grub/read-menu.ts";
import { shellSettings } from "#imaging/boot/grub/shell-settings.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const ROOT = "aaaaaaaa-0000-4000-8000-000000000003";
const MENU = `set timeout=5
search --no-floppy --fs-uuid --set=root dddddddd-0000-4000-8000-000000000001
submenu 'more' {
menuentry 'Linux' --class os $menuentry_id_option 'x' {
	search.fs_uuid dddddddd-0000-4000-8000-000000000001 root
	linux	/boot/vmlinuz-6.1 root=UUID=dddddddd-0000-4000-8000-000000000001 ro quiet
	initrd	/boot/initrd.img-6.1
}
}
`;

/** grub.cfg and /etc/default/grub of somebody's disk. */
export const target: FuzzTarget = {
  name: "boot-menu",
  share: 0.3,
  seeds: [{ name: "debian", content: () => text(MENU) }],
  allowed: [],
  dictionary: [
    "menuentry ",
    "}\n",
    "{",
    "linux\t",
    "root=UUID=",
    "search --fs-uuid ",
    "search.fs_uuid ",
    "'",
    '"',
    "$x",
    "`",
    "A=$A$A\n",
  ],
  async parse(device) {
    const menu = new TextDecoder().decode(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    const facts = { known: new Set([ROOT]), bootUuid: ROOT, root: `UUID=${ROOT}`, hasFile: () => true };
    const found = correctMenu(menu, facts);
    promise(found.text.split("\n").length === menu.split("\n").length, () => "lines are lost");
    // What was corrected is right.
    promise(correctMenu(found.text, facts).text === found.text, () => "it is corrected again");
    const settings = shellSettings(menu);
    promise(
      Object.values(settings).every((value) => value.length <= 1 << 22),
      () => "a value grows without end",
    );
    return readMenu(menu).length > 0 ? "accepted" : "none";
  },
};
