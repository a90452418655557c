import si from "systeminformation";

/** What people call a machine. */
export interface MachineName {
  /** "Dell Inc. Latitude 5430". */
  readonly name: string;
  readonly isVirtual: boolean;
  readonly processorName: string;
}

const MOST_LETTERS = 200;

/** Nothing is decided by it: it tells people which machine a description is of. */
export async function describeMachine(): Promise<MachineName> {
  const [{ manufacturer, model, version, virtual: isVirtual }, cpu] = await Promise.all([si.system(), si.cpu()]);
  return {
    name: joined([manufacturer, model, version]) || "this machine",
    isVirtual,
    processorName: joined([cpu.manufacturer, cpu.brand]) || "unknown",
  };
}

/** Firmware that was never told its machine's name says so in many ways. */
const FILLER =
  /^(-|default string|to be filled by o\.?e\.?m\.?|system (manufacturer|product name|version)|not specified|none)$/i;

const joined = (words: readonly string[]): string =>
  words
    .map((word) => word.trim())
    .filter((word) => word !== "" && !FILLER.test(word))
    .join(" ")
    .slice(0, MOST_LETTERS);
