import { pairingCode } from "#base/deployment/proof.ts";
import { callMachine, type Machine } from "../machines/machine.ts";
import { hearMachine } from "../words/words.ts";
import { type DeploymentDetails, type DeploymentView, MEMBER_STATES, type MemberView } from "./contract.ts";
import { type Deployment, isOpen, isSilent, type Member } from "./deployment.ts";

export function viewOf(deployment: Deployment, members: readonly Member[], now: number): DeploymentView {
  const { id, name, spec, created, run, hasSecrets } = deployment;
  const counts = Object.fromEntries(
    MEMBER_STATES.map((state) => [state, members.filter((one) => one.state === state).length]),
  ) as DeploymentView["counts"];
  const state = deployment.state === "cancelled" || !isOver(deployment, members) ? deployment.state : "over";
  const silent = members.filter((member) => isSilent(member, now)).length;
  return { id, name, state, spec, created, counts, silent, hasSecrets, ...(run > 0 && { run }) };
}

/** Nobody has anything to do, and nobody can come who would have: a run of a capture comes again. */
function isOver({ spec: { work, machines } }: Deployment, members: readonly Member[]): boolean {
  if (work.kind === "capture" && work.days !== undefined) return false;
  const taken = members.filter(({ state }) => state !== "cancelled").length;
  if ("next" in machines && taken < machines.next) return false;
  return members.length > 0 && !members.some(isOpen);
}

export function detailsOf(
  deployment: Deployment,
  members: readonly Member[],
  machines: readonly Machine[],
  now: number,
): DeploymentDetails {
  const names = new Map(machines.map((machine) => [machine.id, callMachine(machine)]));
  return {
    ...viewOf(deployment, members, now),
    members: members.map((member) => memberView(member, names.get(member.machine), now)),
  };
}

function memberView(member: Member, name: string | undefined, now: number): MemberView {
  const { number, machine, hostname, state, isHeld, progress, tries, asking, since, heard } = member;
  const { phase, percent, code, text = "" } = progress ?? {};
  return {
    ...{ number, machine, name: name ?? `#${machine} (forgotten)`, state, isHeld, text, tries, since },
    says: text === "" ? [] : text.split("; ").map(hearMachine),
    ...(hostname !== undefined && { hostname }),
    ...(state === "running" && phase !== undefined && { phase }),
    ...(percent !== undefined && { percent }),
    ...(code !== undefined && { code }),
    codes: asking.map(pairingCode),
    ...(heard !== undefined && { heard }),
    isSilent: isSilent(member, now),
  };
}
