import { z } from "zod";
import { OrderProgress } from "#base/deployment/order.ts";
import type { BootPolicy, Machine } from "../machines/machine.ts";
import { machinesWith, noteRules } from "../machines/record-batch.ts";
import { chunks, insertRows, marks, type Sql, type SqlRow } from "../machines/sql/sql.ts";
import { DeploymentSpec, MEMBER_STATES } from "./contract.ts";
import type { Deployment, Member } from "./deployment.ts";

/** Deployments, within one transaction. */
export interface FleetRows {
  /** Those that are not cancelled; with `all`, all of them. By age. */
  deployments(all?: "all"): Promise<Deployment[]>;
  /** By its name, in whatever case, or its id. */
  findDeployment(text: string): Promise<Deployment | undefined>;
  /** By deployment and place. */
  members(deployments: readonly Pick<Deployment, "id">[]): Promise<Member[]>;
  membersOfMachine(machine: number): Promise<Member[]>;
  saveDeployments(deployments: readonly Deployment[]): Promise<void>;
  saveMembers(members: readonly Member[]): Promise<void>;
  /** With its members, and the keys that they have had. */
  removeDeployment(id: string): Promise<void>;
  machines(ids: readonly number[]): Promise<Machine[]>;
  machinesOfGroups(groups: readonly string[]): Promise<Machine[]>;
  setPolicies(policies: ReadonlyMap<number, BootPolicy>): Promise<void>;
  /** Whether an order was given for a key. */
  isUsed(key: string): Promise<boolean>;
  noteUse(key: string, member: Member): Promise<void>;
}

const DeploymentBody = z.object({
  spec: DeploymentSpec,
  created: z.number(),
  run: z.number(),
  identities: z.array(
    z.object({ machine: z.number(), hostname: z.string().optional(), universal: z.boolean().optional() }),
  ),
  hasSecrets: z.boolean(),
});

const MemberBody = z.object({
  hostname: z.string().optional(),
  universal: z.boolean().optional(),
  isHeld: z.boolean(),
  isArmed: z.boolean(),
  tries: z.number(),
  hasBegun: z.boolean(),
  key: z.string().optional(),
  sequence: z.number(),
  asking: z.array(z.string()),
  confirmed: z.string().optional(),
  progress: OrderProgress.optional(),
  since: z.number(),
  heard: z.number().optional(),
  woken: z.number().optional(),
});

export function fleetRows(sql: Sql): FleetRows {
  return {
    async deployments(all) {
      const which = all ? "" : "WHERE state <> 'cancelled'";
      return (await sql(`SELECT * FROM deployment ${which} ORDER BY number`)).map(deploymentOf);
    },
    async findDeployment(text) {
      const rows = await sql("SELECT * FROM deployment WHERE lower(name) = lower(?) OR id = ?", [text, text]);
      return rows[0] && deploymentOf(rows[0]);
    },
    async members(deployments) {
      const rows: SqlRow[] = [];
      for (const part of chunks(deployments.map(({ id }) => id)))
        rows.push(
          ...(await sql(
            `SELECT * FROM deployment_member WHERE deployment IN (${marks(part.length)}) ORDER BY deployment, number`,
            part,
          )),
        );
      return rows.map(memberOf);
    },
    async membersOfMachine(machine) {
      return (await sql("SELECT * FROM deployment_member WHERE machine = ?", [machine])).map(memberOf);
    },
    saveDeployments: (deployments) => saveDeployments(sql, deployments),
    saveMembers: (members) => saveMembers(sql, members),
    async removeDeployment(id) {
      await sql("DELETE FROM deployment_key WHERE deployment = ?", [id]);
      await sql("DELETE FROM deployment_member WHERE deployment = ?", [id]);
      await sql("DELETE FROM deployment WHERE id = ?", [id]);
    },
    machines: (ids) => machinesWith(sql, { ids }),
    async machinesOfGroups(groups) {
      if (groups.length === 0) return [];
      const rows = await sql(
        `SELECT id FROM machine WHERE group_name IN (${marks(groups.length)}) ORDER BY id`,
        groups,
      );
      return machinesWith(sql, { ids: rows.map(({ id }) => id as number) });
    },
    setPolicies: (policies) => setPolicies(sql, policies),
    async isUsed(key) {
      return (await sql("SELECT 1 AS used FROM deployment_key WHERE key = ?", [key])).length > 0;
    },
    async noteUse(key, { deployment, number }) {
      await sql("INSERT INTO deployment_key VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING", [key, deployment, number]);
    },
  };
}

const deploymentOf = (row: SqlRow): Deployment => ({
  ...{ id: row["id"] as string, name: row["name"] as string, state: row["state"] as Deployment["state"] },
  ...{ secrets: row["secrets"] as string, ...DeploymentBody.parse(JSON.parse(row["body"] as string)) },
});

const memberOf = (row: SqlRow): Member => ({
  ...{ deployment: row["deployment"] as string, number: row["number"] as number, machine: row["machine"] as number },
  state: z.enum(MEMBER_STATES).parse(row["state"]),
  ...MemberBody.parse(JSON.parse(row["body"] as string)),
});

async function saveDeployments(sql: Sql, deployments: readonly Deployment[]): Promise<void> {
  for (const { id, name, state, secrets, ...body } of deployments) {
    const text = JSON.stringify(body);
    const known = await sql(
      "UPDATE deployment SET name = ?, state = ?, secrets = ?, body = ? WHERE id = ? RETURNING id",
      [...[name, state, secrets, text, id]],
    );
    if (known.length > 0) continue;
    const [next] = await sql("SELECT coalesce(max(number), 0) + 1 AS number FROM deployment");
    const values = [id, next?.["number"] as number, name, state, secrets, text];
    await sql(`INSERT INTO deployment (id, number, name, state, secrets, body) VALUES (${marks(6)})`, values);
  }
}

async function saveMembers(sql: Sql, members: readonly Member[]): Promise<void> {
  const rows = members.map(({ deployment, number, machine, state, ...body }) => [
    ...[deployment, number, machine, state, JSON.stringify(body)],
  ]);
  const conflict =
    "ON CONFLICT (deployment, number) DO UPDATE SET machine = excluded.machine, state = excluded.state, body = excluded.body";
  await insertRows(sql, "deployment_member", ["deployment", "number", "machine", "state", "body"], rows, conflict);
}

async function setPolicies(sql: Sql, policies: ReadonlyMap<number, BootPolicy>): Promise<void> {
  if (policies.size === 0) return;
  for (const [machine, policy] of policies) await sql("UPDATE machine SET policy = ? WHERE id = ?", [policy, machine]);
  await noteRules(sql);
}
