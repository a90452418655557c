import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readJournal } from "#imaging/capture/capture-journal.ts";

it("a journal that is not there is told apart from one that cannot be read", async () => {
  await expect(readJournal(join(tmpdir(), "no-such.lbi.job"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(readJournal(tmpdir())).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
