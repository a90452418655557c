import { LifeboatError } from "#base/errors.ts";
import { diagnose } from "../../doctor/diagnose.ts";
import { gatherEvidence } from "../../doctor/gather-evidence.ts";
import { exportCsv, exportJson } from "../../machines/list/export-list.ts";
import { readList } from "../../machines/list/read-list.ts";
import { callMachine, type Machine, type MachineMarks } from "../../machines/machine.ts";
import type { MachineStore } from "../../machines/machine-store.ts";
import { told } from "../../machines/told.ts";
import { machinesApi } from "../contract/machines.ts";
import type { EventHub } from "../event-hub.ts";
import type { Serve } from "../route.ts";

export interface MachineDeps {
  readonly machines: MachineStore;
  /** Sends magic packets where the machines are. @throws PXE_SOCKET_FAILED */
  readonly wake: (machines: readonly Machine[]) => Promise<void>;
  /** For others who look at them. */
  readonly events: Pick<EventHub, "tell">;
}

/** Names of machines in a line of the audit log. */
const MOST_NAMED = 20;

/** Machines: what is known of them, what people say of them, and waking them. */
export function machineRoutes(serve: Serve, { machines, wake, events }: MachineDeps): void {
  const known = async (ids: readonly number[]): Promise<Machine[]> => {
    const all = new Map((await machines.list()).map((machine) => [machine.id, machine]));
    return [...new Set(ids)].map((id) => {
      const machine = all.get(id);
      if (!machine) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: `#${id}` });
      return machine;
    });
  };
  const one = async (id: string): Promise<Machine> => {
    const [machine] = /^\d{1,15}$/.test(id) ? await known([Number(id)]) : [];
    if (!machine) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: id });
    return machine;
  };
  const changed = <T>(result: T): T => {
    events.tell({ kind: "machines" });
    return result;
  };
  serve("machines", machinesApi.machines, () => machines.list());
  serve("machineStates", machinesApi.machineStates, async () =>
    [...(await machines.latest())].map(([machine, entry]) => ({ machine, entry: told(entry) })),
  );
  serve("exportMachines", machinesApi.exportMachines, async ({ format }) => {
    const all = await machines.list();
    return { list: format === "csv" ? exportCsv(all) : exportJson(all) };
  });
  serve("machine", machinesApi.machine, async (_query, { params }) => {
    const machine = await one(params.id);
    return { machine, timeline: (await machines.timeline(machine.id)).map(told) };
  });
  serve("diagnoseMachine", machinesApi.diagnoseMachine, async (_query, { params }) => {
    const machine = await one(params.id);
    // What is wrong with this machine of ours is asked for by itself, and not by everybody who looks at another one.
    return diagnose(await gatherEvidence(machines, { machine, name: undefined, isTested: false }));
  });
  serve("markMachine", machinesApi.markMachine, async (marks, { params, note }) => {
    const machine = await one(params.id);
    note(`${callMachine(machine)}: ${said(marks)}`);
    return changed(await machines.mark(machine.id, given(marks)));
  });
  serve("markMachines", machinesApi.markMachines, async ({ machines: asked, marks }, { note }) => {
    const found = await known(asked);
    note(`${named(found)}: ${said(marks)}`);
    const ids = found.map(({ id }) => id);
    return changed(await machines.markAll(ids, given(marks)));
  });
  serve("splitMachine", machinesApi.splitMachine, async ({ mac }, { params, note }) => {
    const machine = await one(params.id);
    note(`${callMachine(machine)}: ${mac}`);
    return changed(await machines.split(machine.id, mac));
  });
  serve("forgetMachines", machinesApi.forgetMachines, async ({ machines: ids }, { note }) => {
    const found = await known(ids);
    note(named(found));
    for (const { id } of found) await machines.forget(id);
    return changed({});
  });
  serve("wakeMachines", machinesApi.wakeMachines, async ({ machines: ids }, { note }) => {
    const found = await known(ids);
    note(named(found));
    await wake(found);
    return {};
  });
  serve("importMachines", machinesApi.importMachines, async ({ list, isTry }, { note }) => {
    const lines = readList(list, "the list");
    note(`${lines.length} machines${isTry ? ", only tried" : ""}`);
    if (isTry) return { machines: lines.length, added: 0, changed: 0 };
    return changed({ machines: lines.length, ...(await machines.announce(lines, "the list")) });
  });
}

const given = (marks: { readonly [K in keyof MachineMarks]?: MachineMarks[K] | undefined }): Partial<MachineMarks> =>
  Object.fromEntries(Object.entries(marks).filter(([, value]) => value !== undefined));

const said = (marks: object): string =>
  Object.entries(given(marks))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");

const named = (machines: readonly Machine[]): string =>
  [
    ...machines.slice(0, MOST_NAMED).map(callMachine),
    ...(machines.length > MOST_NAMED ? [`and ${machines.length - MOST_NAMED} more`] : []),
  ].join(", ");
