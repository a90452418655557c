import type { Sentence } from "#base/sentence.ts";
import type { Machine } from "../machines/machine.ts";
import { say } from "../words/words.ts";
import { type Deployment, isAlive, isOpen, isSilent, type Member, newMember } from "./deployment.ts";
import { nameOf } from "./hostname.ts";
import { opensAt } from "./window.ts";

/** Seconds: when who waits asks again; when who has nothing to do; how long a failed try rests. */
const WAIT = 10;
const IDLE = 20;
const REST = 30;
/** Keys of a machine that wait for a person: whoever forges its MAC must not push out its own. */
const MOST_ASKING = 8;

export interface Asking {
  readonly machine: Pick<Machine, "id" | "name" | "group" | "serial">;
  /** Of the order that it asks for. */
  readonly key: string;
  /** The key has had an order before. */
  readonly isUsed: boolean;
}

export type Choice =
  | { readonly kind: "nothing"; readonly askAgain: number }
  | { readonly kind: "wait"; readonly text: string; readonly askAgain: number }
  | { readonly kind: "confirm"; readonly text: string; readonly askAgain: number }
  | { readonly kind: "order"; readonly deployment: Deployment; readonly member: Member; readonly isNew: boolean };

export interface Chosen {
  readonly choice: Choice;
  /** Members as they are now, and are to be kept before anybody hears of the choice. */
  readonly save: readonly Member[];
  /** Two computers say that they are this machine. */
  readonly isContested: boolean;
}

/** Restores before captures, then by priority, then the oldest. */
export const inOrder = (deployments: readonly Deployment[]): Deployment[] =>
  deployments.toSorted(
    (a, b) =>
      Number(a.spec.work.kind === "capture") - Number(b.spec.work.kind === "capture") ||
      b.spec.priority - a.spec.priority ||
      a.created - b.created,
  );

/**
 * What a machine that asks gets, of all deployments that are not over. Pure: what it says is true once `save` is kept.
 * @param deployments none that is cancelled @param now milliseconds since 1970
 */
export function chooseOrder(
  asking: Asking,
  deployments: readonly Deployment[],
  membersOf: (deployment: Deployment) => readonly Member[],
  now: number,
): Chosen {
  let waits: Choice | undefined;
  const save: Member[] = [];
  let isContested = false;
  for (const deployment of inOrder(deployments)) {
    const members = membersOf(deployment);
    const { own, extra } = placeOf(members, asking.machine.id);
    save.push(...extra.map((one): Member => ({ ...one, state: "cancelled", since: now })));
    if (own && !isOpen(own)) continue;
    // The answer that had the order may not have arrived.
    if (own?.state === "running" && own.key === asking.key)
      return { choice: { kind: "order", deployment, member: own, isNew: false }, save, isContested };
    if (asking.isUsed) continue;
    const reason = waitsFor(deployment, own, members, now);
    isContested ||= own !== undefined && own.state === "running" && isAlive(own, now);
    const member = own ?? claimed(asking.machine, deployment, members, reason !== undefined, now);
    if (!member) continue;
    if (reason !== undefined) {
      if (!own) save.push(member);
      waits ??= { kind: "wait", text: reason.text, askAgain: WAIT };
    } else if (member.tries > deployment.spec.retries) save.push(givenUp(member, now));
    else {
      const admitted = admit(deployment, member, asking.key, now);
      const { choice } = admitted;
      return { choice, save: [...save, admitted.member], isContested };
    }
  }
  return { choice: waits ?? { kind: "nothing", askAgain: IDLE }, save, isContested };
}

/** Two records that were found to be of one machine may each have a place: it has one turn. */
function placeOf(members: readonly Member[], machine: number) {
  const mine = members.filter((one) => one.machine === machine);
  const own = mine.find(({ state }) => state === "done") ?? mine.find(({ state }) => state === "running") ?? mine[0];
  return { own, extra: mine.filter((one) => one !== own && isOpen(one)) };
}

/** Why a machine does not begin now. */
function waitsFor(
  { name: deployment, state, spec }: Deployment,
  own: Member | undefined,
  members: readonly Member[],
  now: number,
): Sentence | undefined {
  if (state === "paused" || own?.isHeld) return say("says.wait-paused", { deployment });
  if (own?.state === "running" && isAlive(own, now)) return say("says.wait-twin", { deployment });
  if (own?.progress?.phase === "failed" && now - own.since < REST * 1000) return say("says.wait-again", { deployment });
  // What has begun goes on.
  if (own?.hasBegun) return undefined;
  const opens = opensAt(spec.window, now);
  if (opens !== undefined) return say("says.wait-until", { deployment, time: spec.window?.from ?? "" });
  const busy = members.filter((one) => one !== own && one.state === "running" && !isSilent(one, now)).length;
  return spec.mostAtOnce !== undefined && busy >= spec.mostAtOnce
    ? say("says.wait-turn", { deployment, number: busy })
    : undefined;
}

/** The place of a machine that has none yet. Undefined: it does not belong to the deployment. */
function claimed(
  machine: Asking["machine"],
  deployment: Deployment,
  members: readonly Member[],
  mustWait: boolean,
  now: number,
): Member | undefined {
  const { machines } = deployment.spec;
  if ("group" in machines)
    return machines.group === machine.group ? placeFor(deployment, members, machine, now) : undefined;
  // Who has to wait may go away: the next one that boots is not yet it.
  if (!("next" in machines) || mustWait) return undefined;
  const taken = members.filter(({ state }) => state !== "cancelled").length;
  return taken < machines.next ? placeFor(deployment, members, machine, now) : undefined;
}

/** A new member, with what is its own. */
export function placeFor(
  deployment: Deployment,
  members: readonly Member[],
  machine: Asking["machine"],
  now: number,
): Member {
  const { work } = deployment.spec;
  const number = members.reduce((most, one) => Math.max(most, one.number), 0) + 1;
  const identity = deployment.identities.find((one) => one.machine === machine.id);
  const pattern = work.kind === "restore" ? work.hostnames : undefined;
  const hostname = nameOf(identity?.hostname, pattern, number, machine);
  return newMember(deployment, number, machine.id, now, { hostname, universal: identity?.universal });
}

const givenUp = (member: Member, now: number): Member => ({
  ...{ ...member, state: "failed", key: undefined, since: now },
  progress: member.progress ?? { phase: "failed", text: "It was switched off or lost its way each time." },
});

function admit(deployment: Deployment, member: Member, key: string, now: number): { choice: Choice; member: Member } {
  if (deployment.spec.admission === "code" && member.confirmed !== key) {
    const known = member.asking.includes(key) || member.asking.length >= MOST_ASKING;
    const asking = known ? member.asking : [...member.asking, key];
    const { text } = say("says.wait-code", { deployment: deployment.name });
    const waiting: Member = { ...member, state: "code", asking, since: member.state === "code" ? member.since : now };
    return { choice: { kind: "confirm", text, askAgain: WAIT }, member: waiting };
  }
  const given: Member = {
    ...{ ...member, state: "running", key, sequence: 0, tries: member.tries + 1, since: now, heard: now },
    ...{ asking: [], confirmed: undefined, progress: { phase: "preparing", text: "It has its order." } },
  };
  return { choice: { kind: "order", deployment, member: given, isNew: true }, member: given };
}
