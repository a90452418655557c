import { randomBytes } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { oneMachine } from "../machines/one-machine.ts";
import { checkDeployment, hasSecrets } from "./check-deployment.ts";
import { placeFor } from "./choose-order.ts";
import type {
  DeploymentDetails,
  DeploymentView,
  FleetAction,
  IdentityList,
  IdentityPreview,
  NewDeployment,
} from "./contract.ts";
import { type Deployment, isSilent, type Member } from "./deployment.ts";
import type { FleetKey } from "./fleet-key.ts";
import type { FleetRows } from "./fleet-rows.ts";
import { cancelled, confirmed, held, retried } from "./member-changes.ts";
import type { FleetStore } from "./open-fleet-store.ts";
import { previewIdentities } from "./preview-identities.ts";
import { detailsOf, viewOf } from "./views.ts";

export interface FleetDeps {
  readonly store: FleetStore;
  readonly machines: Pick<MachineStore, "find">;
  readonly key: FleetKey;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Deployments, as people handle them. It has no state of its own: commands, a console and servers work on one store at once.
 */
export class Fleet {
  readonly #deps: FleetDeps;

  constructor(deps: FleetDeps) {
    this.#deps = deps;
  }

  /** @throws PXE_DEPLOYMENT_INVALID, PXE_DEPLOYMENT_NAME_TAKEN, PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
  async create(wanted: NewDeployment): Promise<DeploymentDetails> {
    const { machines, identities } = await checkDeployment(wanted, this.#deps.machines);
    const { name, spec, secrets } = wanted;
    const id = randomBytes(8).toString("hex");
    const deployment: Deployment = {
      ...{ id, name, spec, identities, state: "active", created: this.#now(), run: 0 },
      ...{ secrets: this.#deps.key.seal(JSON.stringify(secrets), id), hasSecrets: hasSecrets(secrets) },
    };
    return this.#deps.store.change(async (rows) => {
      if (await rows.findDeployment(name)) throw new LifeboatError("PXE_DEPLOYMENT_NAME_TAKEN", { name });
      const { machines: selection } = spec;
      const all = "group" in selection ? await rows.machinesOfGroups([selection.group]) : machines;
      const members: Member[] = [];
      for (const machine of all) members.push(placeFor(deployment, members, machine, deployment.created));
      await rows.saveDeployments([deployment]);
      await rows.saveMembers(members);
      return this.#details(rows, deployment);
    });
  }

  /** What `create` would make of a list of identities. Nothing is kept. @throws PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
  previewIdentities(asked: IdentityList): Promise<IdentityPreview> {
    const { machines, store } = this.#deps;
    return previewIdentities(asked, {
      machines,
      ofGroup: (group) => store.read((rows) => rows.machinesOfGroups([group])),
    });
  }

  /** The oldest first. */
  list(): Promise<DeploymentView[]> {
    return this.#deps.store.read(async (rows) => {
      const all = await rows.deployments("all");
      const members = Map.groupBy(await rows.members(all), ({ deployment }) => deployment);
      return all.map((one) => viewOf(one, members.get(one.id) ?? [], this.#now()));
    });
  }

  /** @throws PXE_DEPLOYMENT_UNKNOWN */
  show(name: string): Promise<DeploymentDetails> {
    return this.#deps.store.read(async (rows) => this.#details(rows, await one(rows, name)));
  }

  /** @throws PXE_DEPLOYMENT_UNKNOWN, PXE_MEMBER_UNKNOWN, PXE_CODE_WRONG, PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
  async act(name: string, action: FleetAction): Promise<DeploymentDetails> {
    const meant = "machines" in action ? action.machines : "machine" in action ? [action.machine] : undefined;
    const ids =
      meant && (await Promise.all(meant.map(async (text) => (await oneMachine(this.#deps.machines, text)).id)));
    return this.#deps.store.change(async (rows) => {
      const deployment = await one(rows, name);
      const members = await rows.members([deployment]);
      for (const [i, id] of (ids ?? []).entries())
        if (!members.some(({ machine }) => machine === id))
          throw new LifeboatError("PXE_MEMBER_UNKNOWN", { name: deployment.name, machine: meant?.[i] ?? "" });
      const some = ids && members.filter(({ machine }) => ids.includes(machine));
      const changed = this.#changed(deployment, some, members, action);
      await rows.saveDeployments([changed.deployment]);
      await rows.saveMembers(changed.members);
      return this.#details(rows, changed.deployment);
    });
  }

  /** @throws PXE_DEPLOYMENT_UNKNOWN, PXE_DEPLOYMENT_BUSY */
  async forget(name: string): Promise<void> {
    await this.#deps.store.change(async (rows) => {
      const deployment = await one(rows, name);
      const members = await rows.members([deployment]);
      const busy = members.filter((member) => member.state === "running" && !isSilent(member, this.#now()));
      if (busy.length > 0) {
        const machines = busy.map(({ machine }) => `#${machine}`).join(", ");
        throw new LifeboatError("PXE_DEPLOYMENT_BUSY", { name: deployment.name, machines });
      }
      // Machines that were told to start from the network for it start from their disks.
      const armed = members.filter(({ isArmed }) => isArmed).map(({ machine }) => machine);
      const once = (await rows.machines(armed)).filter(({ policy }) => policy === "once");
      await rows.setPolicies(new Map(once.map(({ id }) => [id, "never"])));
      await rows.removeDeployment(deployment.id);
    });
  }

  #changed(
    deployment: Deployment,
    some: readonly Member[] | undefined,
    all: readonly Member[],
    action: FleetAction,
  ): { deployment: Deployment; members: readonly Member[] } {
    const now = this.#now();
    const members = some ?? all;
    switch (action.action) {
      case "pause":
        return some
          ? { deployment, members: some.map((member) => held(member, true)) }
          : { deployment: paused(deployment, true), members: [] };
      case "resume":
        return {
          deployment: some ? deployment : paused(deployment, false),
          members: members.map((one) => held(one, false)),
        };
      case "cancel":
        return {
          deployment: some ? deployment : { ...deployment, state: "cancelled" },
          members: members.map((member) => cancelled(member, now)),
        };
      case "retry": {
        const lost = members.filter(({ state }) => some !== undefined || !["done", "cancelled"].includes(state));
        const revived: Deployment = deployment.state === "cancelled" ? { ...deployment, state: "active" } : deployment;
        return { deployment: revived, members: lost.map((member) => retried(member, now)) };
      }
      case "priority":
        return {
          deployment: { ...deployment, spec: { ...deployment.spec, priority: action.priority } },
          members: [],
        };
      case "confirm": {
        const found = members
          .map((member) => confirmed(member, action.code, now))
          .find((member) => member !== undefined);
        if (!found) throw new LifeboatError("PXE_CODE_WRONG", { machine: action.machine, code: action.code });
        return { deployment, members: [found] };
      }
    }
  }

  async #details(rows: FleetRows, deployment: Deployment): Promise<DeploymentDetails> {
    const members = await rows.members([deployment]);
    const machines = await rows.machines(members.map(({ machine }) => machine));
    return detailsOf(deployment, members, machines, this.#now());
  }

  #now(): number {
    return (this.#deps.now ?? Date.now)();
  }
}

/** A deployment that is cancelled stays so until somebody tries it again. */
const paused = (deployment: Deployment, isPaused: boolean): Deployment =>
  deployment.state === "cancelled" ? deployment : { ...deployment, state: isPaused ? "paused" : "active" };

async function one(rows: FleetRows, name: string): Promise<Deployment> {
  const found = await rows.findDeployment(name);
  if (!found) throw new LifeboatError("PXE_DEPLOYMENT_UNKNOWN", { name });
  return found;
}
