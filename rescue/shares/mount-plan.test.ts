import { expect, test } from "vitest";
import { Place } from "#base/medium/place.ts";
import { planMount } from "#rescue/shares/mount-plan.ts";
import { type FileShare, placeId } from "#rescue/shares/share.ts";

const ODD = `pä ss;'"\`$(rm -rf)\\,=#%пароль`;
const PLACES = { point: "/run/s/nas", work: "/run/w/1" };
const share = (fields: object) => Place.parse({ name: "nas", ...fields }) as FileShare;
const plan = (fields: object, password?: string) => planMount(share(fields), password, PLACES);
const option = (args: readonly string[]) => args[args.indexOf("-o") + 1]?.split(",") ?? [];

test("SMB: the password stands in a file alone, as it is", () => {
  const smb = { kind: "smb", server: "nas", share: "Büro images; 'x'", user: "anna b", domain: "OFFICE" };
  const { tool, args, files, input } = plan(smb, ODD);
  expect([tool, args.slice(0, 2), input]).toEqual(["mount.cifs", ["//nas/Büro images; 'x'", "/run/s/nas"], undefined]);
  expect(files).toEqual([
    { path: "/run/w/1/credentials", content: `username=anna b\npassword=${ODD}\ndomain=OFFICE\n` },
  ]);
  expect(option(args)).toEqual(
    expect.arrayContaining(["rw", "credentials=/run/w/1/credentials", "nosuid", "nodev", "noexec"]),
  );
  expect(JSON.stringify(args)).not.toContain("пароль");
});

test("SMB as a guest, only read", () => {
  const { args, files } = plan({ kind: "smb", server: "fd00::1", share: "images", readOnly: true });
  expect([files, args[0]]).toEqual([[], "//fd00::1/images"]);
  expect(option(args)).toEqual(expect.arrayContaining(["ro", "guest"]));
});

test.each([["share"], ["user"], ["domain"]])(
  "SMB: a comma in the %s is refused, as it would begin an option",
  (field) => {
    const fields = { kind: "smb", server: "nas", share: "s", user: "u", domain: "d", [field]: "x,uid=1000" };
    expect(() => plan(fields, "p")).toThrow(
      expect.objectContaining({ code: "SHARE_UNSUITABLE", details: { field, problem: expect.any(String) } }),
    );
  },
);

test("NFS: version 4 and 3, an address of IPv6 in brackets", () => {
  const four = plan({ kind: "nfs", server: "2001:db8::5", path: "/srv/Bilder; a,b" });
  expect([four.tool, four.args[0]]).toEqual(["mount.nfs", "[2001:db8::5]:/srv/Bilder; a,b"]);
  expect(option(four.args)).toEqual(expect.arrayContaining(["rw", "vers=4", "soft", "retry=0"]));
  expect(option(plan({ kind: "nfs", server: "nas", path: "/x", version: "3" }).args)).toContain("nolock");
});

test("SFTP: the server stands in a file, the password goes to standard input", () => {
  const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==";
  const sftp = { kind: "sftp", server: "fe80::1%eth0", port: 2222, user: "anna", path: "Bilder; 'x'", hostKey };
  const { tool, args, files, input } = plan(sftp, ODD);
  expect([tool, args.at(-2), args.at(-1), input]).toEqual(["sshfs", "lifeboat:Bilder; 'x'", "/run/s/nas", `${ODD}\n`]);
  const [config, known] = files;
  expect(config?.content).toContain('  HostName fe80::1%%eth0\n  Port 2222\n  User "anna"\n');
  expect(config?.content).toContain("StrictHostKeyChecking yes\n");
  expect(known?.content).toBe(`lifeboat ${hostKey}\n`);
  expect(JSON.stringify([args, files])).not.toContain("пароль");
});

test.each([
  ["-oProxyCommand=reboot", '"-oProxyCommand=reboot"'],
  ["büro; 'x'", `"büro; 'x'"`],
  ['"q" 5% \\', String.raw`"\"q\" 5%% \\"`],
])("SFTP: a user %s is one word of the file", (user, written) => {
  const { args, files } = plan({ kind: "sftp", server: "nas", user, hostKey: "ssh-rsa AA" }, "p");
  expect(files[0]?.content).toContain(`  User ${written}\n`);
  expect(args.join(" ")).not.toContain(user);
});

test("SFTP: a user that ssh would look for in its environment is refused", () => {
  const share = { kind: "sftp", server: "nas", user: "a${", hostKey: "ssh-rsa AA" };
  expect(() => plan(share, "p")).toThrow("SHARE_UNSUITABLE");
});

test("a server's name cannot be an option of a tool", () => {
  const { success } = Place.safeParse({ kind: "nfs", name: "x", server: "-oX", path: "/" });
  expect(success).toBe(false);
});

test("a place has an id that is fit for a folder, and two names have two", () => {
  expect(placeId({ name: "Büro-Bilder" })).toBe("Büro-Bilder");
  const ids = ["../x", "a b", "a;b", "", ".", "a/b"].map((name) => placeId({ name }));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u);
});
