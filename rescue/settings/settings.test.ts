import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sealSecrets } from "#imaging/keys/sealed-box.ts";
import { SecretBook } from "#rescue/settings/secret-book.ts";
import { Settings } from "#rescue/settings/settings.ts";
import { memoryLog } from "#test/doubles/rescue.ts";

const PASSWORD = `pässwörd;'"$(x)\\`;
const NAS = { kind: "smb", name: "Büro", server: "nas", share: "images", user: "anna", password: "sealed" } as const;
const NAS_SECRET = '["smb","nas","images","","anna"]';

let folder: string;
let files: { medium: string; kept: string; session: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings-"));
  files = {
    medium: join(folder, "medium.json"),
    kept: join(folder, "stick/kept.json"),
    session: join(folder, "now.json"),
  };
});
afterEach(() => rm(folder, { recursive: true }));

const open = async () => {
  const secrets = await SecretBook.open(join(folder, "secrets.json"));
  return { secrets, settings: await Settings.open(files, secrets, memoryLog()) };
};
const reboot = async () => {
  await rm(files.session, { force: true });
  await rm(join(folder, "secrets.json"), { force: true });
  return open();
};

test("without any file all is as by default, and nothing is asked", async () => {
  const { settings } = await open();
  expect(settings.current).toMatchObject({ network: { interfaces: "auto" }, places: [], timeZone: "UTC" });
  expect([settings.problem, settings.sealedState()]).toEqual([undefined, { sealed: "none", missing: [] }]);
});

test("a file that cannot be understood is named, and the defaults are in force", async () => {
  await writeFile(files.medium, '{"timeZone":"Europe/Atlantis"}');
  const { settings } = await open();
  expect(settings.problem?.message).toBe(
    `SETTINGS_INVALID: ${files.medium}: timeZone is not a time zone, such as Europe/Amsterdam or UTC`,
  );
  expect(settings.current.timeZone).toBe("UTC");
});

test("the passphrase opens what the medium has sealed; a server that is started again still knows it", async () => {
  const secrets = await sealSecrets({ [NAS_SECRET]: PASSWORD }, "Kaffee; 'heiß'", { log2N: 10, r: 1, p: 1 });
  await writeFile(files.medium, JSON.stringify({ places: [NAS], secrets }));
  const first = await open();
  expect(first.settings.sealedState()).toMatchObject({ sealed: "locked", missing: [{ name: NAS_SECRET }] });
  await expect(first.settings.unlock("Tee")).rejects.toMatchObject({ code: "PASSPHRASE_WRONG" });
  await first.settings.unlock("Kaffee; 'heiß'");
  expect(first.secrets.get(NAS_SECRET)).toBe(PASSWORD);
  expect(first.settings.sealedState()).toEqual({ sealed: "open", missing: [] });
  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect((await open()).settings.sealedState().missing).toEqual([]);
});

test("what is changed is in force until the machine is switched off", async () => {
  const { settings } = await open();
  await settings.change({ timeZone: "Europe/Amsterdam" });
  expect((await open()).settings.current.timeZone).toBe("Europe/Amsterdam");
  expect((await reboot()).settings.current.timeZone).toBe("UTC");
});

test("what is kept on the stick comes back, with its passwords under the passphrase only", async () => {
  const { settings } = await open();
  await settings.change({ timeZone: "Asia/Tokyo", places: [{ ...NAS, folder: "", readOnly: false }] });
  await settings.give(NAS_SECRET, PASSWORD);
  await settings.keep("Kaffee");
  expect(await readFile(files.kept, "utf8")).not.toContain("wörd");
  const later = await reboot();
  expect(later.settings.current).toMatchObject({ timeZone: "Asia/Tokyo", places: [{ name: "Büro" }] });
  expect(later.settings.sealedState().sealed).toBe("locked");
  await later.settings.unlock("Kaffee");
  expect(later.secrets.get(NAS_SECRET)).toBe(PASSWORD);
});

test("without a passphrase no password is kept, and each is asked for again", async () => {
  const { settings } = await open();
  await settings.change({ places: [{ ...NAS, folder: "", readOnly: false }] });
  await settings.give(NAS_SECRET, PASSWORD);
  await settings.keep(undefined);
  expect(await readFile(files.kept, "utf8")).not.toContain("wörd");
  expect((await reboot()).settings.sealedState()).toMatchObject({
    ...{ sealed: "none", missing: [{ name: NAS_SECRET, from: "ask" }] },
  });
});

test("a password that nothing asks for is not taken; a stick that is not there is said", async () => {
  const { settings } = await open();
  await expect(settings.give(NAS_SECRET, "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await writeFile(join(folder, "stick"), "a file where a folder should be");
  await expect(settings.keep(undefined)).rejects.toMatchObject({ code: "SETTINGS_NOT_KEPT" });
});
