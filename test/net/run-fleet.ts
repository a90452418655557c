import { parseArgs } from "node:util";
import { DhcpLine } from "./dhcp-line.ts";
import { OwnAddresses } from "./own-addresses.ts";
import { type MachineEvent, SimulatedMachine, STAGES } from "./simulated-machine.ts";

/**
 * Simulated machines that start from the network, in the namespace in which this runs. Prints each event as a line of JSON, and at the end
 * how many came as far as they were to. Options: --machines N, --at-once N (the next one begins when one is through), --first N (number of the
 * first one), --until address|loader|files|done, --file NAME (by HTTP; again), --pause ms, --seconds N (then who is not through gives up), --device NAME.
 */
const { values } = parseArgs({
  options: {
    machines: { type: "string", default: "100" },
    first: { type: "string", default: "1" },
    "at-once": { type: "string", default: "1000000" },
    until: { type: "string", default: "address" },
    file: { type: "string", multiple: true, default: [] },
    pause: { type: "string", default: "4000" },
    seconds: { type: "string", default: "120" },
    device: { type: "string", default: "eth0" },
  },
});
const [machines, first, atOnce, pause, seconds] = [
  ...[values.machines, values.first, values["at-once"], values.pause, values.seconds],
].map(Number) as [number, number, number, number, number];
const until = STAGES.find((stage) => stage === values.until);
if (!until) throw new Error(`--until is one of ${STAGES.join(", ")}`);

let out = "";
const tell = (event: MachineEvent | { readonly type: "end" }) => {
  // A write for each of some thousand lines would be most of what this does.
  if (out === "") setImmediate(flush);
  out += `${JSON.stringify(event)}\n`;
};
function flush(): void {
  process.stdout.write(out);
  out = "";
}

await using line = await DhcpLine.open();
await using addresses = new OwnAddresses(values.device);
const signal = AbortSignal.timeout(seconds * 1000);
const options = { line, addresses, until, files: values.file, pause, signal, tell };
let [begun, through] = [0, 0];
async function next(): Promise<void> {
  while (begun < machines) if (await new SimulatedMachine(first + begun++, options).start()) through++;
}
await Promise.all(Array.from({ length: Math.min(machines, atOnce) }, next));
tell({ type: "end", ...{ machines, through } });
flush();
