import { parseArgs } from "node:util";
import { describeLoad, runLoad } from "./run-load.ts";
import { STAGES } from "./simulated-machine.ts";

/**
 * `make load`: many simulated machines start from `lifeboat pxe serve`, in namespaces of this computer. Options: --machines N, --at-once N,
 * --until address|loader|files|done, --loader MIB (by TFTP), --file MIB (by HTTP), --seconds N.
 */
const { values } = parseArgs({
  options: {
    machines: { type: "string", default: "2000" },
    "at-once": { type: "string" },
    until: { type: "string", default: "address" },
    loader: { type: "string", default: "1" },
    file: { type: "string", default: "4" },
    seconds: { type: "string", default: "300" },
  },
});
const until = STAGES.find((stage) => stage === values.until);
if (!until) throw new Error(`--until is one of ${STAGES.join(", ")}`);
const machines = Number(values.machines);
const load = await runLoad({
  ...{ machines, until, atOnce: Number(values["at-once"] ?? machines), seconds: Number(values.seconds) },
  ...{ loader: Number(values.loader) * 2 ** 20, file: Number(values.file) * 2 ** 20 },
});
console.log(describeLoad(load));
process.exitCode = load.through === machines ? 0 : 1;
