import { expect, test } from "vitest";
import { CAPTURE, sampleDeployment } from "#test/doubles/sample-deployment.ts";
import { type Asking, chooseOrder, placeFor } from "./choose-order.ts";
import { ALIVE, type Deployment, type Member, newMember, SILENT } from "./deployment.ts";
import { hostnameOf } from "./hostname.ts";

const NOW = new Date(2026, 10, 30, 23).getTime();
const machine = (id: number, group = "") => ({ id, name: `pc${id}`, group, serial: "A B/1" });
const asking = (id: number, key = `key${id}`, more: Partial<Asking> = {}): Asking => ({
  ...{ machine: machine(id), key, isUsed: false, ...more },
});
const choose = (ask: Asking, deployments: Deployment[], members: Member[] = [], now = NOW) =>
  chooseOrder(ask, deployments, ({ id }) => members.filter(({ deployment }) => deployment === id), now);
const lab = sampleDeployment("lab", { machines: { machines: ["pc1"] } });
const member = (of: Deployment, number: number, more: Partial<Member> = {}) =>
  newMember(of, number, more.machine ?? number, NOW - 1000, more);

test("a machine of the deployment gets its order, with its key; another one gets nothing", () => {
  const { choice, save } = choose(asking(1), [lab], [member(lab, 1)]);
  expect(choice).toMatchObject({ kind: "order", isNew: true, member: { machine: 1, key: "key1", tries: 1 } });
  expect(save).toMatchObject([{ number: 1, state: "running", key: "key1", sequence: 0 }]);
  expect(choose(asking(2), [lab], [member(lab, 1)])).toMatchObject({ choice: { kind: "nothing" }, save: [] });
});

test("who asks again with the same key gets the same order: the answer may have been lost", () => {
  const running = member(lab, 1, { state: "running", key: "key1", tries: 1, heard: NOW });
  const { choice, save } = choose(asking(1, "key1", { isUsed: true }), [{ ...lab, state: "paused" }], [running]);
  expect(choice).toMatchObject({ kind: "order", isNew: false, member: { tries: 1 } });
  expect(save).toEqual([]);
});

test("a second computer that says it is the machine waits as long as the first one is heard; a rebooted machine gets another order", () => {
  const running = member(lab, 1, { state: "running", key: "key1", tries: 1, heard: NOW, hasBegun: true });
  const contested = choose(asking(1, "other"), [lab], [running], NOW + ALIVE - 1);
  expect(contested).toMatchObject({ choice: { kind: "wait" }, isContested: true, save: [] });
  const { choice } = choose(asking(1, "other"), [lab], [running], NOW + ALIVE);
  expect(choice).toMatchObject({ kind: "order", member: { key: "other", tries: 2, hasBegun: true } });
});

test("a key that had an order before gets none any more, whoever has recorded it", () => {
  const running = member(lab, 1, { state: "running", key: "newer", tries: 2, heard: 0 });
  expect(choose(asking(1, "key1", { isUsed: true }), [lab], [running]).choice.kind).toBe("nothing");
});

test("as often as was said, and then it has failed", () => {
  const tried = member(lab, 1, { state: "running", key: "key1", tries: 3, heard: 0 });
  const { choice, save } = choose(asking(1, "key4"), [lab], [tried]);
  expect(choice.kind).toBe("nothing");
  expect(save).toMatchObject([{ state: "failed", key: undefined }]);
  for (const state of ["done", "failed", "stopped", "cancelled"] as const)
    expect(choose(asking(1), [lab], [member(lab, 1, { state })]).choice.kind).toBe("nothing");
});

test("a failed try rests a little before the next one", () => {
  const failed = member(lab, 1, { tries: 1, progress: { phase: "failed", text: "x" }, since: NOW });
  expect(choose(asking(1), [lab], [failed], NOW + 29_000).choice.kind).toBe("wait");
  expect(choose(asking(1), [lab], [failed], NOW + 30_000).choice.kind).toBe("order");
});

test("nobody begins outside of the window; what has begun goes on", () => {
  const night = sampleDeployment("night", { window: { from: "22:00", to: "05:00" }, machines: { machines: ["x"] } });
  const noon = new Date(2026, 10, 30, 12).getTime();
  expect(choose(asking(1), [night], [member(night, 1)]).choice.kind).toBe("order");
  expect(choose(asking(1), [night], [member(night, 1)], noon).choice).toMatchObject({
    kind: "wait",
    text: "night: it begins at 22:00",
  });
  expect(choose(asking(1), [night], [member(night, 1, { hasBegun: true })], noon).choice.kind).toBe("order");
});

test("paused, all of it or one machine", () => {
  expect(choose(asking(1), [{ ...lab, state: "paused" }], [member(lab, 1)]).choice.kind).toBe("wait");
  expect(choose(asking(1), [lab], [member(lab, 1, { isHeld: true })]).choice.kind).toBe("wait");
});

test("no more at once than was said; one that is silent does not count", () => {
  const few = sampleDeployment("few", { mostAtOnce: 1, machines: { machines: ["x"] } });
  const busy = member(few, 2, { state: "running", heard: NOW });
  expect(choose(asking(1), [few], [member(few, 1), busy]).choice.kind).toBe("wait");
  expect(choose(asking(1), [few], [member(few, 1), busy], NOW + SILENT).choice.kind).toBe("order");
});

test("restores before captures, then by priority, then the oldest; who has to wait for one does another meanwhile", () => {
  const machines = { machines: ["x"] };
  const capture = sampleDeployment("capture", { work: CAPTURE, machines, priority: 100 });
  const old = sampleDeployment("old", { machines });
  const young = sampleDeployment("young", { machines }, { created: 2000 });
  const urgent = sampleDeployment("urgent", { machines, priority: 1 }, { created: 3000 });
  const all = [capture, old, young, urgent];
  const order: string[] = [];
  let members = all.map((one) => member(one, 1));
  for (const _ of all) {
    const { choice } = choose(asking(1), all, members);
    if (choice.kind !== "order") break;
    order.push(choice.deployment.id);
    members = members.map((one) => (one.deployment === choice.deployment.id ? { ...one, state: "done" } : one));
  }
  expect(order).toEqual(["urgent", "old", "young", "capture"]);
  expect(
    choose(asking(1), [{ ...old, state: "paused" }, capture], [member(old, 1), member(capture, 1)]).choice,
  ).toMatchObject({
    kind: "order",
    deployment: { id: "capture" },
  });
});

test("the next two that boot, each once, and nobody else; who would have to wait takes no place", () => {
  const next = sampleDeployment("next", {
    machines: { next: 2 },
    work: { hostnames: "pc-{n:02}", template: { to: "only", identity: "new" } },
  });
  const first = choose(asking(7), [next]);
  expect(first.choice).toMatchObject({ kind: "order", member: { number: 1, machine: 7, hostname: "pc-01" } });
  expect(first.save).toHaveLength(1);
  const one = first.save.at(-1) as Member;
  const second = choose(asking(3), [next], [one]).save.at(-1) as Member;
  expect(second).toMatchObject({ number: 2, machine: 3, hostname: "pc-02" });
  expect(choose(asking(4), [next], [one, second])).toMatchObject({ choice: { kind: "nothing" }, save: [] });
  expect(choose(asking(7), [next], [{ ...one, state: "done" }]).choice.kind).toBe("nothing");
  expect(choose(asking(8), [{ ...next, state: "paused" }])).toMatchObject({ choice: { kind: "nothing" }, save: [] });
});

test("a group is who is in it now", () => {
  const office = sampleDeployment("office", { machines: { group: "office" } });
  expect(choose({ ...asking(1), machine: machine(1, "office") }, [office]).choice.kind).toBe("order");
  expect(choose({ ...asking(1), machine: machine(1, "lab") }, [office]).choice.kind).toBe("nothing");
});

test("two records of one machine that were found to be one are one turn", () => {
  const twice = [member(lab, 1, { machine: 1 }), member(lab, 2, { machine: 1, state: "done" })];
  expect(choose(asking(1), [lab], twice)).toMatchObject({
    choice: { kind: "nothing" },
    save: [{ number: 1, state: "cancelled" }],
  });
});

test("with codes, an order is given to the key that a person has confirmed, and to no other one", () => {
  const safe = sampleDeployment("safe", { admission: "code", machines: { machines: ["x"] } });
  const first = choose(asking(1, "forged"), [safe], [member(safe, 1)]);
  expect(first.choice.kind).toBe("confirm");
  const both = choose(asking(1, "own"), [safe], [...first.save]).save;
  expect(both).toMatchObject([{ state: "code", asking: ["forged", "own"], tries: 0 }]);
  const confirmed = { ...(both[0] as Member), state: "waiting", confirmed: "own", asking: [] } as const;
  expect(choose(asking(1, "forged"), [safe], [confirmed]).choice.kind).toBe("confirm");
  expect(choose(asking(1, "own"), [safe], [confirmed]).choice).toMatchObject({ kind: "order", member: { key: "own" } });
  // It was for one order.
  const over = { ...confirmed, confirmed: undefined, tries: 1 };
  expect(choose(asking(1, "own2"), [safe], [over]).choice.kind).toBe("confirm");
});

test("a machine's own key is not pushed out by many forged ones", () => {
  const safe = sampleDeployment("safe", { admission: "code", machines: { machines: ["x"] } });
  let own: Member = choose(asking(1, "own"), [safe], [member(safe, 1)]).save[0] as Member;
  for (let i = 0; i < 50; i++) own = choose(asking(1, `forged${i}`), [safe], [own]).save[0] as Member;
  expect(own.asking).toHaveLength(8);
  expect(own.asking[0]).toBe("own");
});

test("host names of a pattern, and one machine's own", () => {
  expect(hostnameOf("pc-{n:03}", 7, machine(1))).toBe("pc-007");
  expect(hostnameOf("{name}-{n}", 12, machine(1))).toBe("pc1-12");
  expect(hostnameOf("x{serial}", 1, machine(1))).toBe("xA-B-1");
  expect(hostnameOf("{name}", 4, { name: "", serial: undefined })).toBe("machine-4");
  const own = { ...lab, identities: [{ machine: 1, hostname: "anna", universal: true }] };
  expect(placeFor(own, [], machine(1), NOW)).toMatchObject({ number: 1, hostname: "anna", universal: true });
});
