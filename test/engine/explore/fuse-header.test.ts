import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as protocol from "#imaging/explore/fuse/protocol.ts";
import { run, scratch } from "#test/engine/filesystem/volume-image.ts";

/** Of each structure: what the header calls it, and how its fields are called there when not as with us. */
const STRUCTS = [
  ["fuse_in_header", protocol.inHeader],
  ["fuse_out_header", protocol.outHeader],
  ["fuse_init_out", protocol.initOut],
  ["fuse_attr", protocol.attr],
  ["fuse_open_out", protocol.openOut],
  ["fuse_read_in", protocol.readIn],
  ["fuse_open_in", protocol.openIn],
  ["fuse_release_in", protocol.releaseIn],
  ["fuse_mkdir_in", protocol.mkdirIn],
  ["fuse_create_in", protocol.createIn],
  ["fuse_rename_in", protocol.renameIn],
  ["fuse_rename2_in", protocol.rename2In],
  ["fuse_setattr_in", protocol.setattrIn],
  ["fuse_write_in", protocol.writeIn],
  ["fuse_write_out", protocol.writeOut],
  ["fuse_lseek_in", protocol.lseekIn],
  ["fuse_lseek_out", protocol.lseekOut],
  ["fuse_kstatfs", protocol.statfsOut],
] as const;
const PARTS = [
  ["fuse_init_in", protocol.initIn],
  ["fuse_entry_out", protocol.entryOut],
  ["fuse_attr_out", protocol.attrOut],
  ["fuse_dirent", protocol.dirent],
] as const;

const cName = (field: string): string =>
  field
    .replace(/^(atime|mtime|ctime)Ns$/, "$1nsec")
    .replace(/ValidNs$/, "_valid_nsec")
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/_valid_nsec$/, "_valid_nsec");

test("sizes and offsets are those that a C compiler gives linux/fuse.h", () => {
  using folder = scratch();
  const lines = [...STRUCTS, ...PARTS].flatMap(([name, { fields }]) => [
    ...Object.keys(fields).map(
      (field) => `printf("${name} ${field} %zu\\n", offsetof(struct ${name}, ${cName(field)}));`,
    ),
    `printf("${name} size %zu\\n", sizeof(struct ${name}));`,
  ]);
  const source = join(folder.path, "offsets.c");
  writeFileSync(
    source,
    `#include <linux/fuse.h>\n#include <stddef.h>\n#include <stdio.h>\nint main(void) {\n${lines.join("\n")}\n}\n`,
  );
  run("g++", "-x", "c++", "-Wno-invalid-offsetof", "-o", join(folder.path, "offsets"), source);
  const said = run(join(folder.path, "offsets")).trim().split("\n");
  const ours = [...STRUCTS, ...PARTS].flatMap(([name, { fields, size }]) => [
    ...Object.entries(fields).map(([field, { at }]) => `${name} ${field} ${at}`),
    ...(STRUCTS.some(([known]) => known === name) ? [`${name} size ${size}`] : []),
  ]);
  expect(said).toEqual(expect.arrayContaining(ours));
  expect(ours.length).toBeGreaterThan(70);
});
