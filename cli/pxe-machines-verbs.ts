import { Argument, type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { entryText, machineTable, machineText } from "#cli/machine-text.ts";
import { type MachinesOption, machinesPlace, withMachines } from "#cli/machines-option.ts";
import type { Environment } from "#cli/password-input.ts";
import { addListVerbs } from "#cli/pxe-machine-lists.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { SERVER_TIMELINE } from "#pxe/machines/entry.ts";
import { APPROVALS, type Machine, type MachineMarks, POLICIES } from "#pxe/machines/machine.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";
import { oneMachine } from "#pxe/machines/one-machine.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { wakeMachines } from "#pxe/machines/wake-machines.ts";
import { ownInterface } from "#pxe/serve/own-interface.ts";

type Opened = <T>(options: MachinesOption, work: (store: MachineStore) => Promise<T>) => Promise<T>;

/** `pxe machines VERB` */
export function addMachinesVerbs(pxe: Command, { pxeFolder }: Pick<Environment, "pxeFolder">): void {
  const machines = pxe.command("machines").description("computers that have asked how to start, and what they may");
  const opened: Opened = async (options, work) => {
    await using store = await openMachineStore(machinesPlace(options, pxeFolder));
    return await work(store);
  };
  addLooks(machines, opened);
  addMarks(machines, opened);
  addListVerbs(machines, opened);
  addWake(machines, opened);
}

function addLooks(machines: Command, opened: Opened): void {
  withMachines(verb(machines, "list", "all of them, or some"))
    .option("--group <name>", "of this group")
    .addOption(new Option("--approval <state>", "with this approval").choices(APPROVALS))
    .action(async (options: MachinesOption & { group?: string; approval?: string }, command: Command) => {
      const { group, approval } = options;
      const some = (await opened(options, (store) => store.list())).filter(
        (one) => (group === undefined || one.group === group) && (approval === undefined || one.approval === approval),
      );
      outputOf(command).result(some, () => (some.length === 0 ? "No machine." : machineTable(some)));
    });
  withMachines(verb(machines, "show", "what is known of a machine, and its timeline; without one, the server's"))
    .argument("[machine]", "name, MAC, UUID, serial number, or #12")
    .action(async (name: string | undefined, options: MachinesOption, command: Command) => {
      const shown = await opened(options, async (store) => {
        const machine = name === undefined ? undefined : await oneMachine(store, name);
        return { machine, timeline: await store.timeline(machine?.id ?? SERVER_TIMELINE) };
      });
      const { machine, timeline } = shown;
      outputOf(command).result(shown, () =>
        [...(machine ? [machineText(machine), ""] : []), ...timeline.map(entryText)].join("\n"),
      );
    });
}

function addMarks(machines: Command, opened: Opened): void {
  const change = (names: readonly string[], marks: Partial<MachineMarks>, options: MachinesOption, command: Command) =>
    opened(options, async (store) => {
      const found: Machine[] = [];
      // All are looked for before the first is changed: a mistyped one changes nothing.
      for (const name of names) found.push(await oneMachine(store, name));
      const changed: Machine[] = [];
      for (const { id } of found) changed.push(await store.mark(id, marks));
      outputOf(command).result(changed, () => machineTable(changed));
    });
  for (const [what, description] of [
    ["name", "name a machine; '' takes its name away"],
    ["note", "what there is to know of a machine"],
  ] as const)
    withMachines(verb(machines, what, description))
      .argument("<machine>")
      .argument("<text>")
      .action((name: string, text: string, options: MachinesOption, command: Command) =>
        change([name], { [what]: text }, options, command),
      );
  withMachines(verb(machines, "group", "put machines into a group; '' takes them out of theirs"))
    .argument("<group>")
    .argument("<machines...>")
    .action((group: string, names: string[], options: MachinesOption, command: Command) =>
      change(names, { group }, options, command),
    );
  withMachines(verb(machines, "approve", "let machines have boot files, where `pxe serve --approve` asks for it"))
    .argument("<machines...>")
    .option("--refuse", "never, whatever the server asks for")
    .option("--withdraw", "as if nobody had decided")
    .action((names: string[], options: MachinesOption & { refuse?: true; withdraw?: true }, command: Command) => {
      const approval = options.refuse ? "refused" : options.withdraw ? "unknown" : "approved";
      return change(names, { approval }, options, command);
    });
  withMachines(
    verb(machines, "policy", "whether machines start from the network: always, once (until a job is done), never"),
  )
    .addArgument(new Argument("<policy>").choices(POLICIES))
    .argument("<machines...>")
    .action((policy: MachineMarks["policy"], names: string[], options: MachinesOption, command: Command) =>
      change(names, { policy }, options, command),
    );
  withMachines(
    verb(
      machines,
      "split",
      "two boards with the same UUID were taken for one machine: make another one of a network card",
    ),
  )
    .argument("<machine>")
    .argument("<mac>")
    .action(async (name: string, mac: string, options: MachinesOption, command: Command) => {
      const other = await opened(options, async (store) =>
        store.split((await oneMachine(store, name)).id, mac.toLowerCase().replaceAll("-", ":")),
      );
      outputOf(command).result(other, () => machineText(other));
    });
  withMachines(verb(machines, "forget", "with all that is known of them; they come back when they ask again"))
    .argument("<machines...>")
    .action(async (names: string[], options: MachinesOption, command: Command) => {
      const gone = await opened(options, async (store) => {
        const found: Machine[] = [];
        for (const name of names) found.push(await oneMachine(store, name));
        for (const { id } of found) await store.forget(id);
        return found;
      });
      outputOf(command).result(gone, () => `Forgotten: ${gone.length}.`);
    });
}

function addWake(machines: Command, opened: Opened): void {
  withMachines(verb(machines, "wake", "switch machines on (wake-on-LAN)"))
    .argument("<machines...>", "or `group:NAME`")
    .requiredOption("--interface <name|address>", "where they are connected: eth0, or its IPv4 address")
    .action(async (names: string[], options: MachinesOption & { interface: string }, command: Command) => {
      const { address } = ownInterface(options.interface);
      const woken = await opened(options, async (store) => {
        const found: Machine[] = [];
        for (const name of names) found.push(...(await named(store, name)));
        await wakeMachines(store, found, [address]);
        return found;
      });
      outputOf(command).result(woken, () => `Sent to ${woken.length}. Whether a machine heard it shows its timeline.`);
    });
}

async function named(store: MachineStore, name: string): Promise<Machine[]> {
  const group = /^group:(.+)$/.exec(name)?.[1];
  if (group === undefined) return [await oneMachine(store, name)];
  const found = (await store.list()).filter((one) => one.group === group);
  if (found.length === 0) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: name });
  return found;
}
