import { seal } from "#base/deployment/keys.ts";
import {
  type Directive,
  IMAGE_PATH,
  type Order,
  type OrderAnswer,
  OrderProgress,
  type OrderReport,
  type OrderRequest,
  orderBinding,
  type ReportAnswer,
} from "#base/deployment/order.ts";
import { isProof, proofOf } from "#base/deployment/proof.ts";
import { type CaptureTask, type RestoreTask, Task } from "#base/deployment/task.ts";
import type { Sentence } from "#base/sentence.ts";
import { callMachine, type Machine } from "../machines/machine.ts";
import { usableSerial } from "../machines/usable-uuid.ts";
import { say } from "../words/words.ts";
import { chooseOrder } from "./choose-order.ts";
import { DeploymentSecrets } from "./contract.ts";
import type { Deployment, Member } from "./deployment.ts";
import type { FleetDeps } from "./fleet.ts";
import type { FleetKey } from "./fleet-key.ts";
import type { FleetRows } from "./fleet-rows.ts";
import { reported } from "./member-changes.ts";
import { isAddress } from "./point-folder.ts";

export interface Asked {
  readonly answer: OrderAnswer;
  /** For the machine's timeline. */
  readonly news?: ({ readonly isProblem: boolean } & Sentence) | undefined;
}

/** Seconds. */
const IDLE = 20;

/** What opens the image of a deployment, and its machines to each other. */
export const swarmTokenOf = (key: FleetKey, deployment: string): string => key.token("swarm", deployment);

const orderToken = (
  key: FleetKey,
  { deployment, member, key: of }: Pick<OrderReport, "deployment" | "member" | "key">,
) => key.token("order", deployment, member, of);

/** What a machine does, as it asks for it and tells of it. An order is kept before it is given: a server that dies gives none twice. */
export class FleetOrders {
  readonly #deps: Omit<FleetDeps, "machines">;

  constructor(deps: Omit<FleetDeps, "machines">) {
    this.#deps = deps;
  }

  /** @param machine whose address has asked: who may not start from here must not come so far */
  async ask(machine: Machine, request: OrderRequest): Promise<Asked> {
    const { store, key } = this.#deps;
    const nothing: Asked = { answer: { state: "nothing", askAgain: IDLE } };
    // Most machines of most networks have nothing to do: they cost no transaction that others wait for.
    if ((await store.read((rows) => rows.deployments())).length === 0) return nothing;
    if (isOtherMachine(machine, request)) return { ...nothing, news: { isProblem: true, ...say("told.contested") } };
    const { choice, isContested } = await store.change(async (rows) => {
      const deployments = await rows.deployments();
      const members = Map.groupBy(await rows.members(deployments), ({ deployment }) => deployment);
      const asking = { machine, key: request.key, isUsed: await rows.isUsed(request.key) };
      const chosen = chooseOrder(asking, deployments, ({ id }) => members.get(id) ?? [], this.#now());
      await rows.saveMembers(chosen.save);
      if (chosen.choice.kind === "order") await rows.noteUse(request.key, chosen.choice.member);
      return chosen;
    });
    const contest = { isProblem: true, ...say("told.contested-key") };
    if (choice.kind !== "order") {
      const { kind, ...more } = choice;
      return { answer: { state: kind, ...more } as OrderAnswer, news: isContested ? contest : undefined };
    }
    const { deployment, member, isNew } = choice;
    const order = orderFor(choice, machine, request, key);
    const sentence = say("told.order", { name: deployment.name, number: String(member.tries) });
    return {
      answer: { state: "order", order, signature: key.sign(order) },
      news: isNew ? { isProblem: false, ...sentence } : undefined,
    };
  }

  /** @returns undefined: it is of no order, was said before, or is not proved */
  async report(report: OrderReport): Promise<ReportAnswer | undefined> {
    const { store, key } = this.#deps;
    const token = orderToken(key, report);
    if (!isProof(report.proof, proofOf(token, "machine", report, report.body))) return undefined;
    const progress = parsed(report.body);
    if (!progress) return undefined;
    return store.change(async (rows) => {
      const deployment = await rows.findDeployment(report.deployment);
      const members = deployment ? await rows.members([deployment]) : [];
      const member = members.find(({ number }) => number === report.member);
      if (!deployment || member?.key !== report.key || report.sequence <= member.sequence) return undefined;
      const next = reported(deployment, member, progress, this.#now());
      await rows.saveMembers([{ ...next.member, sequence: report.sequence }]);
      if (next.isDone) await startFromDisk(rows, next.member, deployment.spec.bootOnce);
      const body = JSON.stringify({ action: next.action } satisfies Directive);
      return { body, proof: proofOf(token, "server", report, body) };
    });
  }

  #now(): number {
    return (this.#deps.now ?? Date.now)();
  }
}

/** Its address was given to another board meanwhile, or it lies. */
const isOtherMachine = ({ macs, serial }: Machine, request: OrderRequest): boolean => {
  const said = usableSerial(request.serial);
  return (
    !request.macs.some((mac) => macs.includes(mac)) || (serial !== undefined && said !== undefined && serial !== said)
  );
};

function parsed(body: string): OrderProgress | undefined {
  try {
    return OrderProgress.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** What else waits for the machine has it start from the network again, at the next tick. */
async function startFromDisk(rows: FleetRows, { machine }: Member, isOnce: boolean): Promise<void> {
  const [found] = await rows.machines([machine]);
  if (isOnce && found?.policy === "once") await rows.setPolicies(new Map([[machine, "never"]]));
  const others = (await rows.membersOfMachine(machine)).filter(({ isArmed }) => isArmed);
  await rows.saveMembers(others.map((member) => ({ ...member, isArmed: false })));
}

function orderFor(
  { deployment, member }: { readonly deployment: Deployment; readonly member: Member },
  machine: Machine,
  request: OrderRequest,
  key: FleetKey,
): string {
  const { macs: cards, serial } = machine;
  const macs = request.macs.filter((mac) => cards.includes(mac));
  const { spec } = deployment;
  const secrets = DeploymentSecrets.parse(JSON.parse(key.unseal(deployment.secrets, deployment.id)));
  const token = orderToken(key, { deployment: deployment.id, member: member.number, key: request.key });
  const task: Task = {
    ...{ token, countdownSeconds: spec.countdownSeconds, afterwards: spec.afterwards },
    work:
      spec.work.kind === "restore"
        ? restoreTask(deployment, member, secrets, swarmTokenOf(key, deployment.id))
        : captureTask(deployment, machine, secrets),
  };
  const binding = orderBinding(deployment.id, member.number, request.nonce);
  return JSON.stringify({
    ...{ version: 1, deployment: { id: deployment.id, name: deployment.name }, member: member.number, macs },
    ...(serial !== undefined && { serial }),
    ...{ key: request.key, nonce: request.nonce },
    task: seal(JSON.stringify(Task.parse(task)), request.key, binding),
  } satisfies Order);
}

function restoreTask(
  { id, spec: { work, limitEach } }: Deployment,
  { hostname, universal, hasBegun }: Member,
  { password }: DeploymentSecrets,
  swarmToken: string,
): RestoreTask {
  if (work.kind !== "restore") throw new TypeError("no restore");
  const { point, template } = work;
  const isElsewhere = isAddress(point);
  return {
    kind: "restore",
    image: isElsewhere ? point : `${IMAGE_PATH}/${id}/points/${point.slice(point.lastIndexOf("/") + 1)}`,
    // Where it was written to by an order whose end was not heard, a whole system of this image may lie there, and be in use.
    restore: { ...template, universal: universal ?? template.universal, again: !hasBegun, hostname },
    ...(password !== undefined && { password }),
    ...(!isElsewhere && { swarmToken }),
    ...(limitEach !== undefined && { bytesPerSecond: limitEach }),
  };
}

function captureTask(
  { spec: { work, limitEach } }: Deployment,
  machine: Machine,
  { password, placePassword }: DeploymentSecrets,
): CaptureTask {
  if (work.kind !== "capture") throw new TypeError("no capture");
  const { from, place, repository, leaveOutPageFiles } = work;
  const name = callMachine(machine)
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, 60);
  return {
    ...{ kind: "capture", from, place, repository, leaveOutPageFiles, name: name || `machine-${machine.id}` },
    ...(password !== undefined && { password }),
    ...(placePassword !== undefined && { placePassword }),
    ...(limitEach !== undefined && { bytesPerSecond: limitEach }),
  };
}
