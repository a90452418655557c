import { beforeAll, expect, test } from "vitest";
import { MenuGuard } from "./guard.ts";
import { hashPassword, isPassword, type PasswordHash, parsePasswordHash } from "./password-hash.ts";

/** Of "geheim", by grub-mkpasswd-pbkdf2 2.06. */
const OF_GRUB =
  "grub.pbkdf2.sha512.1000.D11070F81EDC3D44C749F9D2F39BDB36.5053C55C79CA6C1FD7778601480B54F54695F547C5C80BF08A28F28DF9EAE9A7";
const SHUT = { id: "shut", users: ["admin"] };
const ADDRESS = "10.0.0.7";
const RIGHT = { name: "admin", password: "geheim" };
const WRONG = { name: "admin", password: "falsch" };

let hash: PasswordHash;
let now = 0;
const guardOf = () =>
  new MenuGuard(
    {
      users: new Map([
        ["admin", hash],
        ["other", hash],
      ]),
      guarded: new Map([["secret/linux", ["shut"]]]),
    },
    () => now,
  );
beforeAll(() => {
  hash = parsePasswordHash(OF_GRUB) as PasswordHash;
});

test("a password as GRUB hashes it, and as we do", async () => {
  expect(await isPassword("geheim", hash)).toBe(true);
  expect(await isPassword("Geheim", hash)).toBe(false);
  const own = parsePasswordHash(await hashPassword("pässwörd 中"));
  expect(await isPassword("pässwörd 中", own as PasswordHash)).toBe(true);
});

test.each([
  "geheim",
  OF_GRUB.slice(0, -1),
  OF_GRUB.replace("sha512", "md5"),
  OF_GRUB.replace(".1000.", ".9."),
  OF_GRUB.replace(".1000.", ".9999999."),
])("%s is no hash", (text) => expect(parsePasswordHash(text)).toBeUndefined());

test("a name that is not of the entry opens nothing, though its password is right", async () => {
  const guard = guardOf();
  expect(await guard.login(ADDRESS, SHUT, { name: "other", password: "geheim" })).toEqual({ type: "wrong" });
  expect(await guard.login(ADDRESS, SHUT, { name: "nobody", password: "geheim" })).toEqual({ type: "wrong" });
  expect(await guard.login(ADDRESS, SHUT, RIGHT)).toEqual({ type: "right" });
});

test("after three mistakes one has to wait, longer each time; the right password does not end the waiting", async () => {
  now = 0;
  const guard = guardOf();
  for (let i = 0; i < 3; i++) expect(await guard.login(ADDRESS, SHUT, WRONG)).toEqual({ type: "wrong" });
  expect(await guard.login(ADDRESS, SHUT, RIGHT)).toEqual({ type: "later", wait: 2000 });
  expect(await guard.login("10.0.0.8", SHUT, RIGHT)).toEqual({ type: "right" });
  now += 2000;
  expect(await guard.login(ADDRESS, SHUT, WRONG)).toEqual({ type: "wrong" });
  expect(await guard.login(ADDRESS, SHUT, RIGHT)).toEqual({ type: "later", wait: 4000 });
  now += 4000;
  expect(await guard.login(ADDRESS, SHUT, RIGHT)).toEqual({ type: "right" });
  expect(await guard.login(ADDRESS, SHUT, WRONG)).toEqual({ type: "wrong" });
});

test("many at once are not many mistakes for free", async () => {
  const guard = guardOf();
  const results = await Promise.all(Array.from({ length: 20 }, () => guard.login(ADDRESS, SHUT, WRONG)));
  expect(results.filter(({ type }) => type === "wrong")).toHaveLength(1);
});

test("whoever has many addresses is slow as well", async () => {
  now = 0;
  const guard = guardOf();
  for (let i = 0; i < 30; i++) await guard.login(`10.0.1.${i}`, SHUT, WRONG);
  expect(await guard.login("10.0.2.1", SHUT, RIGHT)).toEqual({ type: "later", wait: 60_000 });
  now += 60_000;
  expect(await guard.login("10.0.2.1", SHUT, RIGHT)).toEqual({ type: "right" });
});

test("files that a password opens: for who has given it, as long as they are loaded", async () => {
  now = 0;
  const guard = guardOf();
  for (const name of ["secret/linux", "/secret/linux", "//secret\\.\\linux"])
    expect(guard.refusal(ADDRESS, name), name).toBe("a password opens this file");
  expect(guard.refusal(ADDRESS, "bootx64.efi")).toBeUndefined();
  await guard.login(ADDRESS, SHUT, RIGHT);
  now += 599_000;
  expect(guard.refusal(ADDRESS, "secret/linux")).toBeUndefined();
  expect(guard.refusal("10.0.0.8", "secret/linux")).toBeDefined();
  now += 599_000;
  expect(guard.refusal(ADDRESS, "secret/linux")).toBeUndefined();
  now += 600_000;
  expect(guard.refusal(ADDRESS, "secret/linux")).toBeDefined();
});
