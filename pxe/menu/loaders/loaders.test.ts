import { expect, test } from "vitest";
import type { MenuEntry, Start } from "../menu.ts";
import { parsePasswordHash } from "../password-hash.ts";
import { grubEntry, grubMenu } from "./grub.ts";
import { ipxeEntry, ipxeMenu } from "./ipxe.ts";

const URL = "http://10.0.0.1:8080";
const HASH = `grub.pbkdf2.sha512.1000.${"AB".repeat(16)}.${"CD".repeat(32)}`;
const entry = (id: string, start: Start, more: Partial<MenuEntry> = {}): MenuEntry => ({
  ...{ id, title: id, memory: 0, users: [], isForGrub: true, start },
  ...more,
});
const linux = (more: Partial<Start & { kind: "linux" }> = {}): Start & { kind: "linux" } => ({
  ...{ kind: "linux", kernel: "di/linux", initrds: ["di/initrd.gz"], parameters: ["quiet"], isRescue: false },
  ...more,
});
const DISK: Start = { kind: "disk" };
const ISO: Start = { kind: "iso", iso: "x.iso", memdisk: undefined };
const menu = (...entries: MenuEntry[]) => ({ title: "Start", timeout: 5, default: entries.at(-1)?.id ?? "", entries });
const linesOf = (text: string) => text.split("\n").map((line) => line.trim());
const users = new Map([["admin", parsePasswordHash(HASH) as NonNullable<ReturnType<typeof parsePasswordHash>>]]);

/** What somebody would write who wants to say more than a name. */
const HOSTILE = [
  "x\\' && reboot",
  "x && shell || poweroff",
  `$\u007bnet0/ip}`,
  "a' } menuentry 'b",
  'a" ; reboot ; "',
  "# comment",
  "`reboot` $(reboot)",
  "--timeout 0",
  "Ж é 中",
];

test.each(HOSTILE)("a title %s stays a title", (title) => {
  const one = { ...menu(entry("a", DISK, { title }), entry("b", DISK)), title };
  const plain = menu(entry("a", DISK), entry("b", DISK));
  const ipxe = linesOf(ipxeMenu(one, URL));
  expect(ipxe.length).toBe(linesOf(ipxeMenu(plain, URL)).length);
  expect(ipxe.filter((line) => !/^(menu|item a) /.test(line))).toEqual(
    linesOf(ipxeMenu(plain, URL)).filter((line) => !/^(menu|item a) /.test(line)),
  );
  for (const line of ipxe.filter((text) => /^(menu|item) /.test(text))) expect(line).not.toMatch(/[$&|#{}]/);
  const grub = linesOf(grubMenu(one, users, URL));
  expect(grub.length).toBe(linesOf(grubMenu(plain, users, URL)).length);
  const [line = ""] = grub.filter((text) => text.startsWith("menuentry") && text.includes("--id a"));
  // A shell reads the word as GRUB does: what it is called comes out of it again.
  const word = /^menuentry (.*) --id a \{$/.exec(line)?.[1] ?? "";
  expect(unquoted(word)).toBe(title);
});

/** As a POSIX shell reads one word of single quotes and backslashes. */
function unquoted(word: string): string {
  if (!word.includes("'")) return word;
  return word.replaceAll(/'([^']*)'|\\(.)/g, (_, quoted: string | undefined, escaped: string) => quoted ?? escaped);
}

test.each(["a b/ж &&.img", "x;reboot", "a'b\"c", "100%$x", "(hd0)"])("a file %s is one word for both", (file) => {
  const start = linux({ kernel: file, initrds: [file], parameters: [] });
  const encoded = /^\/[A-Za-z0-9._~%/-]+$/;
  const [, kernel = ""] =
    /^kernel http:\/\/10\.0\.0\.1:8080(\S+) initrd=initrd0\.img$/m.exec(ipxeEntry({ start }, URL)) ?? [];
  expect(kernel).toMatch(encoded);
  expect(decodeURIComponent(kernel)).toBe(`/${file}`);
  const [, path = ""] = /^linux "\(http,10\.0\.0\.1:8080\)([^"]+)"$/m.exec(grubEntry({ start }, URL)) ?? [];
  expect(path).toMatch(encoded);
});

test("words of a kernel's command line are said, and no more than that", () => {
  const parameters = ["a=$x;y", "b='c", "d&e", "priority=critical"];
  const ipxe = linesOf(ipxeEntry({ start: linux({ parameters, isRescue: true }) }, URL));
  expect(ipxe).toContain(
    `kernel ${URL}/di/linux initrd=initrd0.img a=x;y b='c de priority=critical lifeboat.url=${URL} BOOTIF=01-$\u007bnetX/mac:hexhyp}`,
  );
  const grub = grubEntry({ start: linux({ parameters, isRescue: true }) }, URL);
  expect(grub).toContain(
    `'a=$x;y' 'b='\\''c' 'd&e' priority=critical lifeboat.url=${URL} "BOOTIF=01-$net_default_mac"`,
  );
});

test("with a password: iPXE asks the server, GRUB holds it against the hash, and nobody edits other entries", () => {
  const both = menu(entry("open", DISK), entry("shut", linux(), { users: ["admin"] }));
  const ipxe = ipxeMenu(both, URL);
  expect(ipxe).toMatch(
    /:entry-shut\nlogin .*\nchain --autofree http:\/\/\$\{username:uristring\}:\$\{password:uristring\}@10\.0\.0\.1/,
  );
  expect(ipxe).not.toContain("di/linux");
  expect(ipxe).not.toContain("pbkdf2");
  const grub = linesOf(grubMenu(both, users, URL));
  expect(grub).toContain(`password_pbkdf2 admin ${HASH}`);
  expect(grub).toContain("set superusers=nobody");
  expect(grub).toContain("menuentry open --id open --unrestricted {");
  expect(grub).toContain("menuentry shut --id shut --users admin {");
  expect(grub.join("\n")).not.toContain("di/linux");
  expect(grubMenu(menu(entry("open", DISK)), users, URL)).not.toMatch(/superusers|unrestricted|pbkdf2/);
});

test("GRUB shows what it can start; a default that it does not show is its first", () => {
  const some = menu(entry("disk", DISK), entry("iso", ISO, { isForGrub: false }));
  expect(grubMenu(some, users, URL)).not.toContain("--id iso");
  expect(grubMenu(some, users, URL)).toContain("set default=disk");
  expect(ipxeMenu(some, URL)).toContain("choose --default iso --timeout 5000");
  expect(grubMenu(menu(entry("iso", ISO, { isForGrub: false })), users, URL)).toContain("No entry of this menu");
  expect(ipxeMenu(menu(entry("c", { kind: "chain", url: "http://x/g.cfg" })), URL)).toContain("No entry of this menu");
});

test("without a timeout both wait for ever", () => {
  const waits = { ...menu(entry("disk", DISK)), timeout: 0 };
  expect(ipxeMenu(waits, URL)).toContain("choose --default disk chosen");
  expect(grubMenu(waits, users, URL)).toContain("set timeout=-1");
});

test("an ISO, a WIM and another server's script", () => {
  expect(ipxeEntry({ start: ISO }, URL)).toBe(`#!ipxe\nsanboot --no-describe ${URL}/x.iso\n`);
  const memdisk = ipxeEntry({ start: { ...ISO, memdisk: "memdisk" } }, URL);
  expect(memdisk).toContain(`kernel ${URL}/memdisk iso raw\ninitrd ${URL}/x.iso\nboot`);
  const wim = ipxeEntry(
    {
      start: {
        kind: "wim",
        wimboot: "pe/wimboot",
        bios: "pe/bootmgr",
        uefi: undefined,
        files: ["pe/BCD", "pe/boot.wim"],
      },
    },
    URL,
  );
  expect(wim).toContain(`kernel ${URL}/pe/wimboot`);
  expect(wim).toContain(`initrd --name boot.wim ${URL}/pe/boot.wim boot.wim`);
  expect(wim).not.toContain("bootx64.efi");
  const chain = { kind: "chain", url: "http://10.0.0.9/g.cfg" } as const;
  expect(grubEntry({ start: chain }, URL)).toBe("configfile '(http,10.0.0.9)/g.cfg'\n");
  expect(ipxeEntry({ start: { ...chain, url: "http://10.0.0.9/b.ipxe" } }, URL)).toContain(
    "chain http://10.0.0.9/b.ipxe",
  );
});

test("its own disk: under BIOS the next one, under UEFI the program that is on it", () => {
  expect(ipxeEntry({ start: DISK }, URL)).toContain("sanboot --no-describe --drive 0x80");
  expect(ipxeMenu(menu(entry("disk", DISK)), URL)).toMatch(/iseq \$\{platform\} efi && exit 1 \|\| goto menu/);
  expect(grubEntry({ start: DISK }, URL)).toMatch(/for file in [^;]*\/EFI\/BOOT\/BOOTX64\.EFI/);
});
