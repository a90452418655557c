import { DEBUG_SHELL } from "./iso-guest.ts";
import { buildTestStick } from "./test-stick.ts";

/** Updates a stick to a system with another boot menu: `update-stick-program.ts FILE`. It says which phase begins, and is killed by its test. */
const [file = ""] = process.argv.slice(2);
await buildTestStick(file, {
  ...{ update: true, kiosk: false, kernelParameters: `${DEBUG_SHELL} lifeboat.test=new` },
  onPhase: (phase) => process.stdout.write(`${phase}\n`),
});
