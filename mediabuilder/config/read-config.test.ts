import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { isLifeboatError } from "#base/errors.ts";
import { configText } from "./config-text.ts";
import { MediaConfig } from "./media-config.ts";
import { MEDIA_OPTIONS } from "./options.ts";
import { readConfig } from "./read-config.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-config-"));
});

async function read(text: string, flags: Record<string, unknown> = {}) {
  const file = join(folder, "media.yaml");
  await writeFile(file, text);
  return readConfig(file, new Map(Object.entries(flags)));
}

const problems = (text: string, flags?: Record<string, unknown>): Promise<string> =>
  read(text, flags).then(
    () => "none",
    (error: unknown) => {
      if (isLifeboatError(error, "MEDIA_CONFIG_INVALID")) return error.details.problems;
      throw error;
    },
  );

/** The options of the schema: what is neither a group of others nor a part of a list's items. */
function leaves(schema: z.ZodType, path: readonly string[] = []): string[] {
  const inner = (schema as { def: { innerType?: z.ZodType } }).def.innerType;
  if (inner) return leaves(inner, path);
  const shape = (schema as { shape?: Record<string, z.ZodType> }).shape;
  if (!shape) return [path.join(".")];
  return Object.entries(shape).flatMap(([key, field]) => leaves(field, [...path, key]));
}

test("every option of the schema has a row, and so a line in media.yaml and a flag; no row has none", () => {
  expect(MEDIA_OPTIONS.map(({ path }) => path).sort()).toEqual(leaves(MediaConfig).sort());
});

test("what `media config` prints gives the same as no file", async () => {
  expect(await read(configText())).toEqual(MediaConfig.parse({}));
});

test("each example in it can be used", async () => {
  const shown = configText().split("\n");
  const used = shown
    .filter((line, at) => !shown[at + 1]?.trimStart().startsWith(`#${line.trim().split(":")[0]}:`))
    .map((line) => line.replace(/^(\s*)#(?! )/, "$1"));
  const config = await read(used.join("\n"));
  expect(config.network.interfaces).toHaveLength(6);
  expect(config.places.map(({ kind }) => kind)).toEqual(["folder", "smb", "nfs", "sftp", "s3", "http"]);
  expect(config.branding.logo).toBe(join(folder, "logo.svg"));
  expect(config.extraPackages).toEqual(["ethtool", join(folder, "vendor-tool_1.2_amd64.deb")]);
});

test("a flag goes before the file, which goes before the default", async () => {
  const file = "kind: headless\nlanguage: nl\nnetwork:\n  dns: [192.0.2.1]\n";
  const config = await read(file, { language: "ru", "network.dns": ["192.0.2.2"], "branding.name": "Boot" });
  expect(config).toMatchObject({ kind: "headless", language: "ru", timeZone: "UTC", branding: { name: "Boot" } });
  expect(config.network.dns).toEqual(["192.0.2.2"]);
});

test("paths of the file are relative to it, those of flags to where the command runs", async () => {
  const config = await read("extraDrivers: [a/Ж b, /abs]\n", { signingKey: "key.pem" });
  expect(config.extraDrivers).toEqual([join(folder, "a/Ж b"), "/abs"]);
  expect(config.signingKey).toBe(join(process.cwd(), "key.pem"));
});

describe("what is wrong is named with its line or its flag", () => {
  test.each<[string, string]>([
    ["kind: kiosk\n\nlangauge: nl\n", "line 3: langauge: there is no such option"],
    ["# x\nlanguage: tlh\n", "line 2: language: is one of en, nl, ru, de, es, fr, pt"],
    ["network:\n  dns:\n    - 192.0.2.1\n    - 8.8.8\n", "line 4: network.dns[1]: is not an IPv4 or IPv6 address"],
    ["network:\n  interfaces: dhcp\n", "line 2: network.interfaces: is one of auto, or must be a list"],
    [
      "network:\n  interfaces:\n    - kind: vlan\n      name: v\n      id: 7\n      parent: lan\n",
      "line 6: network.interfaces[0].parent: no ethernet or bond is called lan",
    ],
    ["network:\n  interfaces:\n    - kind: ethernet\n", "line 3: network.interfaces[0].name: is missing"],
    [
      "network:\n  interfaces:\n    - {kind: ethernet, name: lan,\n       ipv4: {address: 192.0.2.300/24}}\n",
      "line 4: network.interfaces[0].ipv4.address: is not an address such as 192.0.2.10/24",
    ],
    ["places:\n  - kind: ftp\n", "line 2: places[0].kind: kind is folder, smb, nfs, sftp, s3 or http"],
    [
      "places:\n  - {kind: nfs, name: 5, server: s, path: /x}\n",
      "line 2: places[0].name: must be a text (in quotes, if it looks like a number)",
    ],
    ["firmware: yes\n", "line 1: firmware: must be true or false"],
    ["lowSpace: lots\n", "line 1: lowSpace: is no size such as 10 GiB, 500M or 0"],
    [
      "extraPackages: ['x; rm -rf /']\n",
      "line 1: extraPackages[0]: is neither the name of a Debian package nor a .deb file",
    ],
    [
      'kernelParameters: "a\\nb"\n',
      "line 1: kernelParameters: has characters that the kernel's command line cannot have",
    ],
    ["kind: kiosk\nkind: headless\n", "line 2: Map keys must be unique"],
    ["kind: [\n", "line 2: Flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["- a\n", "line 1: it has no options, `name: value`"],
  ])("%j", async (text, problem) => {
    expect(await problems(text)).toBe(problem);
  });

  test("several at once, and a flag", async () => {
    const found = await problems("kind: x\nnetwork:\n  dns: [1.2]\n", {
      timeZone: "Mars",
      "network.dns": ["300.1.1.1"],
    });
    expect(found.split("\n")).toEqual([
      "line 1: kind: is one of kiosk, headless",
      "--time-zone: is not a time zone, such as Europe/Amsterdam or UTC",
      "--network-dns[0]: is not an IPv4 or IPv6 address",
    ]);
  });
});

test("a file that is none, or no text, is said to be so", async () => {
  await expect(readConfig(join(folder, "none.yaml"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
  await writeFile(join(folder, "binary.yaml"), Buffer.from([0xff, 0xfe, 0]));
  await expect(readConfig(join(folder, "binary.yaml"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
});

test("aliases that multiply are refused, and keys that are a prototype's are options that do not exist", async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
    .split("")
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`)}]`)
    .join("\n")}\n`;
  await expect(read(bomb)).rejects.toThrow(/alias/i);
  expect(await problems("__proto__: {kind: x}\n")).toContain("__proto__: there is no such option");
});
