import type { SampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

/** What the test of killed updates starts, and kills: `update-program.ts FOLDER SAMPLE STICK`; SAMPLE is JSON in a file. */
const [folder = "", sampleFile = "", stick = ""] = process.argv.slice(2);
const sample = (await import(sampleFile, { with: { type: "json" } })).default as SampleSystem & {
  core: string;
  boot: string;
};
const grub = { core: Buffer.from(sample.core, "base64"), boot: Buffer.from(sample.boot, "base64") };
const whole = { tree: sample.tree, system: { ...sample.system, grub } };
const work = StickFolder.at(folder);
const plan = await work.planUpdate(whole, stick);
process.stdout.write("planned\n");
await work.run(plan, whole);
process.stdout.write("done\n");
