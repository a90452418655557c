import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { sealedSecrets } from "#cli/media-secrets.ts";
import { openSealedBox } from "#imaging/keys/sealed-box.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";

let folder = "";
const warnings: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-secrets-"));
  warnings.length = 0;
});

const SSID = `Büro "2"; 'Ж'`;
const NAS = "NAS; $(rm)";
const WANTED = {
  network: { interfaces: [{ kind: "wifi", name: "air", ssid: SSID, password: "sealed" }] },
  places: [
    { kind: "smb", name: NAS, server: "nas", share: "images", user: "backup", password: "sealed" },
    { kind: "sftp", name: "Away", server: "a", user: "me", password: "ask" },
  ],
};

async function seal(config: object, environment: { mediumSecrets?: string; mediumPassphrase?: string } = {}) {
  const { mediumSecrets, mediumPassphrase } = environment;
  const request = { config: MediaConfig.parse(config), environment: { mediumSecrets, mediumPassphrase } };
  return await sealedSecrets({ ...request, warn: (text) => warnings.push(text) });
}

async function secretsFile(text: string, mode = 0o600): Promise<string> {
  const path = join(folder, "secrets.yaml");
  await writeFile(path, text, { mode });
  return path;
}

const YAML = `wifi:\n  ${JSON.stringify(SSID)}: "pass; wörd'\\""\nplaces:\n  ${JSON.stringify(NAS)}: "päss word"\n`;

test("what is to be sealed is sealed under its use, to the letter, and nothing else is", async () => {
  const box = await seal({ ...WANTED, secretsFile: await secretsFile(YAML) }, { mediumPassphrase: "öffne dich" });
  expect(box && (await openSealedBox(box, "öffne dich"))).toEqual({
    [JSON.stringify(["wifi", SSID])]: `pass; wörd'"`,
    [JSON.stringify(["smb", "nas", "images", "", "backup"])]: "päss word",
  });
  expect(warnings).toEqual([]);
});

test("the environment can have them, and the passphrase may lie in a file", async () => {
  const passphraseFile = join(folder, "passphrase");
  await writeFile(passphraseFile, "open\n");
  const box = await seal({ ...WANTED, passphraseFile }, { mediumSecrets: YAML, mediumPassphrase: "not this one" });
  expect(box && (await openSealedBox(box, "open"))).toBeDefined();
});

test("without a terminal, what is missing is named", async () => {
  const file = await secretsFile(YAML.split("places")[0] ?? "");
  const missing = seal({ ...WANTED, secretsFile: file }, { mediumPassphrase: "p" });
  await expect(missing).rejects.toMatchObject({
    code: "PASSWORD_MISSING",
    details: { what: `the password for ${NAS}` },
  });
});

test("nothing to seal asks for nothing", async () => {
  expect(await seal({})).toBeUndefined();
});

test("a file that others may read is warned of; one that is not of the form is refused without its content", async () => {
  await seal({ ...WANTED, secretsFile: await secretsFile(YAML, 0o644) }, { mediumPassphrase: "p" });
  expect(warnings).toEqual([expect.stringContaining("can be read by other users")]);
  for (const text of ["wifi: [hunter2\n", "wifi: {a: {b: hunter2}}\n", "hunter2\n"]) {
    const refused = seal({ ...WANTED, secretsFile: await secretsFile(text) }, { mediumPassphrase: "p" });
    await expect(refused, text).rejects.toMatchObject({ code: "MEDIA_CONFIG_INVALID" });
    await expect(refused, text).rejects.not.toThrow("hunter2");
  }
});

test("a Wi-Fi password of a length that no access point takes is refused", async () => {
  const file = await secretsFile(YAML.replace(`pass; wörd'\\"`, "short"));
  const refused = seal({ ...WANTED, secretsFile: file }, { mediumPassphrase: "p" });
  await expect(refused).rejects.toMatchObject({ code: "KEY_INVALID" });
});
