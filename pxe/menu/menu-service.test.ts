import { beforeEach, expect, test } from "vitest";
import { type Machine, NO_MARKS } from "../machines/machine.ts";
import type { MenuEntry, Menus } from "./menu.ts";
import type { MenuEvent } from "./menu-event.ts";
import { MenuService } from "./menu-service.ts";
import { hashPassword, type PasswordHash, parsePasswordHash } from "./password-hash.ts";

const MIB = 2 ** 20;
const linux = { kind: "linux", kernel: "k", initrds: [], parameters: [], isRescue: false } as const;
const entry = (id: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
  ...{ id, title: id, memory: 512 * MIB, users: [], isForGrub: true, start: linux },
  ...more,
});
const entries = [
  entry("open"),
  entry("shut", { users: ["admin"] }),
  entry("hidden", { users: ["admin"], isForGrub: false }),
];
const machine: Machine = { ...NO_MARKS, id: 1, macs: [], firstSeen: 1, lastSeen: 1, group: "office" };

let known: Machine | undefined;
let events: MenuEvent[];
let service: MenuService;
beforeEach(async () => {
  [known, events] = [undefined, []];
  const hash = parsePasswordHash(await hashPassword("geheim")) as PasswordHash;
  const menu = { title: "Start", timeout: 5, default: "open", entries };
  const office = { groups: ["office"], machines: [], menu: { ...menu, title: "Office", entries: [entry("open")] } };
  const menus: Menus = {
    ...{ standard: menu, special: [office], users: new Map([["admin", hash]]), loader: "grub", guarded: new Map() },
  };
  service = new MenuService({
    ...{ menus, url: () => "http://10.0.0.1", machineAt: async () => known },
    onEvent: (event) => void events.push(event),
  });
});
const ask = async (path: string, more: { memory?: number; login?: { name: string; password: string } } = {}) => {
  const question = { address: "10.0.0.7", memory: more.memory, login: more.login };
  const answer = await service.entry(`/.lifeboat/menu/${path}`, question);
  return typeof answer === "object" ? answer.text : answer;
};
const login = { name: "admin", password: "geheim" };

test("menus are in place of the folder's, by whatever name a loader calls them, and of no other file", async () => {
  for (const name of ["boot.ipxe", "/boot.ipxe", "\\boot.ipxe"])
    expect(await service.menuFile(name, "10.0.0.7"), name).toContain("menu Start");
  expect(await service.menuFile("/grub/grub.cfg", "10.0.0.7")).toContain("menuentry");
  for (const name of ["grub.cfg", "x/boot.ipxe", "../boot.ipxe", "vmlinuz"])
    expect(await service.menuFile(name, "10.0.0.7"), name).toBeUndefined();
  expect(events.map(({ type, loader }) => `${type} ${loader}`)).toEqual([
    ...["shown ipxe", "shown ipxe", "shown ipxe", "shown grub"],
  ]);
});

test("a protected entry is given to nobody without its password, and its words are not told", async () => {
  expect(await ask("open.ipxe")).toContain("kernel http://10.0.0.1/k");
  expect(await ask("shut.ipxe")).toBe("login");
  expect(events.map(({ type }) => type)).toEqual(["chosen"]);
  const wrong = await ask("shut.ipxe", { login: { ...login, password: "falsch" } });
  expect(wrong).toContain("do not open it");
  expect(wrong).not.toContain("kernel");
  expect(await ask("shut.ipxe", { login })).toContain("kernel");
  expect(events.map(({ type, reason }) => [type, reason])).toEqual([
    ["chosen", undefined],
    ["refused", "wrong password"],
    ["chosen", undefined],
  ]);
  expect(JSON.stringify(events)).not.toMatch(/geheim|falsch/);
});

test("GRUB gets what it shows: it has asked itself; what it does not show nobody gets by that way", async () => {
  expect(await ask("shut.cfg")).toContain("linux");
  expect(await ask("hidden.cfg")).toBeUndefined();
  expect(await ask("hidden.cfg", { login })).toBeUndefined();
  expect(await ask("hidden.ipxe")).toBe("login");
});

test("what GRUB asks for twice, as it does by HTTP, happened once; two computers are two", async () => {
  for (const address of ["10.0.0.7", "10.0.0.7", "10.0.0.8"]) await service.menuFile("grub/grub.cfg", address);
  for (const path of ["open.cfg", "open.cfg", "shut.cfg"]) await ask(path);
  expect(events.map(({ type, client, title }) => `${client} ${type} ${title}`)).toEqual([
    ...["10.0.0.7 shown Start", "10.0.0.8 shown Start"],
    ...["10.0.0.7 chosen open", "10.0.0.7 chosen shut"],
  ]);
});

test("what is not on a machine's menu is not given to it", async () => {
  known = machine;
  expect(await ask("shut.ipxe", { login })).toBeUndefined();
  expect(await ask("open.ipxe")).toContain("kernel");
  expect(await service.menuFile("boot.ipxe", "10.0.0.7")).toContain("menu Office");
  for (const path of ["nothing.ipxe", "../open.ipxe", "open", "open.ipxe/x"])
    expect(await ask(path), path).toBeUndefined();
});

test("memory: what the loader tells counts before what was seen once; of the latter the kernel has taken its part", async () => {
  for (const [told, seen, starts] of [
    [512, undefined, true],
    [511, undefined, false],
    [511, 4096, false],
    [512, 100, true],
    [undefined, 410, true],
    [undefined, 400, false],
    [undefined, undefined, true],
  ] as const) {
    known = { ...machine, group: "", ...(seen !== undefined && { memory: seen * MIB }) };
    const text = await ask("open.cfg", told === undefined ? {} : { memory: told * MIB });
    expect(/^linux/.test(text ?? ""), `${told} told, ${seen} seen`).toBe(starts);
    if (!starts) expect(text).toContain("open needs 512 MiB of memory");
  }
});
