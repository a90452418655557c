import type { DeploymentDetails, MemberView } from "#pxe/console/contract.ts";

/** What a machine of a deployment is shown as: `held` and `silent` are states of their own to who looks at a wall. */
export const SHOWN_STATES = [
  ...(["failed", "stopped", "silent", "code", "held", "running", "waiting", "done", "cancelled"] as const),
];
export type ShownState = (typeof SHOWN_STATES)[number];

export function shownState({ state, isHeld, isSilent }: MemberView): ShownState {
  if (isSilent) return "silent";
  return isHeld && (state === "waiting" || state === "code" || state === "running") ? "held" : state;
}

/** A person has to do something, or nothing goes on there. */
export const needsAttention = (member: MemberView): boolean =>
  ["failed", "stopped", "silent", "code"].includes(shownState(member));

export const FILTERS = ["all", "attention", "running", "waiting", "done"] as const;
export type Filter = (typeof FILTERS)[number];

export function isMeant(member: MemberView, filter: Filter): boolean {
  if (filter === "all") return true;
  if (filter === "attention") return needsAttention(member);
  const state = shownState(member);
  if (filter === "waiting") return state === "waiting" || state === "code" || state === "held";
  return filter === "running" ? state === "running" || state === "silent" : state === "done";
}

/** Of a restore that is done all of it, of one that did not begin nothing. */
export const percentOf = ({ state, percent = 0 }: MemberView): number =>
  state === "done" ? 100 : state === "waiting" || state === "code" ? 0 : percent;

/** From 0 to 1, of all machines together; those that were cancelled do not count. */
export function ratioOf({ members }: Pick<DeploymentDetails, "members">): number {
  const counted = members.filter(({ state }) => state !== "cancelled");
  return counted.length === 0 ? 0 : counted.reduce((sum, one) => sum + percentOf(one), 0) / counted.length / 100;
}
