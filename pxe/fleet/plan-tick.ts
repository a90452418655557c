import type { BootPolicy, Machine } from "../machines/machine.ts";
import { inOrder, placeFor } from "./choose-order.ts";
import { type Deployment, isOpen, isSilent, type Member } from "./deployment.ts";
import { retried } from "./member-changes.ts";
import { lastStart, opensAt } from "./window.ts";

/** Milliseconds: for how long a machine that was woken counts as coming, and after which it is woken again. */
const COMING = 5 * 60_000;
const WAKE_AGAIN = 10 * 60_000;
const DAY = 24 * 3_600_000;

export interface Tick {
  readonly deployments: readonly Deployment[];
  readonly members: readonly Member[];
  readonly policies: ReadonlyMap<number, BootPolicy>;
  /** Machines to be woken, each once. */
  readonly wakes: readonly Machine[];
}

/**
 * What time brings: new runs, machines that came into a group, how machines start, whom to wake. Pure, and the same again brings nothing.
 * @param deployments none that is cancelled, but for those with machines that are armed @param now milliseconds since 1970
 */
export function planTick(
  deployments: readonly Deployment[],
  members: readonly Member[],
  machines: readonly Machine[],
  now: number,
): Tick {
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  const changed: Deployment[] = [];
  const saved: Member[] = [];
  const wakes = new Map<number, Machine>();
  const policies = new Map<number, BootPolicy>();
  const places = inOrder(deployments).map((before) => {
    const deployment = withRun(before, now);
    if (deployment !== before) changed.push(deployment);
    const kept = members.filter((member) => member.deployment === before.id);
    const all = withGroup(deployment, kept, machines, now);
    return { deployment, kept, all: deployment === before ? all : all.map((member) => newRun(member, now)) };
  });
  const wanted = new Set(
    places.flatMap(({ deployment, all }) =>
      all.filter((member) => mayBegin(deployment, member, now)).map(({ machine }) => machine),
    ),
  );
  for (const { deployment, kept, all } of places) {
    const armed = all.map((member) => {
      const arming = armingOf(deployment, member, byId.get(member.machine), now);
      if (!arming) return member;
      if (arming.policy && !(arming.policy === "never" && wanted.has(member.machine)))
        policies.set(member.machine, arming.policy);
      return { ...member, isArmed: arming.isArmed };
    });
    const woken = wakeSome(deployment, armed, byId, wakes, now);
    saved.push(...woken.filter((member, at) => member !== kept[at]));
  }
  return { deployments: changed, members: saved, policies, wakes: [...wakes.values()] };
}

/** A run begins at its time, or when the server is there again, or when the window in which it was made is open. */
function withRun(deployment: Deployment, now: number): Deployment {
  const { work, window } = deployment.spec;
  if (deployment.state !== "active" || work.kind !== "capture" || !work.days || !window) return deployment;
  const start = lastStart(window, work.days, now);
  if (start === undefined || start <= deployment.run) return deployment;
  const isOfToday = opensAt(window, now) === undefined && now - start < DAY;
  return start >= deployment.created || isOfToday ? { ...deployment, run: start } : deployment;
}

/** Who has missed the run before does this one in its place; who is at it goes on. */
const newRun = (member: Member, now: number): Member => (member.state === "cancelled" ? member : retried(member, now));

function withGroup(
  deployment: Deployment,
  members: readonly Member[],
  machines: readonly Machine[],
  now: number,
): readonly Member[] {
  const { machines: selection } = deployment.spec;
  if (!("group" in selection) || deployment.state === "cancelled") return members;
  const known = new Set(members.map(({ machine }) => machine));
  const all = [...members];
  for (const machine of machines)
    if (machine.group === selection.group && !known.has(machine.id)) all.push(placeFor(deployment, all, machine, now));
  return all;
}

/** Captures on days have no turn before their first run has begun. */
const hasBegun = ({ run, spec: { work } }: Deployment): boolean =>
  work.kind !== "capture" || work.days === undefined || run > 0;

const mayBegin = (deployment: Deployment, member: Member, now: number): boolean =>
  deployment.state === "active" &&
  hasBegun(deployment) &&
  !member.isHeld &&
  isOpen(member) &&
  (member.hasBegun || opensAt(deployment.spec.window, now) === undefined);

/** How a machine is to start from now on; undefined: as it does. What a person has changed meanwhile stays. */
function armingOf(
  deployment: Deployment,
  member: Member,
  machine: Machine | undefined,
  now: number,
): { readonly isArmed: boolean; readonly policy?: BootPolicy } | undefined {
  if (!machine || !deployment.spec.bootOnce) return undefined;
  if (mayBegin(deployment, member, now)) return member.isArmed ? undefined : { isArmed: true, policy: "once" };
  // Its time is over: whoever switches it on wants its own system. One that failed comes back to where it can be looked at.
  const isOver = ["waiting", "cancelled"].includes(member.state);
  if (!member.isArmed || !isOver) return undefined;
  return { isArmed: false, ...(machine.policy === "once" && { policy: "never" }) };
}

function wakeSome(
  deployment: Deployment,
  members: readonly Member[],
  machines: ReadonlyMap<number, Machine>,
  wakes: Map<number, Machine>,
  now: number,
): readonly Member[] {
  const { wake, mostAtOnce = Number.POSITIVE_INFINITY } = deployment.spec;
  if (!wake) return members;
  const isComing = ({ state, woken }: Member) => state === "waiting" && woken !== undefined && now - woken < COMING;
  const busy = members.filter((one) => (one.state === "running" && !isSilent(one, now)) || isComing(one)).length;
  let free = mostAtOnce - busy;
  return members.map((member) => {
    const { state, woken } = member;
    const machine = machines.get(member.machine);
    const isTime = woken === undefined || now - woken >= WAKE_AGAIN;
    const isDue = state === "waiting" && mayBegin(deployment, member, now) && isTime;
    if (!machine || !isDue || free <= 0) return member;
    free--;
    // A machine of two deployments is woken for the one that comes first.
    if (wakes.has(machine.id)) return { ...member, woken: now };
    wakes.set(machine.id, machine);
    return { ...member, woken: now };
  });
}
