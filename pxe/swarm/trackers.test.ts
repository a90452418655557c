import { expect, test } from "vitest";
import { Trackers } from "./trackers.ts";

const SILENT = { have: [], gone: [], failed: [], wants: [], loading: [], slots: 1 };

test("computers are told of those that ask at the same address of the server, and of no others", () => {
  const trackers = new Trackers();
  const one = trackers.at("10.0.0.1");
  one.report("10.0.0.7:1", { ...SILENT, have: ["piece"] }, 0);
  const wants = { ...SILENT, wants: ["piece"] };
  expect(trackers.at("10.0.0.1").report("10.0.0.8:1", wants, 1)).toEqual([
    { piece: "piece", from: { peer: "10.0.0.7:1" } },
  ]);
  expect(trackers.at("10.1.0.1").report("10.1.0.8:1", wants, 1)).toEqual([{ piece: "piece", from: "origin" }]);
});
