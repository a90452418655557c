import { describe, expect, it, test } from "vitest";
import { redactor } from "#rescue/support/redact.ts";

const SECRET = `hünter2 "x"; 'y'\\,$&`;
const redact = redactor({ secrets: [SECRET, "abc"] });

describe("a password that is known is found in every form", () => {
  const bytes = Buffer.from(SECRET);
  it.each([
    ["plain", SECRET],
    ["JSON", JSON.stringify({ note: `before ${SECRET} after` })],
    ["JSON in JSON", JSON.stringify(JSON.stringify([SECRET]))],
    ["a URL", `http://h/?q=${encodeURIComponent(SECRET)}&x`],
    ["base64", `x ${bytes.toString("base64")} y`],
    ["hexadecimal", `sae ${bytes.toString("hex")} y`],
    ["hexadecimal, large", bytes.toString("hex").toUpperCase()],
    ["a shell's quotes", `'${SECRET.replaceAll("'", "'\\''")}'`],
    ["doubled commas", `pass ${SECRET.replaceAll(",", ",,")} x`],
    ["another way to write ü", SECRET.normalize("NFD")],
  ])("%s", (_form, text) => {
    const left = redact(text);
    expect(left).toContain("(removed)");
    expect(left.normalize("NFC").toLowerCase()).not.toMatch(/hünter2|hunter2|h%C3%BCnter|aMO8bnRlcjI|68c3bc6e746572/i);
  });
  it("a short one only as a word of its own", () =>
    expect(redact("abc abcd key abc.")).toBe("(removed) abcd key (removed)."));
});

test.each([
  ["lifeboat.password=hunter2 lifeboat.id=7", "lifeboat.password=(removed) lifeboat.id=7"],
  ["  psk=0011aabb\n  ssid=77", "  psk=(removed)\n  ssid=77"],
  [`wpa: passphrase: "two words" next`, "wpa: passphrase: (removed) next"],
  ['{"level":30,"sharePassword":"hunter \\"2\\"","a":1}', '{"level":30,"sharePassword":"(removed)","a":1}'],
  [
    String.raw`{"msg":"{\"password\":\"a \\\"b\\\" c\",\"b\":1}"}`,
    String.raw`{"msg":"{\"password\":\"(removed)\",\"b\":1}"}`,
  ],
  ["GET http://anna:hunter2@proxy:3128/x", "GET http://anna:(removed)@proxy:3128/x"],
  ["Authorization: Bearer abc.def", "Authorization: (removed)"],
  ["the code is 7K0M-2X1D-9RTW now", "the code is (removed) now"],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\nx", "(removed)\nx"],
  ["-----BEGIN PRIVATE KEY-----\ncut off in the middle", "(removed)"],
])("what looks like a secret is taken out: %j", (text, expected) => expect(redact(text)).toBe(expected));

test.each([
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== somebody",
  "token ring, password file, the secret of a good text",
  "UUID=0011-AABB /boot/efi 2026-11-29 at 12:00",
  "https://deb.debian.org/debian/pool",
])("what is none stays: %j", (text) => expect(redact(text)).toBe(text));

test("serial numbers become numbers, the same one each time", () => {
  const without = redactor({ secrets: [], serials: ["SN00017777", "52:54:00:12:34:56", "SN0001", ""] });
  expect(without("ata-DISK_SN00017777 sn00017777 SN0001 52:54:00:12:34:56")).toBe(
    "ata-DISK_(serial 1) (serial 1) (serial 3) (serial 2)",
  );
});
