import { basename, join } from "node:path";
import { readCondemned } from "#imaging/repository/condemned.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { caseFile, emptyFolder, emptyRepository, REPOSITORY, STREAM } from "#test/fuzz/repository-seed.ts";
import { type FuzzTarget, JSON_FILE, promise } from "#test/fuzz/target.ts";

const NOTE = {
  id: STREAM,
  at: "2026-01-02T03:04:05.000Z",
  waitsFor: [REPOSITORY],
  merged: [`${REPOSITORY}-1.lbx.merged`, "a.lbx.merged"],
};
const repository = emptyRepository();

/** What goes later: names of files to be removed. */
export const target: FuzzTarget = {
  name: "condemned",
  share: 0.1,
  seeds: [{ name: "two files", content: () => text(JSON.stringify(NOTE)) }],
  allowed: [],
  dictionary: ["null", "[]", "{}", '"../../etc/passwd.merged"', '".."', '"a.lbx"', '"__proto__":'],
  json: JSON_FILE,
  async parse(device) {
    emptyFolder(repository.folders.condemned);
    await caseFile(device, join(repository.folders.condemned, `${STREAM}.json`));
    const [note] = await readCondemned(repository);
    if (!note) return "none";
    promise(note.id === STREAM && !Number.isNaN(Date.parse(note.at)), () => `${note.id} of ${note.at}`);
    for (const name of note.merged)
      promise(basename(name) === name && name.endsWith(".merged"), () => `the file ${name} would go`);
    return "accepted";
  },
};
