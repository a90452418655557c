import { expect, it } from "vitest";
import { BootLook } from "#rescue/boot/boot-look.ts";
import { sampleDisk, samplePartition } from "#test/doubles/rescue.ts";

const GUID = "5b0d7e1a-0002-4c1d-9a1e-3f8a55aa0001";
const wide = (text: string) => Buffer.from(`${text}\0`, "utf16le");

/** EFI_LOAD_OPTION (UEFI 2.10, 3.1.3), with a hard drive of a GPT where there is a partition. */
function loadOption(description: string, attributes: number, guid?: string): Uint8Array<ArrayBuffer> {
  const drive = Buffer.alloc(42);
  drive.set([4, 1, 42, 0, 2]);
  if (guid) {
    const [a = "", b = "", c = "", d = "", e = ""] = guid.split("-");
    const bytes = Buffer.from(a + b + c + d + e, "hex");
    drive.set(
      [...bytes.subarray(0, 4).reverse(), ...bytes.subarray(4, 6).reverse(), ...bytes.subarray(6, 8).reverse()],
      24,
    );
    drive.set(bytes.subarray(8), 32);
  }
  drive.set([2, 2], 40);
  const end = Buffer.from([0x7f, 0xff, 4, 0]);
  const path = guid ? Buffer.concat([drive, end]) : end;
  const head = Buffer.alloc(6);
  head.writeUInt32LE(attributes, 0);
  head.writeUInt16LE(path.length, 4);
  return new Uint8Array(Buffer.concat([head, wide(description), path]));
}

function look(variables: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): BootLook {
  const partition = { ...samplePartition(1, "vfat"), number: 2, guid: GUID.toUpperCase() };
  const disk = sampleDisk({ table: { type: "gpt", problems: [] }, partitions: [partition] });
  return new BootLook({
    listDisks: async () => [disk],
    release: async () => {},
    variables: {
      list: async () => Object.keys(variables),
      read: async (name) => variables[name],
      write: async () => {
        throw new Error("a look writes nothing");
      },
      remove: async () => {
        throw new Error("a look removes nothing");
      },
    },
    readMachine: async () => {
      throw new Error("no machine is asked for");
    },
  });
}

it("lists what firmware tries, in its order, with the disk of this machine that each names", async () => {
  const { entries } = await look({
    Boot0000: loadOption("PXE", 0),
    Boot0001: loadOption("gone", 1, "5b0d7e1a-0002-4c1d-9a1e-00000000dead"),
    Boot0002: loadOption("debian", 1, GUID),
    Boot0005: loadOption("Setup", 1 | 8),
    BootOrder: Uint8Array.of(2, 0, 1, 0),
    BootCurrent: Uint8Array.of(1, 0),
  }).entries();
  expect(entries).toEqual([
    {
      ...{ name: "Boot0002", label: "debian", isActive: true, isCurrent: false, position: 1, partition: 2 },
      disk: "Target (…7777)",
    },
    { name: "Boot0001", label: "gone", isActive: true, isCurrent: true, position: 2, partition: 2 },
    { name: "Boot0000", label: "PXE", isActive: false, isCurrent: false },
  ]);
});

it("has nothing to list where no firmware shows its variables, and does not know a disk that is not there", async () => {
  expect(await look({}).entries()).toEqual({});
  await expect(look({}).disk("gone")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
