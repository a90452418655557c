import { expect, test } from "vitest";
import { CAPTURE, sampleDeployment } from "#test/doubles/sample-deployment.ts";
import { type Machine, NO_MARKS } from "../machines/machine.ts";
import type { Deployment, Member } from "./deployment.ts";
import { newMember } from "./deployment.ts";
import { planTick } from "./plan-tick.ts";

/** Local time of November 2026: the 30th is a Monday. */
const at = (day: number, hours: number) => new Date(2026, 10, day, hours).getTime();
const machine = (id: number, more: Partial<Machine> = {}): Machine => ({
  ...{ ...NO_MARKS, id, macs: [`52:54:00:00:00:0${id}`], firstSeen: 1, lastSeen: 1, ...more },
});
const NIGHT = { window: { from: "22:00", to: "05:00" }, machines: { machines: ["x"] } };
const lab = sampleDeployment("lab", { machines: { machines: ["x"] } });

/** Kept, as the store keeps it. */
function world(deployments: Deployment[], members: Member[], machines: Machine[]) {
  let now = { deployments, members, machines };
  return {
    tick(time: number) {
      const tick = planTick(now.deployments, now.members, now.machines, time);
      const key = ({ deployment, number }: Member) => `${deployment} ${number}`;
      const merged = new Map([...now.members, ...tick.members].map((one) => [key(one), one]));
      now = {
        deployments: now.deployments.map((one) => tick.deployments.find(({ id }) => id === one.id) ?? one),
        members: [...merged.values()],
        machines: now.machines.map((one) => ({ ...one, policy: tick.policies.get(one.id) ?? one.policy })),
      };
      return tick;
    },
    set(change: (one: Member) => Member) {
      now = { ...now, members: now.members.map(change) };
    },
    policy: (id: number) => now.machines.find((one) => one.id === id)?.policy,
    setPolicy(policy: Machine["policy"]) {
      now = { ...now, machines: now.machines.map((one) => ({ ...one, policy })) };
    },
    state: () => now.members.map(({ state }) => state),
  };
}

test("machines start from the network until they are done; the same again changes nothing", () => {
  const all = world([lab], [newMember(lab, 1, 1, 0)], [machine(1, { policy: "never" }), machine(2)]);
  expect([...all.tick(at(30, 12)).policies]).toEqual([[1, "once"]]);
  expect(all.tick(at(30, 12))).toMatchObject({ members: [], policies: new Map() });
  // What a person has decided meanwhile stays.
  all.setPolicy("never");
  expect(all.tick(at(30, 12)).policies.size).toBe(0);
});

test("when the window closes, who did not begin starts from its own disk; who is at it is left alone", () => {
  const night = sampleDeployment("night", NIGHT);
  const members = [newMember(night, 1, 1, 0), newMember(night, 2, 2, 0)];
  const all = world([night], members, [machine(1), machine(2)]);
  expect(all.tick(at(30, 12)).policies.size).toBe(0);
  expect([...all.tick(at(30, 22)).policies.keys()]).toEqual([1, 2]);
  all.set((one) => (one.number === 2 ? { ...one, state: "running", heard: at(30, 23), hasBegun: true } : one));
  expect([...all.tick(at(31, 5)).policies]).toEqual([[1, "never"]]);
  expect([...all.tick(at(31, 22)).policies]).toEqual([[1, "once"]]);
});

test("cancelled: back to the own disk, unless another deployment waits for the machine", () => {
  const other = sampleDeployment("other", { machines: { machines: ["x"] } });
  const armed = newMember(lab, 1, 1, 0, { isArmed: true, state: "cancelled" });
  const gone: Deployment = { ...lab, state: "cancelled" };
  const alone = world([gone], [armed], [machine(1, { policy: "once" })]);
  expect([...alone.tick(1).policies]).toEqual([[1, "never"]]);
  const both = world(
    [gone, other],
    [armed, newMember(other, 1, 1, 0, { isArmed: true })],
    [machine(1, { policy: "once" })],
  );
  both.tick(1);
  expect(both.policy(1)).toBe("once");
});

test("who keeps policies keeps them", () => {
  const kept = sampleDeployment("kept", { bootOnce: false, machines: { machines: ["x"] } });
  expect(world([kept], [newMember(kept, 1, 1, 0)], [machine(1)]).tick(1).policies.size).toBe(0);
});

test("machines that come into a group have their place at once", () => {
  const office = sampleDeployment("office", { machines: { group: "office" } });
  const all = world(
    [office],
    [newMember(office, 1, 1, 0)],
    [machine(1, { group: "office" }), machine(2, { group: "office" }), machine(3)],
  );
  expect(all.tick(1).members).toMatchObject([
    { number: 1, machine: 1 },
    { number: 2, machine: 2, isArmed: true },
  ]);
});

test("machines are woken when it is their turn: so many at once, and again after ten minutes", () => {
  const some = sampleDeployment("some", { ...NIGHT, wake: true, mostAtOnce: 2 });
  const members = [1, 2, 3].map((id) => newMember(some, id, id, 0));
  const all = world([some], members, [machine(1), machine(2), machine(3)]);
  const ids = (time: number) => all.tick(time).wakes.map(({ id }) => id);
  expect(ids(at(30, 21))).toEqual([]);
  const begin = at(30, 22);
  expect(ids(begin)).toEqual([1, 2]);
  expect(ids(begin + 1000)).toEqual([]);
  all.set((one) => (one.number === 1 ? { ...one, state: "running", heard: begin + 6 * 60_000 } : one));
  // The second did not come in five minutes: the third has its turn, and then the second once more.
  expect(ids(begin + 6 * 60_000)).toEqual([3]);
  all.set((one) => (one.number === 1 ? { ...one, state: "done" } : one));
  expect(ids(begin + 11 * 60_000)).toEqual([2]);
});

test("a machine of two deployments is woken once", () => {
  const other = sampleDeployment("other", { machines: { machines: ["x"] }, wake: true });
  const wakes = { ...lab, spec: { ...lab.spec, wake: true } };
  expect(
    world([wakes, other], [newMember(lab, 1, 1, 0), newMember(other, 1, 1, 0)], [machine(1)]).tick(1).wakes,
  ).toHaveLength(1);
});

test("runs of captures begin on their days, and what was missed is made up for in the next night", () => {
  const weekly = sampleDeployment("weekly", { ...NIGHT, work: { ...CAPTURE, days: ["mon"] } }, { created: at(27, 12) });
  const all = world([weekly], [newMember(weekly, 1, 1, 0), newMember(weekly, 2, 2, 0)], [machine(1), machine(2)]);
  // Friday night is not its day.
  expect(all.tick(at(27, 23)).policies.size).toBe(0);
  expect(all.tick(at(30, 22)).deployments).toMatchObject([{ run: at(30, 22) }]);
  all.set((one) => (one.number === 1 ? { ...one, state: "done", isArmed: false } : one));
  all.setPolicy("never");
  all.tick(at(31, 6));
  // On Tuesday night only who missed it.
  expect([...all.tick(at(31, 22)).policies]).toEqual([[2, "once"]]);
  // A week later both.
  all.tick(at(37, 22));
  expect(all.state()).toEqual(["waiting", "waiting"]);
});

test("a server that was off at the time begins the run when it is there again", () => {
  const daily = sampleDeployment(
    "daily",
    { ...NIGHT, work: { ...CAPTURE, days: ["mon", "tue"] } },
    { created: at(30, 12) },
  );
  expect(planTick([daily], [], [], at(31, 3)).deployments).toMatchObject([{ run: at(30, 22) }]);
  expect(planTick([daily], [], [], at(30, 21)).deployments).toEqual([]);
});
