import { join } from "node:path";
import type { Command } from "commander";
import { deploymentTable, deploymentText } from "#cli/deployment-text.ts";
import { type MachinesOption, machinesPlace, withMachines } from "#cli/machines-option.ts";
import type { Environment } from "#cli/password-input.ts";
import { addDeployCreateVerbs } from "#cli/pxe-deploy-create.ts";
import { priority } from "#cli/pxe-deploy-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { FleetAction } from "#pxe/fleet/contract.ts";
import type { Fleet } from "#pxe/fleet/fleet.ts";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { openFleet } from "#pxe/fleet/fleet-service.ts";

/** In the folder of what starts computers from the network. */
export const ORDERS_KEY = "orders.key";

export type WithFleet = <T>(options: MachinesOption, work: (fleet: Fleet) => Promise<T>) => Promise<T>;

/** `pxe deploy VERB` */
export function addDeployVerbs(pxe: Command, { pxeFolder }: Pick<Environment, "pxeFolder">): void {
  const deploy = pxe
    .command("deploy")
    .description("let machines that start from `pxe serve` restore an image, or capture their disks, by themselves");
  const keyFile = join(pxeFolder, ORDERS_KEY);
  const opened: WithFleet = async (options, work) => {
    await using open = await openFleet(machinesPlace(options, pxeFolder), keyFile);
    return await work(open.fleet);
  };
  addDeployCreateVerbs(deploy, opened);
  withMachines(verb(deploy, "list", "all deployments")).action(async (options: MachinesOption, command: Command) => {
    const all = await opened(options, (fleet) => fleet.list());
    outputOf(command).result(all, () => (all.length === 0 ? "No deployment." : deploymentTable(all)));
  });
  withMachines(verb(deploy, "show", "how far each machine of a deployment is"))
    .argument("<name>")
    .action(async (name: string, options: MachinesOption, command: Command) => {
      const shown = await opened(options, (fleet) => fleet.show(name));
      outputOf(command).result(shown, () => deploymentText(shown));
    });
  addActs(deploy, opened);
  verb(deploy, "key", "what machines have to know of this server to follow its orders").action(
    async (_options: object, command: Command) => {
      const { publicText } = await FleetKey.open(keyFile);
      const parameter = `lifeboat.orders=${publicText}`;
      outputOf(command).result({ key: publicText, parameter }, () =>
        [parameter, `Build the boot set with it: lifeboat media pxe --kernel-parameters ${parameter} ...`].join("\n"),
      );
    },
  );
}

function addActs(deploy: Command, opened: WithFleet): void {
  const act = async (name: string, action: FleetAction, options: MachinesOption, command: Command) => {
    const shown = await opened(options, (fleet) => fleet.act(name, action));
    outputOf(command).result(shown, () => deploymentText(shown));
  };
  for (const [action, description] of [
    ["pause", "nobody begins any more, and who is at it waits; or some of its machines"],
    ["resume", "go on; or with some of its machines"],
    ["cancel", "for good; a disk that is being written does not start until it is restored again"],
    ["retry", "from the beginning: those that are not done; or the machines that are named, done or not"],
  ] as const)
    withMachines(verb(deploy, action, description))
      .argument("<name>")
      .argument("[machines...]")
      .action((name: string, machines: string[], options: MachinesOption, command: Command) =>
        act(name, { action, ...(machines.length > 0 && { machines }) }, options, command),
      );
  withMachines(verb(deploy, "priority", "higher ones first; restores always come before captures"))
    .argument("<name>")
    .argument("<number>", "-100 to 100", priority)
    .action((name: string, number: number, options: MachinesOption, command: Command) =>
      act(name, { action: "priority", priority: number }, options, command),
    );
  withMachines(verb(deploy, "confirm", "a machine shows this code on its own screen: it may have its order"))
    .argument("<name>")
    .argument("<machine>")
    .argument("<code>")
    .action((name: string, machine: string, code: string, options: MachinesOption, command: Command) =>
      act(name, { action: "confirm", machine, code }, options, command),
    );
  withMachines(verb(deploy, "forget", "a deployment that nobody is at any more, with its secrets"))
    .argument("<name>")
    .action(async (name: string, options: MachinesOption, command: Command) => {
      await opened(options, (fleet) => fleet.forget(name));
      outputOf(command).result({ forgotten: name }, () => "Forgotten.");
    });
}
