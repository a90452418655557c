import { markerSector, readMarker } from "#imaging/restore/marker.ts";
import { crafted } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** The sector that says that a restore was begun. */
export const target: FuzzTarget = {
  name: "marker",
  seeds: [
    {
      name: "begun",
      content: () =>
        crafted(8192, [
          0,
          markerSector({ planId: "ab".repeat(32), rootHash: new Uint8Array(32).fill(7), chunks: 5 }, 512),
        ]),
    },
  ],
  allowed: [],
  async parse(device) {
    const found = await readMarker(device);
    promise(found === undefined || found.planId.length <= 64, () => `a plan id of ${found?.planId.length} characters`);
    return found === undefined ? "no marker" : "accepted";
  },
};
