const MACHINES = { x64: 0x8664, ia32: 0x14c, aa64: 0xaa64 } as const;

export interface EfiProgram {
  readonly architecture?: keyof typeof MACHINES;
  readonly sections?: readonly string[];
  /** Text in it, as it is. */
  readonly says?: string;
}

/** A file that has the headers of a program for UEFI firmware (Microsoft PE/COFF 11), and nothing that runs. */
export function efiProgram({ architecture = "x64", sections = [".text"], says = "" }: EfiProgram = {}): Uint8Array {
  const head = Buffer.alloc(64 + 24 + 240 + sections.length * 40);
  head.write("MZ", 0);
  head.writeUInt32LE(64, 60);
  head.write("PE\0\0", 64);
  head.writeUInt16LE(MACHINES[architecture], 68);
  head.writeUInt16LE(sections.length, 70);
  head.writeUInt16LE(240, 84);
  head.writeUInt16LE(10, 64 + 24 + 68);
  for (const [i, name] of sections.entries()) head.write(name, 64 + 24 + 240 + i * 40);
  return Buffer.concat([head, Buffer.from(says, "latin1")]);
}

export const SHIM = efiProgram({ sections: [".text", ".vendor_cert"], says: "UEFI SHIM" });
export const GRUB = efiProgram({ sections: [".text", "mods"], says: "/EFI/somelinux\0" });
export const MANAGER = efiProgram({ says: Buffer.from("Perform MOK management", "utf16le").toString("latin1") });
export const WINDOWS = efiProgram({
  says: Buffer.from("Microsoft Corporation bootmgfw.efi", "utf16le").toString("latin1"),
});
