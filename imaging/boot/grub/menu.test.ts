import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { correctMenu, type MenuFacts } from "#imaging/boot/grub/correct-menu.ts";
import { earlyConfig, neededModules } from "#imaging/boot/grub/early-config.ts";
import { placeOf } from "#imaging/boot/grub/grub-place.ts";
import { compareVersions, kernelsOf } from "#imaging/boot/grub/kernels.ts";
import { planMenu } from "#imaging/boot/grub/plan-menu.ts";
import { readMenu } from "#imaging/boot/grub/read-menu.ts";
import { rootOptions } from "#imaging/boot/grub/root-options.ts";
import { shellSettings } from "#imaging/boot/grub/shell-settings.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { type Files, installedLinux, installedVolume, systemFolder } from "#test/doubles/boot-folder.ts";

const ROOT = "aaaaaaaa-0000-4000-8000-000000000003";
const BOOT = "aaaaaaaa-0000-4000-8000-000000000002";
const DEAD = "dddddddd-0000-4000-8000-00000000dead";
const KERNEL: Files = { "boot/vmlinuz-6.12.1-amd64": "k", "boot/initrd.img-6.12.1-amd64": "i" };

const separate = (root: string): InstalledSystem => {
  const [top, boot] = [installedVolume(3, "ext4"), installedVolume(2, "ext4")];
  const mounts = [
    { folder: "/", volume: top },
    { folder: "/boot", volume: boot },
  ];
  return installedLinux(root, { mounts, volumes: [top, boot] });
};

async function planned(files: Files, systemOf: (root: string) => InstalledSystem = installedLinux, hasBls = false) {
  await using folder = await systemFolder(files);
  const system = systemOf(folder.root);
  const place = placeOf(system, "/boot/grub");
  const plan = await planMenu({ system, tree: folder.tree, place, others: [], windows: undefined, hasBls });
  expectSaid(plan.changes, plan.notes, plan.problems);
  const [change] = plan.changes.filter((one) => "path" in one && one.path.endsWith("grub.cfg"));
  const text = change?.op === "write" ? String(change.content) : undefined;
  if (text !== undefined) {
    await writeFile(join(folder.root, "check.cfg"), text);
    await runTool("grub-script-check", [join(folder.root, "check.cfg")], "check a menu");
  }
  return { ...plan, text };
}

describe("a menu that is made", () => {
  test("has every kernel, newest first, rescue last, with the options of /etc/default/grub", async () => {
    const { text, changes } = await planned({
      ...KERNEL,
      ...{ "boot/vmlinuz-6.9.12-amd64": "k", "boot/initrd.img-6.9.12-amd64": "i", "boot/vmlinuz-0-rescue-77": "k" },
      "etc/default/grub":
        'GRUB_TIMEOUT=3\nGRUB_CMDLINE_LINUX="net.ifnames=0"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet splash"\n',
    });
    expect(changes.map(({ text: why }) => why)).toEqual(["Makes GRUB's menu: there is none"]);
    const entries = readMenu(text ?? "");
    expect(entries.map(({ linux }) => linux)).toEqual([
      ...["/boot/vmlinuz-6.12.1-amd64", "/boot/vmlinuz-6.12.1-amd64"],
      ...["/boot/vmlinuz-6.9.12-amd64", "/boot/vmlinuz-6.9.12-amd64"],
      ...["/boot/vmlinuz-0-rescue-77", "/boot/vmlinuz-0-rescue-77"],
    ]);
    expect(entries[0]).toMatchObject({
      root: `UUID=${ROOT}`,
      searches: [ROOT],
      initrds: ["/boot/initrd.img-6.12.1-amd64"],
    });
    expect(text).toContain(`linux /boot/vmlinuz-6.12.1-amd64 root=UUID=${ROOT} ro net.ifnames=0 quiet splash\n`);
    expect(text).toContain(`linux /boot/vmlinuz-6.12.1-amd64 root=UUID=${ROOT} ro single net.ifnames=0\n`);
    expect(text).toContain("set timeout=3\n");
  });

  test("names files as they are called on a /boot of its own", async () => {
    const { text } = await planned(KERNEL, separate);
    expect(readMenu(text ?? "")[0]).toMatchObject({
      ...{
        linux: "/vmlinuz-6.12.1-amd64",
        initrds: ["/initrd.img-6.12.1-amd64"],
        searches: [BOOT],
        root: `UUID=${ROOT}`,
      },
    });
  });

  test("of a subvolume of btrfs begins at its top, and says it to the kernel", async () => {
    const system = (root: string) => {
      const volume = installedVolume(3, "btrfs");
      return installedLinux(root, { mounts: [{ folder: "/", volume, subvolume: "@rootfs" }], volumes: [volume] });
    };
    const { text } = await planned(KERNEL, system);
    expect(text).toContain(
      `linux /@rootfs/boot/vmlinuz-6.12.1-amd64 root=UUID=${ROOT} rootflags=subvol=@rootfs ro quiet`,
    );
  });

  test("in LVM in LUKS opens what it lies in", async () => {
    const system = (root: string) => {
      const luks = installedVolume(3, "crypto_LUKS", { uuid: "12345678-9abc-4000-8000-00000000aaaa" });
      const pv = installedVolume(3, "LVM2_member", { inside: ["unlocked"], uuid: "abcdef-0000" });
      const volume = installedVolume(3, "ext4", { inside: ["unlocked", "my-vg/root"] });
      return installedLinux(root, { mounts: [{ folder: "/", volume }], volumes: [luks, pv, volume] });
    };
    const { text } = await planned(KERNEL, system);
    expect(text).toContain("cryptomount -u 123456789abc4000800000000000aaaa\n");
    expect(text).toContain("root=/dev/mapper/my--vg-root ro");
    const place = placeOf(system("/x"), "/boot/grub");
    expect(neededModules(place)).toEqual(
      expect.arrayContaining(["ext2", "luks2", "cryptodisk", "lvm", "search_fs_uuid"]),
    );
    expect(earlyConfig(place)).toBe(
      `cryptomount -u 123456789abc4000800000000000aaaa\nsearch.fs_uuid ${ROOT} root\nset prefix=($root)'/boot/grub'\n`,
    );
  });

  test("cannot be talked into other commands by what is on the disk", async () => {
    const evil = { ...KERNEL, "etc/default/grub": "GRUB_CMDLINE_LINUX='a;reboot $(x) }'\nGRUB_TIMEOUT='5; reboot'\n" };
    const { text } = await planned(evil, (root) => installedLinux(root, { name: "It's { a }\n} reboot" }));
    expect(text).toContain("set timeout=5\n");
    expect(readMenu(text ?? "")[0]?.root).toBe(`UUID=${ROOT}`);
    expect(text).toContain("'a;reboot' '$(x)' '}'");
  });

  test("is none where there is no kernel: that is a problem, in plain words", async () => {
    const { text, problems } = await planned({ "boot/grub/grub.cfg": "" });
    expect(text).toBeUndefined();
    expect(problems).toMatchObject([{ code: "BOOT_KERNEL_MISSING" }]);
  });

  test("leaves it to the entries' files where GRUB can read them, and corrects those", async () => {
    const files = {
      ...KERNEL,
      "boot/loader/entries/a.conf": `title A\nlinux /boot/vmlinuz-6.12.1-amd64\noptions root=UUID=${DEAD} ro\n`,
      "boot/loader/entries/b.conf": `title B\nlinux /boot/vmlinuz-5\noptions root=UUID=${ROOT} ro\n`,
    };
    const { text, changes, notes } = await planned(files, installedLinux, true);
    expect(text).toContain("\nblscfg\n");
    expect(changes[0]).toMatchObject({
      path: "/boot/loader/entries/a.conf",
      content: expect.stringContaining(`root=UUID=${ROOT} ro`),
    });
    expect(notes).toMatchObject([{ code: "BOOT_ENTRY_LOST", text: expect.stringContaining("/boot/vmlinuz-5") }]);
  });
});

const menu = (
  uuid: string,
  root: string,
  kernel = "/boot/vmlinuz-6.12.1-amd64",
) => `search --no-floppy --fs-uuid --set=root ${root}
menuentry 'Some Linux' --class gnu-linux $menuentry_id_option 'x' {
	insmod ext2
	search --no-floppy --fs-uuid --set=root --hint-bios=hd0,gpt2 ${uuid}
	linux	${kernel} root=UUID=${root} ro quiet
	initrd	/boot/initrd.img-6.12.1-amd64
}
`;
const facts: MenuFacts = {
  ...{ known: new Set([ROOT, BOOT]), bootUuid: ROOT, root: `UUID=${ROOT}` },
  hasFile: (path) => path === "/boot/vmlinuz-6.12.1-amd64",
};

describe("a menu that is there", () => {
  test("stays when it is right", async () => {
    const { changes, problems } = await planned({ ...KERNEL, "boot/grub/grub.cfg": menu(ROOT, ROOT) });
    expect({ changes, problems }).toEqual({ changes: [], problems: [] });
  });

  test("is told the right UUIDs, in all of its lines", async () => {
    const { text, changes } = await planned({ ...KERNEL, "boot/grub/grub.cfg": menu(DEAD, DEAD) });
    expect(text).toBe(menu(ROOT, ROOT));
    expect(changes[0]?.text).toContain(DEAD);
  });

  test("with /boot of its own is told which is which", () => {
    const wrong = menu("dddddddd-0000-4000-8000-00000000beef", DEAD);
    expect(correctMenu(wrong, { ...facts, bootUuid: BOOT }).text).toBe(menu(BOOT, ROOT));
  });

  test("keeps entries of other disks while one of its own is right", () => {
    const other = menu(DEAD, DEAD);
    expect(correctMenu(menu(ROOT, ROOT) + other, facts)).toMatchObject({
      text: menu(ROOT, ROOT) + other,
      starts: true,
    });
    expect(correctMenu(menu(DEAD, DEAD, "/boot/vmlinuz-of-another"), facts)).toMatchObject({ starts: false });
  });

  test("is made anew when it starts nothing, and a lost kernel is named when others are there", async () => {
    const lost = menu(ROOT, ROOT, "/boot/vmlinuz-5.10");
    expect((await planned({ ...KERNEL, "boot/grub/grub.cfg": lost })).text).toContain("Made by Lifeboat");
    const both = await planned({ ...KERNEL, "boot/grub/grub.cfg": menu(ROOT, ROOT) + lost });
    expect(both.changes).toEqual([]);
    expect(both.notes).toMatchObject([{ code: "BOOT_ENTRY_LOST" }]);
  });
});

test.each([
  "search.fs_uuid aaaaaaaa-0000-4000-8000-000000000003 root\nlinux /boot/vmlinuz-6.12.1-amd64 root=/dev/vda3\ninitrd /boot/x\nboot\n",
  "configfile /boot/other.cfg\n",
  "menuentry 'mine' {\n  linux $kernel root=UUID=aaaaaaaa-0000-4000-8000-000000000003\n}\n",
])("a script of somebody's own is not replaced: %j", async (script) => {
  expect((await planned({ ...KERNEL, "boot/grub/grub.cfg": script })).text).toBeUndefined();
});

test("kernels of every distribution, with what they start with", async () => {
  await using folder = await systemFolder({
    ...{
      "boot/vmlinuz-linux": "",
      "boot/initramfs-linux.img": "",
      "boot/initramfs-linux-fallback.img": "",
      "boot/amd-ucode.img": "",
    },
    ...{ "boot/vmlinuz-6.4.0-default": "", "boot/initrd-6.4.0-default": "", "boot/vmlinuz-6.4.0-default.old": "" },
  });
  expect(await kernelsOf(folder.tree)).toMatchObject([
    { linux: "/boot/vmlinuz-linux", initrds: ["/boot/amd-ucode.img", "/boot/initramfs-linux.img"] },
    { linux: "/boot/vmlinuz-6.4.0-default", initrds: ["/boot/amd-ucode.img", "/boot/initrd-6.4.0-default"] },
  ]);
  expect(["6.9.1", "6.12.0", "6.1", "6.1.2-rc1"].sort(compareVersions)).toEqual([
    "6.1",
    "6.1.2-rc1",
    "6.9.1",
    "6.12.0",
  ]);
});

test("settings of a shell", () => {
  const text = `A=1 # x\nexport B="two $A \${A}\\""\nC='$A'\nD=$(date)\nE=\`x\`\n  F=a"b"'c'\n#G=1\nB2="$B more"`;
  expect(shellSettings(text)).toEqual({ A: "1", B: 'two 1 1"', C: "$A", F: "abc", B2: 'two 1 1" more' });
});

test("no root is made up", () => {
  expect(rootOptions(installedLinux("/x", { mounts: [] }))).toBeUndefined();
});
