import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealedSecrets } from "#cli/media-secrets.ts";
import { readConfig } from "#mediabuilder/config/read-config.ts";
import { settingsFiles } from "#mediabuilder/config/settings.ts";
import { buildSettingsLayer } from "#mediabuilder/linux/settings-layer.ts";
import { wpaConfig } from "#rescue/network/wpa-config.ts";
import { SecretBook } from "#rescue/settings/secret-book.ts";
import { Settings } from "#rescue/settings/settings.ts";
import { planMount } from "#rescue/shares/mount-plan.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** What people write: media.yaml -> settings layer (squashfs) -> the rescue system's own reading of it -> what its tools are given. */
const SSID = `Büro "2"; 'Ж'`;
const WIFI_PASSWORD = `p;ä'"$(x)\\ ß`;
const NAS = `NAS; "große" $(rm -rf /)`;
const NAS_PASSWORD = `s;p,a c'e"ß`;
const PASSPHRASE = "öffne; 'dich'";

const YAML = `
language: ru
branding: { name: "Müller & Söhne; 'IT'", logo: "Лого; 1.svg" }
network:
  interfaces:
    - { kind: wifi, name: air, ssid: ${JSON.stringify(SSID)}, password: sealed }
places:
  - { kind: smb, name: ${JSON.stringify(NAS)}, server: müller-nas, share: "Bilder; 2", user: "Ян Müller", password: sealed }
secretsFile: "geheim; 1.yaml"
passphraseFile: pass
`;
const SECRETS = JSON.stringify({ wifi: { [SSID]: WIFI_PASSWORD }, places: { [NAS]: NAS_PASSWORD } });

let folder = "";
let settings: Settings;
let book: SecretBook;
let unpacked = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat Ж; names-"));
  const files = { "media.yaml": YAML, "geheim; 1.yaml": SECRETS, pass: PASSPHRASE, "Лого; 1.svg": "<svg xmlns='x'/>" };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  const config = await readConfig(join(folder, "media.yaml"));
  const environment = { mediumSecrets: undefined, mediumPassphrase: undefined };
  const secrets = await sealedSecrets({ config, environment, warn: (text) => expect.fail(text) });
  const work = join(folder, "work");
  await mkdir(work);
  const layer = await buildSettingsLayer(work, await settingsFiles(config, secrets), () => {});
  unpacked = join(folder, "unpacked");
  await runTool("unsquashfs", ["-quiet", "-no-progress", "-d", unpacked, join(layer.path, "settings.sqfs")]);
  book = await SecretBook.open(undefined);
  const place = { medium: join(unpacked, "etc/lifeboat/settings.json"), kept: "/none", session: "/none" };
  settings = await Settings.open(place, book, { error: (...words: unknown[]) => expect.fail(JSON.stringify(words)) });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("nothing secret is in the clear on the medium, and root alone reads the file", async () => {
  const text = await readFile(join(unpacked, "etc/lifeboat/settings.json"), "utf8");
  for (const secret of [WIFI_PASSWORD, NAS_PASSWORD, PASSPHRASE])
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) expect(text).not.toContain(form);
  const listed = await runTool("stat", ["-c", "%a %u", join(unpacked, "etc/lifeboat/settings.json")]);
  expect(listed.stdout.trim()).toBe("600 0");
});

test("the rescue system reads what was written, and unseals the passwords with the passphrase alone", async () => {
  expect(settings.problem).toBeUndefined();
  expect(settings.current.branding).toMatchObject({ name: "Müller & Söhne; 'IT'", logo: "logo.svg" });
  expect(await readFile(join(unpacked, "etc/lifeboat/logo.svg"), "utf8")).toContain("<svg");
  await expect(settings.unlock("something else")).rejects.toMatchObject({ code: "PASSPHRASE_WRONG" });
  expect(settings.sealedState()).toMatchObject({ sealed: "locked" });
  await settings.unlock(PASSPHRASE);
  expect(settings.sealedState()).toEqual({ sealed: "open", missing: [] });
});

test("the tools are given the very bytes: wpa_supplicant a name in hexadecimal, mount.cifs a file of credentials", () => {
  const { network, places } = settings.current;
  const [wifi] = network.interfaces === "auto" ? [] : network.interfaces;
  const secret = book.get(JSON.stringify(["wifi", SSID]));
  expect(secret).toBe(WIFI_PASSWORD);
  if (wifi?.kind !== "wifi") return expect.fail("no Wi-Fi in the settings");
  expect(wpaConfig(wifi, secret)).toContain(`ssid=${Buffer.from(SSID).toString("hex")}\n`);
  const [nas] = places;
  if (nas?.kind !== "smb") return expect.fail("no SMB in the settings");
  const password = book.get(JSON.stringify(["smb", "müller-nas", "Bilder; 2", "", "Ян Müller"]));
  const plan = planMount(nas, password, { point: "/mnt/1", work: "/run/work" });
  expect(plan.files[0]?.content).toBe(`username=Ян Müller\npassword=${NAS_PASSWORD}\n`);
  expect(plan.args.join(" ")).not.toContain(NAS_PASSWORD);
  expect(plan.args[0]).toBe("//müller-nas/Bilder; 2");
});
