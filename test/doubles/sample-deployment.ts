import { type DeploymentSpec, NewDeployment } from "#pxe/fleet/contract.ts";
import type { Deployment } from "#pxe/fleet/deployment.ts";

/** Of an image that is nowhere: for what only orders, and loads nothing. */
export const POINT = "https://images.example/repo/points/office-20261130T120000.lbi";

interface Given extends Partial<Omit<DeploymentSpec, "work" | "machines">> {
  readonly work?: object;
  readonly machines?: object;
}

export function sampleWanted(name: string, { work = {}, machines = { next: 2 }, ...more }: Given = {}, secrets = {}) {
  const restore = { kind: "restore", point: POINT, template: { to: "only" } };
  const kind = (work as { kind?: string }).kind;
  return NewDeployment.parse({
    name,
    spec: { work: kind === undefined ? { ...restore, ...work } : work, machines, ...more },
    secrets,
  });
}

export const sampleDeployment = (id: string, spec: Given = {}, more: Partial<Deployment> = {}): Deployment => ({
  ...{ id, name: id, state: "active", created: 1000, run: 0, identities: [], secrets: "", hasSecrets: false },
  ...{ spec: sampleWanted(id, spec).spec, ...more },
});

export const CAPTURE = {
  kind: "capture",
  from: "only",
  place: { kind: "nfs", name: "Images", server: "192.0.2.9", path: "/srv/images" },
  repository: "repo",
  leaveOutPageFiles: true,
};
