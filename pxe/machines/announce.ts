import { type Machine, type MachineFacts, type MachineMarks, NO_MARKS } from "./machine.ts";
import { usableSerial, usableUuid } from "./usable-uuid.ts";

/** A line of a list of machines. What it does not name stays as it is. */
export interface AnnouncedMachine
  extends Partial<MachineMarks>,
    Pick<MachineFacts, "uuid" | "serial" | "vendor" | "product"> {
  /** Of the list's file. */
  readonly line: number;
  readonly macs: readonly string[];
}

export interface Announced {
  readonly machines: readonly Machine[];
  readonly added: number;
  /** "line 7: ..." */
  readonly problems: readonly string[];
}

/**
 * What a list of machines makes of those that are known. A line means the machine that has one of its MACs, or its UUID; one that
 * means two is a mistake, and nothing is guessed.
 */
export function announceMachines(
  known: readonly Machine[],
  lines: readonly AnnouncedMachine[],
  sharedUuids: ReadonlySet<string>,
  nextId: () => number,
): Announced {
  const named = new Map<string, Machine>();
  const index = (machine: Machine) => {
    for (const name of [...machine.macs, ...uuidOf(machine)]) named.set(name, machine);
  };
  const uuidOf = ({ uuid: text }: { readonly uuid?: string | undefined }) => {
    const uuid = usableUuid(text);
    return uuid === undefined || sharedUuids.has(uuid) ? [] : [uuid];
  };
  known.forEach(index);
  const changed = new Map<number, { readonly machine: Machine; readonly line: number }>();
  const problems: string[] = [];
  let added = 0;
  for (const line of lines) {
    const meant = new Set([...line.macs, ...uuidOf(line)].flatMap((name) => named.get(name) ?? []));
    const [found, other] = meant;
    const before = found && changed.get(found.id);
    if (other) problems.push(`line ${line.line}: it means two machines, ${calls(found)} and ${calls(other)}`);
    else if (before) problems.push(`line ${line.line}: line ${before.line} has the same machine`);
    else {
      const start = found ?? { ...NO_MARKS, id: nextId(), macs: [], firstSeen: 0, lastSeen: 0 };
      const machine = said(start, line);
      index(machine);
      changed.set(machine.id, { machine, line: line.line });
      if (!found) added++;
    }
  }
  return { machines: [...changed.values()].map(({ machine }) => machine), added, problems };
}

function said(machine: Machine, { line: _, macs, ...line }: AnnouncedMachine): Machine {
  const given = { ...line, uuid: usableUuid(line.uuid), serial: usableSerial(line.serial) };
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...machine, ...told, macs: [...new Set([...machine.macs, ...macs])].toSorted() };
}

const calls = (machine: Machine | undefined): string =>
  machine ? machine.name || machine.macs[0] || `#${machine.id}` : "";
