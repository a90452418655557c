import { formatBytes } from "#base/units.ts";
import { table } from "#cli/output.ts";
import { type DeploymentDetails, type DeploymentView, MEMBER_STATES, type MemberView } from "#pxe/fleet/contract.ts";

const time = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

const countsText = ({ counts }: DeploymentView): string =>
  MEMBER_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state === "code" ? "with a code" : state}`)
    .join(", ");

function whoText({ spec: { machines } }: DeploymentView): string {
  if ("group" in machines) return `group ${machines.group}`;
  return "next" in machines ? `the next ${machines.next}` : `${machines.machines.length} machines`;
}

export function deploymentTable(deployments: readonly DeploymentView[]): string {
  const rows = deployments.map((one) => [
    ...[one.name, one.state, one.spec.work.kind, String(one.spec.priority), whoText(one), countsText(one)],
    time(one.created),
  ]);
  return table([["deployment", "state", "work", "priority", "for", "machines", "made"], ...rows]);
}

function optionsText({ spec }: DeploymentView): string[] {
  const { window, limit, limitEach, mostAtOnce, wake, work } = spec;
  const what =
    work.kind === "restore"
      ? `restores ${work.point}`
      : `captures into ${work.repository || "the share"} on ${work.place.name}`;
  const rows = [
    what,
    ...(work.kind === "capture" && work.days ? [`on ${work.days.join(", ")}`] : []),
    ...(window ? [`begins between ${window.from} and ${window.to}`] : []),
    ...(mostAtOnce === undefined ? [] : [`at most ${mostAtOnce} at once`]),
    ...(limit === undefined ? [] : [`at most ${formatBytes(limit)}/s from this server`]),
    ...(limitEach === undefined ? [] : [`at most ${formatBytes(limitEach)}/s each`]),
    ...(wake ? ["wakes them"] : []),
  ];
  return rows;
}

function howFar({ state, phase, percent, isHeld, isSilent, codes }: MemberView): string {
  if (state === "code") return `shows ${codes.join(" or ")}`;
  const far = state === "running" ? `${phase ?? ""}${percent === undefined ? "" : ` ${Math.round(percent)} %`}` : "";
  return [far, ...(isHeld ? ["paused"] : []), ...(isSilent ? ["! silent"] : [])].filter(Boolean).join(", ");
}

/** All of a deployment: a line a machine. */
export function deploymentText(deployment: DeploymentDetails): string {
  const rows = deployment.members.map((one) => [
    ...[String(one.number), one.name, one.hostname ?? "", one.state, howFar(one), `${one.tries}`],
    [one.code, one.text].filter((word) => word !== undefined && word !== "").join(": "),
  ]);
  const head = ["", "machine", "host name", "state", "", "tries", ""];
  return [
    `${deployment.name}: ${deployment.state}, ${optionsText(deployment).join("; ")}`,
    ...(rows.length === 0 ? ["No machine yet."] : ["", table([head, ...rows])]),
  ].join("\n");
}
