import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serialiseRescueSet } from "#base/medium/rescue-set.ts";
import { ServedRoot } from "../net/served-root.ts";
import { menuFor } from "./menu.ts";
import { readMenus } from "./plan-menus.ts";

const HASH = `grub.pbkdf2.sha512.1000.${"AB".repeat(16)}.${"CD".repeat(32)}`;
const MIB = 2 ** 20;
const MACHINE = { name: "", group: "", macs: ["52:54:00:12:34:56"], uuid: undefined, serial: undefined };

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-menu-"));
  root = join(folder, "root");
  await mkdir(join(root, "pe"), { recursive: true });
  const parameters = ["quiet", "lifeboat.layers=base,lifeboat"];
  const entries = [{ kind: "text", title: "Lifeboat, text only", memory: 448 * MIB, parameters }] as const;
  const set = serialiseRescueSet({ format: 1, kernel: "vmlinuz", initramfs: "initrd.img", entries: [...entries] });
  await writeFile(join(root, "rescue.json"), set);
  for (const name of ["vmlinuz", "initrd.img", "linux", "initrd.gz", "x.iso", "memdisk"])
    await writeFile(join(root, name), Buffer.alloc(MIB));
  for (const name of ["bootmgr", "BCD", "boot.sdi", "boot.wim", "wimboot"])
    await writeFile(join(root, "pe", name), Buffer.alloc(MIB));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string, file = join(folder, "menu.yaml")) {
  await writeFile(file, text);
  return readMenus(file, await ServedRoot.open(root));
}
const problems = async (text: string, file?: string): Promise<string[]> => {
  const error = await read(text, file).then(
    () => undefined,
    (cause: { code: string; details: { problems: string } }) => cause,
  );
  expect(error?.code).toBe("PXE_MENU_INVALID");
  return error?.details.problems.split("\n") ?? [];
};

test("each kind of entry, with what it needs", async () => {
  const { standard } = await read(`
    title: Office
    entries:
      - {id: rescue, rescue: text, arguments: "lang=de"}
      - {id: disk, disk: true}
      - {id: di, title: Installer, kernel: linux, initrd: initrd.gz, arguments: "a=1  quiet"}
      - {id: iso, title: ISO, iso: x.iso}
      - {id: mem, title: ISO, iso: x.iso, memdisk: memdisk}
      - {id: pe, title: Windows PE, wim: pe, memory: 2G}
      - {id: fog, title: FOG, chain: "http://10.0.0.9/boot.ipxe"}
      - {id: cfg, title: FOG, chain: "http://10.0.0.9/grub.cfg"}`);
  expect(standard).toMatchObject({ title: "Office", timeout: 10, default: "rescue" });
  expect(standard.entries.map(({ memory, isForGrub }) => [memory / MIB, isForGrub])).toEqual([
    [448, true],
    [0, true],
    [130, true],
    [0, false],
    [129, false],
    [2048, false],
    [0, false],
    [0, true],
  ]);
  expect(standard.entries[0]).toMatchObject({
    title: "Lifeboat, text only",
    start: { kernel: "vmlinuz", parameters: ["quiet", "lifeboat.layers=base,lifeboat", "lang=de"], isRescue: true },
  });
  expect(standard.entries[2]?.start).toMatchObject({ initrds: ["initrd.gz"], parameters: ["a=1", "quiet"] });
  expect(standard.entries[5]?.start).toMatchObject({ bios: "pe/bootmgr", uefi: undefined, wimboot: "pe/wimboot" });
});

test("all that is missing is said at once", async () => {
  await writeFile(join(root, "empty"), "");
  await rm(join(root, "pe/wimboot"));
  await symlink("/etc/passwd", join(root, "outside"));
  const found = await problems(`
    entries:
      - {id: a, title: A, kernel: nowhere}
      - {id: a, title: A, kernel: empty}
      - {id: b, rescue: screen}
      - {id: c, title: C, iso: outside, users: [nobody]}
      - {id: d, title: D, wim: pe}`);
  expect(found).toEqual([
    "entries[0] (a): there is no nowhere",
    "entries[1] (a): empty is empty",
    "entries[1] has the id a, as another one has",
    "entries[2] (b): this set has no rescue system screen; it has text",
    "entries[3] (c): outside is no file",
    "entries[3] names the user nobody, who is not in users",
    "entries[4] (d): there is no pe/wimboot. wimboot is at https://ipxe.org/wimboot",
  ]);
});

test.each([
  ["entries: []", "entries is empty"],
  ["entries: [{id: a, title: A}]", "entries[0] has to have one of"],
  ["entries: [{id: a, title: A, disk: true, iso: x.iso}]", "entries[0] has to have one of"],
  ["entries: [{id: a, kernel: linux}]", "entries[0] has no title"],
  ["entries: [{id: 'a b', disk: true}]", "entries[0].id is not a short name"],
  ['entries: [{id: a, disk: true, title: "a\\nb"}]', "entries[0].title has control characters"],
  ["entries: [{id: a, title: A, kernel: ../linux}]", "entries[0].kernel is not a file below the folder"],
  [
    'entries: [{id: a, title: A, kernel: linux, arguments: "a\\nshell"}]',
    "entries[0].arguments has control characters",
  ],
  ["entries: [{id: a, title: A, kernel: linux, arguments: '$\u007bnet0/ip}'}]", "entries[0].arguments has one of"],
  ["entries: [{id: a, title: A, kernel: linux, arguments: 'x && shell'}]", "entries[0].arguments has one of"],
  ["entries: [{id: a, title: A, kernel: linux, memdisk: memdisk}]", "entries[0] has memdisk, which belongs to iso"],
  ["entries: [{id: a, title: A, chain: 'http://x/$\u007bpassword}'}]", "entries[0].chain is not an address"],
  ["entries: [{id: a, title: A, chain: 'https://x/a.ipxe'}]", "entries[0].chain is not an address"],
  ["entries: [{id: a, disk: true, memory: much}]", "entries[0].memory is not a size"],
  ["entries: [{id: a, disk: true}]\nusers: {x: secret}", "users.x is no password as"],
  ["entries: [{id: a, disk: true}]\ndefault: b", "default b is none of its entries"],
  ["entries: [{id: a, disk: true}]\nmenus: [{entries: [a]}]", "menus[0] has neither groups nor machines"],
  ["entries: [{id: a, disk: true}]\nmenus: [{groups: [g], entries: [b]}]", "menus[0] names the entry b"],
  [`entries: [{id: a, disk: true, users: [x]}]\nusers: {x: ${HASH}}`, "begins a by itself, which asks for a password"],
  ["entries: [", "line 1: "],
])("%s: refused", async (text, problem) => {
  expect((await problems(text))[0]).toContain(problem);
});

test("a file in the folder that is served is refused: it has hashes of passwords", async () => {
  expect(await problems("entries: [{id: a, disk: true}]", join(root, "menu.yaml"))).toEqual([
    "it lies in the folder that is served: anybody could read it. Put it elsewhere",
  ]);
});

test("a machine's own menu counts before that of its group, and that before the one for all", async () => {
  const menus = await read(`
    timeout: 5
    default: disk
    entries: [{id: rescue, rescue: text}, {id: disk, disk: true}]
    menus:
      - {groups: [office], title: Office, default: rescue}
      - {machines: [52-54-00-12-34-56, PC7], entries: [rescue], timeout: 0}`);
  const titleOf = (more: object) => {
    const { title, timeout, default: first } = menuFor(menus, { ...MACHINE, ...more });
    return [title, timeout, first];
  };
  expect(titleOf({ macs: [] })).toEqual(["Lifeboat", 5, "disk"]);
  expect(titleOf({ macs: [], group: "office" })).toEqual(["Office", 5, "rescue"]);
  expect(titleOf({ group: "office" })).toEqual(["Lifeboat", 0, "rescue"]);
  expect(titleOf({ macs: [], name: "pc7" })).toEqual(["Lifeboat", 0, "rescue"]);
  expect(menuFor(menus, undefined)).toBe(menus.standard);
});

test("guarded are files that only entries have which ask for a password and are not GRUB's", async () => {
  const { guarded } = await read(`
    users: {admin: ${HASH}}
    entries:
      - {id: rescue, rescue: text}
      - {id: a, title: A, kernel: linux, initrd: initrd.gz, users: [admin], grub: false}
      - {id: b, title: B, kernel: linux, users: [admin], grub: false}
      - {id: c, title: C, kernel: vmlinuz, users: [admin], grub: false}
      - {id: d, title: D, kernel: memdisk, users: [admin]}`);
  expect([...guarded]).toEqual([
    ["linux", ["a", "b"]],
    ["initrd.gz", ["a"]],
  ]);
});
