import { expect, test } from "vitest";
import { type Assignment, type Report, Tracker } from "./tracker.ts";

const nothing: Report = { have: [], gone: [], failed: [], wants: [], loading: [], slots: 4 };
const wants = (...pieces: string[]): Report => ({ ...nothing, wants: pieces });
const has = (...pieces: string[]): Report => ({ ...nothing, have: pieces });
const brief = (orders: readonly Assignment[]) =>
  orders.map(({ piece, from }) => `${piece} from ${from === "origin" ? from : from.peer}`);

test("what nobody has comes from the server, to one computer; the others wait for it, and then get it from there", () => {
  const tracker = new Tracker();
  expect(brief(tracker.report("a", wants("1"), 0))).toEqual(["1 from origin"]);
  expect(tracker.report("b", wants("1"), 10)).toEqual([]);
  tracker.report("a", has("1"), 20);
  expect(brief(tracker.report("b", wants("1"), 30))).toEqual(["1 from a"]);
});

test("nobody waits for long: neither for one that is slow, nor for holders that are busy", () => {
  const tracker = new Tracker({ patience: 100, peerSlots: 1 });
  tracker.report("a", wants("1"), 0);
  expect(tracker.report("b", wants("1"), 50)).toEqual([]);
  expect(brief(tracker.report("b", wants("1"), 151))).toEqual(["1 from origin"]);
  tracker.report("a", has("1"), 160);
  expect(brief(tracker.report("c", wants("1"), 170))).toEqual(["1 from a"]);
  expect(tracker.report("d", wants("1"), 170)).toEqual([]);
  expect(brief(tracker.report("d", wants("1"), 271))).toEqual(["1 from origin"]);
});

test("uploads go round: the holder with the least to do is asked", () => {
  const tracker = new Tracker();
  for (const name of ["a", "b"]) tracker.report(name, has("1", "2"), 0);
  const [first = "", second = ""] = brief(tracker.report("c", wants("1", "2"), 1)).map((order) => order.split(" ")[2]);
  expect([first, second].sort()).toEqual(["a", "b"]);
});

test("the server sends no more at once than it may", () => {
  const tracker = new Tracker({ originSlots: 2 });
  expect(tracker.report("a", wants("1", "2", "3"), 0)).toHaveLength(2);
  expect(tracker.report("b", wants("4"), 0)).toEqual([]);
  tracker.report("a", { ...has("1"), loading: ["2"] }, 1);
  expect(tracker.report("b", wants("4"), 2)).toHaveLength(1);
});

test("one that others cannot reach is left alone for a while; one that has given a piece up is not", () => {
  const tracker = new Tracker({ silence: 1000 });
  tracker.report("a", has("1", "2"), 0);
  const [order] = tracker.report("b", wants("1"), 1) as [Assignment];
  const failed = (isGone: boolean): Report => ({ ...wants("2"), failed: [{ ...order, isGone }] });
  expect(brief(tracker.report("b", failed(true), 2))).toEqual(["2 from a"]);
  expect(brief(tracker.report("b", failed(false), 3))).toEqual(["2 from origin"]);
  expect(brief(tracker.report("c", wants("1"), 4))).toEqual(["1 from origin"]);
  tracker.report("a", has("1"), 900);
  expect(brief(tracker.report("d", wants("1"), 1100))).toEqual(["1 from a"]);
});

test("what a computer wants it gets, though it had it before and nobody heard that it has given it up", () => {
  const tracker = new Tracker({ patience: 100 });
  tracker.report("a", has("1"), 0); // the answer is lost: what it gives up now it never said it had
  expect(brief(tracker.report("a", wants("1"), 1))).toEqual(["1 from origin"]);
  expect(tracker.report("b", wants("1"), 2)).toEqual([]);
  tracker.report("a", has("1"), 3);
  expect(brief(tracker.report("b", wants("1"), 4))).toEqual(["1 from a"]);
});

test("one that is silent is forgotten, with what it holds and what it was loading", () => {
  const tracker = new Tracker({ silence: 1000, patience: 10_000 });
  tracker.report("a", { ...wants("2"), have: ["1"] }, 0);
  expect(brief(tracker.report("b", wants("1", "2"), 1))).toEqual(["1 from a"]);
  expect(tracker.peers).toEqual(["a", "b"]);
  expect(brief(tracker.report("c", wants("1", "2"), 1002))).toEqual(["1 from origin", "2 from origin"]);
  expect(tracker.peers).toEqual(["c"]);
});

test("an order that did not arrive is given again", () => {
  const tracker = new Tracker();
  expect(brief(tracker.report("a", wants("1"), 0))).toEqual(["1 from origin"]);
  expect(tracker.report("a", { ...wants("1"), loading: ["1"] }, 1)).toEqual([]);
  expect(brief(tracker.report("a", wants("1"), 2))).toEqual(["1 from origin"]);
});

test("twenty computers and two hundred pieces: the server sends each about once, and all get all", () => {
  const tracker = new Tracker({ patience: 60 });
  const pieces = Array.from({ length: 200 }, (_, i) => String(i));
  const peers = Array.from({ length: 20 }, (_, i) => ({
    name: `p${i}`,
    has: new Set<string>(),
    loading: [] as string[],
  }));
  let fromOrigin = 0;
  let now = 0;
  for (; peers.some(({ has }) => has.size < pieces.length) && now < 2000; now++)
    for (const [i, peer] of peers.entries()) {
      // What was ordered a round ago has come meanwhile.
      const have = peer.loading.splice(0);
      for (const piece of have) peer.has.add(piece);
      const open = pieces.filter((piece) => !peer.has.has(piece));
      const turned = [
        ...open.slice((i * 10) % Math.max(1, open.length)),
        ...open.slice(0, (i * 10) % Math.max(1, open.length)),
      ];
      for (const { piece, from } of tracker.report(peer.name, { ...nothing, have, wants: turned }, now)) {
        peer.loading.push(piece);
        if (from === "origin") fromOrigin++;
      }
    }
  expect(peers.every(({ has }) => has.size === pieces.length)).toBe(true);
  expect(fromOrigin).toBeLessThan(1.3 * pieces.length);
  expect(now).toBeLessThan(3 * (pieces.length / 4));
});
