import { readBytes } from "#imaging/device/block-device.ts";
import { readSignatureLists } from "#imaging/preflight/machine/signature-list.ts";
import { derCertificate, signatureList } from "#test/doubles/pe-file.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** Firmware's lists of whom it trusts. */
export const target: FuzzTarget = {
  name: "signature-list",
  seeds: [
    {
      name: "two-lists",
      content: () =>
        Buffer.concat([
          signatureList("x509", [derCertificate("Issuer", "Subject")]),
          signatureList("sha256", [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]),
        ]),
    },
  ],
  allowed: [],
  async parse(device) {
    const { names, hashes } = readSignatureLists(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    for (const name of names) promise(name.length > 0 && name.length < 128, () => `a name of ${name.length}`);
    for (const hash of hashes) promise(/^[0-9a-f]{64}$/.test(hash), () => `the hash ${hash}`);
    return names.length + hashes.length > 0 ? "accepted" : "refused";
  },
};
