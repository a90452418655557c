import type { Command } from "commander";
import { printable } from "#base/printable.ts";
import { type MachinesOption, machinesPlace, withMachines } from "#cli/machines-option.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { diagnose } from "#pxe/doctor/diagnose.ts";
import type { Diagnosis } from "#pxe/doctor/diagnosis.ts";
import type { Evidence } from "#pxe/doctor/evidence.ts";
import { gatherEvidence } from "#pxe/doctor/gather-evidence.ts";
import { callMachine } from "#pxe/machines/machine.ts";
import { oneMachine } from "#pxe/machines/one-machine.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";

/** Something is wrong: as `preflight` has it for what needs somebody's hand. */
const FOUND = 10;

/** `pxe doctor` */
export const addDoctorVerb = (pxe: Command, { pxeFolder }: Pick<Environment, "pxeFolder">): Command =>
  withMachines(
    verb(pxe, "doctor", "why a machine does not start from the network; without one, what is wrong with the server"),
  )
    .argument("[machine]", "name, MAC, UUID, serial number, or #12")
    .option("--no-self-test", "only what was recorded: this is not the server's machine")
    .action(async (name: string | undefined, options: MachinesOption & { selfTest: boolean }, command: Command) => {
      await using store = await openMachineStore(machinesPlace(options, pxeFolder));
      const machine =
        name === undefined || (await store.find(name)).length === 0 ? undefined : await oneMachine(store, name);
      const evidence = await gatherEvidence(store, { machine, name, isTested: options.selfTest });
      const diagnoses = diagnose(evidence);
      const { server, selfTest: tested } = evidence;
      outputOf(command).result({ machine, server, selfTest: tested, diagnoses }, () => text(evidence, diagnoses));
      if (diagnoses.length > 0) process.exitCode = FOUND;
    });

function text({ machine, selfTest: tested }: Evidence, diagnoses: readonly Diagnosis[]): string {
  const unseen =
    tested && tested.firewall === undefined ? ["The firewall could not be looked at (no nft, or not root)."] : [];
  if (diagnoses.length === 0) {
    const what = machine ? `with the start of ${callMachine(machine)}` : "with the server";
    return [`Nothing is wrong ${what} that can be seen from here.`, ...unseen].join("\n");
  }
  const blocks = diagnoses.map(({ code, certainty, seen, means, next }) =>
    [
      `! ${printable(seen.text)}`,
      `  Means: ${certainty === "likely" ? "probably: " : ""}${printable(means.text)}`,
      `  Next:  ${printable(next.text)}`,
      `  (${code})`,
    ].join("\n"),
  );
  return [...blocks, ...unseen].join("\n");
}
