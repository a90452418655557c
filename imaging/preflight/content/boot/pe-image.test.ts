import { expect, test } from "vitest";
import { readPe } from "#imaging/preflight/content/boot/pe-image.ts";
import { derCertificate, derName, peFile, signatureList, vendorSection } from "#test/doubles/pe-file.ts";

const SBAT = {
  name: ".sbat",
  content: Buffer.from("sbat,1,SBAT Version,sbat,1,https://x\nshim,4,UEFI shim,shim,1,https://x\nbroken\n"),
};
const signature = Buffer.concat([derName("Its maker's CA"), derName("Its maker")]);

test("what it is for, who signed it, how old it is", () => {
  const pe = readPe(peFile({ sections: [SBAT], signature }));
  expect(pe).toMatchObject({
    architecture: "x86_64",
    signers: ["Its maker's CA", "Its maker"],
    isIntact: true,
    sbat: { sbat: 1, shim: 4 },
    vendors: [],
  });
  expect(readPe(peFile({ machine: 0xaa64 }))).toMatchObject({
    architecture: "aarch64",
    signers: undefined,
    isIntact: false,
  });
});

test("a program that was changed since is not intact, and has another hash", () => {
  const whole = readPe(peFile({ sections: [SBAT], signature }));
  const changed = readPe(peFile({ sections: [SBAT], signature, changed: 0x410 }));
  expect(changed?.isIntact).toBe(false);
  expect(changed?.hash).not.toBe(whole?.hash);
  // A signature does not count to what it signs.
  expect(readPe(peFile({ sections: [SBAT] }))?.hash).toBe(whole?.hash);
});

test("whom shim accepts: a certificate, or a list of them; what it refuses is no such", () => {
  const own = derCertificate("The issuer", "Vendor CA");
  const vendors = (accepted: Buffer) =>
    readPe(
      peFile({
        sections: [
          {
            name: ".vendor_cert",
            content: vendorSection(accepted, signatureList("x509", [derCertificate("x", "Refused")])),
          },
        ],
      }),
    )?.vendors;
  expect(vendors(own)).toEqual(["Vendor CA"]);
  expect(vendors(signatureList("x509", [own]))).toEqual(["Vendor CA"]);
  expect(vendors(Buffer.alloc(0))).toEqual([]);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["no program", Buffer.from("#!/bin/sh\n")],
  ["a program that ends", peFile({ sections: [SBAT] }).subarray(0, 0x100)],
  [
    "one whose header points away",
    Buffer.concat([Buffer.from("MZ"), Buffer.alloc(0x3a), Buffer.from([0xff, 0xff, 0xff, 0x7f])]),
  ],
])("%s is none", (_, bytes) => {
  expect(readPe(bytes)).toBeUndefined();
});
