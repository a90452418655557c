import { join } from "node:path";
import { liveLeases } from "#imaging/repository/lease.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { caseFile, emptyFolder, emptyRepository, STREAM } from "#test/fuzz/repository-seed.ts";
import { type FuzzTarget, JSON_FILE, promise } from "#test/fuzz/target.ts";

const LEASE = {
  id: STREAM,
  kind: "capture",
  point: "office",
  host: "elsewhere",
  boot: "other",
  process: "1@2",
  startedAt: "2026-01-02T03:04:05.000Z",
};
const repository = emptyRepository();

/** Who is at work: whatever a lease says, its owner is alive as long as it is young. */
export const target: FuzzTarget = {
  name: "lease",
  share: 0.1,
  seeds: [{ name: "a capture", content: () => text(JSON.stringify(LEASE)) }],
  allowed: [],
  dictionary: ["null", "-1", "[]", "{}", '"kind":', '"read"', '"__proto__":'],
  json: JSON_FILE,
  async parse(device) {
    emptyFolder(repository.folders.leases);
    await caseFile(device, join(repository.folders.leases, `${STREAM}.json`));
    const live = await liveLeases(repository);
    promise(live.length === 1 && live[0]?.id === STREAM, () => `${live.length} leases`);
    return live[0]?.host === "elsewhere" ? "accepted" : "careful";
  },
};
