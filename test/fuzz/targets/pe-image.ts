import { readBytes } from "#imaging/device/block-device.ts";
import { readPe } from "#imaging/preflight/content/boot/pe-image.ts";
import { elfArchitecture, readKernelImage } from "#imaging/preflight/content/linux/kernel-image.ts";
import { derCertificate, derName, peFile, signatureList, vendorSection } from "#test/doubles/pe-file.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SHIM = peFile({
  sections: [
    { name: ".text", content: Buffer.from("HdrS") },
    {
      name: ".sbat",
      content: Buffer.from("sbat,1,SBAT Version,sbat,1,https://x\nshim,4,UEFI shim,shim,1,https://x\n"),
    },
    {
      name: ".vendor_cert",
      content: vendorSection(derCertificate("Issuer", "Vendor CA"), signatureList("sha256", [Buffer.alloc(32, 7)])),
    },
  ],
  signature: derName("Maker"),
});

/** Boot loaders and kernels of an image. */
export const target: FuzzTarget = {
  name: "pe-image",
  seeds: [
    { name: "shim", content: () => SHIM },
    { name: "unsigned", content: () => peFile({ sections: [{ name: ".sbat", content: Buffer.from("grub,3,x\n") }] }) },
  ],
  allowed: [],
  dictionary: ["MZ", "PE\0\0", ".sbat", ".vendor_cert", "/4", "HdrS", "\x7fELF"],
  async parse(device) {
    const bytes = Buffer.from(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    const pe = readPe(bytes);
    elfArchitecture(bytes);
    const kernel = readKernelImage(bytes);
    promise(!pe || pe.hash.length === 64, () => "a hash of another length");
    promise((kernel.signers === undefined) === !(pe?.isIntact && pe.signers), () => "signed by nobody");
    for (const generation of Object.values(pe?.sbat ?? {}))
      promise(Number.isSafeInteger(generation), () => `the generation ${generation}`);
    return pe ? "accepted" : "refused";
  },
};
