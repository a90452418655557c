import { expect, test } from "vitest";
import { certificateSubject } from "#imaging/preflight/machine/certificate.ts";
import { commonNames } from "#imaging/preflight/machine/common-names.ts";
import { readSignatureLists } from "#imaging/preflight/machine/signature-list.ts";
import { derCertificate, derName, signatureList } from "#test/doubles/pe-file.ts";

test("certificates are known by their subject, programs by their hash", () => {
  const first = derCertificate("Root", "First CA");
  const hashes = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const lists = Buffer.concat([
    signatureList("x509", [first]),
    signatureList("sha256", hashes),
    signatureList("x509", [derCertificate("Root", "Second CA")]),
  ]);
  expect(readSignatureLists(lists)).toEqual({
    names: ["First CA", "Second CA"],
    hashes: ["01".repeat(32), "02".repeat(32)],
  });
});

test("what is cut off ends the list; what is no certificate is passed by", () => {
  const whole = signatureList("x509", [derCertificate("Root", "CA")]);
  for (const length of [0, 10, 27, whole.length - 1])
    expect(readSignatureLists(whole.subarray(0, length))).toEqual({ names: [], hashes: [] });
  expect(readSignatureLists(signatureList("x509", [Buffer.alloc(40)]))).toEqual({ names: [], hashes: [] });
  expect(readSignatureLists(signatureList("sha256", [Buffer.alloc(0)]))).toEqual({ names: [], hashes: [] });
});

test("a certificate of the first version has no version in it", () => {
  const third = derCertificate("Root", "CA");
  // Without the five bytes of the version, both lengths are shorter by as many.
  const first = Buffer.concat([third.subarray(0, 4), third.subarray(4 + 5)]);
  first[1] = (first[1] ?? 0) - 5;
  first[3] = (first[3] ?? 0) - 5;
  expect([certificateSubject(third), certificateSubject(first)]).toEqual(["CA", "CA"]);
});

test("common names in any of the strings that certificates have", () => {
  const of = (tag: number, text: Buffer) =>
    commonNames(Buffer.concat([Buffer.from("0603550403", "hex"), Buffer.from([tag, text.length]), text]));
  expect(of(0x13, Buffer.from("Printable"))).toEqual(["Printable"]);
  expect(of(0x1e, Buffer.from("Wide", "utf16le").swap16())).toEqual(["Wide"]);
  expect(of(0x02, Buffer.from("12"))).toEqual([]);
  expect(commonNames(derName("x").subarray(0, -1))).toEqual([]);
});
