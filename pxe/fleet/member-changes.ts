import type { Directive, OrderProgress } from "#base/deployment/order.ts";
import { pairingCode } from "#base/deployment/proof.ts";
import { type Deployment, isOpen, type Member } from "./deployment.ts";

export interface Reported {
  readonly member: Member;
  readonly action: Directive["action"];
  /** It has become so just now. */
  readonly isDone: boolean;
}

/** What a machine's word makes of it, and what it is told. Words that were said before, and those of an order that is over, change nothing. */
export function reported(deployment: Deployment, member: Member, progress: OrderProgress, now: number): Reported {
  const heard = { ...member, heard: now };
  const isOver = member.state !== "running";
  if (isOver) return { member: heard, action: isFinal(progress) ? "go-on" : "cancel", isDone: false };
  const next = { ...heard, progress, hasBegun: member.hasBegun || progress.phase === "running" };
  if (progress.phase === "done")
    return { member: { ...next, state: "done", since: now, hasBegun: false }, action: "go-on", isDone: true };
  if (progress.phase === "stopped")
    return { member: { ...next, state: "stopped", since: now }, action: "go-on", isDone: false };
  if (progress.phase === "failed") {
    const state = member.tries > deployment.spec.retries ? "failed" : "waiting";
    return { member: { ...next, state, since: now }, action: "go-on", isDone: false };
  }
  const isPaused = deployment.state === "paused" || member.isHeld;
  return { member: next, action: isPaused ? "pause" : "go-on", isDone: false };
}

const isFinal = ({ phase }: OrderProgress): boolean => ["done", "failed", "stopped"].includes(phase);

/** From the beginning, as often as it was allowed at first. A machine that is at it goes on. */
export const retried = (member: Member, now: number): Member =>
  member.state === "running" || member.state === "code"
    ? member
    : {
        ...{ ...member, state: "waiting", isHeld: false, isArmed: false, tries: 0, hasBegun: false, since: now },
        ...{ key: undefined, progress: undefined, asking: [], confirmed: undefined, woken: undefined },
      };

/** Of what is not over yet. */
export const cancelled = (member: Member, now: number): Member =>
  isOpen(member) ? { ...member, state: "cancelled", since: now, asking: [], confirmed: undefined } : member;

export const held = (member: Member, isHeld: boolean): Member => (isOpen(member) ? { ...member, isHeld } : member);

/** @returns undefined: no machine that waits shows this code */
export function confirmed(member: Member, code: string, now: number): Member | undefined {
  const plain = code.toLowerCase().replaceAll(/[^0-9a-f]/g, "");
  const key = member.asking.find((one) => pairingCode(one).replaceAll("-", "") === plain);
  return key === undefined ? undefined : { ...member, state: "waiting", confirmed: key, asking: [], since: now };
}
