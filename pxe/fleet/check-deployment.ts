import { LifeboatError } from "#base/errors.ts";
import { placeSecret } from "#base/medium/place.ts";
import type { Machine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { oneMachine } from "../machines/one-machine.ts";
import type { DeploymentSecrets, DeploymentSpec, NewDeployment } from "./contract.ts";
import type { MachineIdentity } from "./deployment.ts";
import { matchIdentities } from "./match-identities.ts";
import { isAddress, pointFolder } from "./point-folder.ts";

export interface CheckedDeployment {
  /** Named one by one, each once. */
  readonly machines: readonly Machine[];
  readonly identities: readonly MachineIdentity[];
}

/** What cannot be seen from the form of a deployment alone. @throws PXE_DEPLOYMENT_INVALID, PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
export async function checkDeployment(
  { name, spec, secrets }: NewDeployment,
  store: Pick<MachineStore, "find">,
): Promise<CheckedDeployment> {
  const named = "machines" in spec.machines ? spec.machines.machines : [];
  const machines = new Map<number, Machine>();
  for (const text of named) {
    const machine = await oneMachine(store, text);
    machines.set(machine.id, machine);
  }
  const wanted = spec.work.kind === "restore" ? spec.work.identities : [];
  const matched = await matchIdentities(wanted, store, named.length > 0 ? new Set(machines.keys()) : undefined);
  const problems = [
    ...(spec.work.kind === "restore"
      ? await restoreProblems(spec.work.point, secrets)
      : captureProblems(spec, secrets)),
    ...matched.problems.map(({ text }) => text),
    ...(spec.admission === undefined && hasSecrets(secrets)
      ? [
          "it has a password, so choose who is given it: admission code (a person compares codes) or network (whoever has a machine's MAC)",
        ]
      : []),
  ];
  if (problems.length > 0) throw new LifeboatError("PXE_DEPLOYMENT_INVALID", { name, problems: problems.join("; ") });
  const identities = matched.identities.map(({ of: _of, at: _at, ...identity }) => identity);
  return { machines: [...machines.values()], identities };
}

export const hasSecrets = ({ password, placePassword }: DeploymentSecrets): boolean =>
  password !== undefined || placePassword !== undefined;

async function restoreProblems(point: string, { placePassword }: DeploymentSecrets): Promise<string[]> {
  const problems = placePassword === undefined ? [] : ["a restore has no share that could have a password"];
  if (isAddress(point)) return problems;
  const found = await pointFolder(point).then(
    () => [],
    (error: Error) => [error.message],
  );
  return [...problems, ...found];
}

function captureProblems({ work }: DeploymentSpec, { placePassword }: DeploymentSecrets): string[] {
  if (work.kind !== "capture") return [];
  const { place } = work;
  if (place.kind === "folder" || place.kind === "http")
    return ["a capture goes to a share of kind smb, nfs or sftp, or to a bucket (s3), which the machines can write to"];
  if (place.readOnly) return [`the share ${place.name} is read-only`];
  const isAsked = placeSecret(place) !== undefined;
  if (isAsked && placePassword === undefined) return [`the share ${place.name} needs a password`];
  return [];
}
