import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openOrders } from "#rescue/deployment/open-orders.ts";
import { diskSource } from "#rescue/disk-source.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";

/**
 * What the rescue system of one machine does with orders, without the rest of it: FOLDER has its `sys` and `proc`, its run folder and its disk,
 * which is a file. Prints a line of JSON for each change.
 */
const [folder = "", disk = ""] = process.argv.slice(2);
const LIFEBOAT = fileURLToPath(new URL("../../lifeboat.ts", import.meta.url));
const say = (value: object) => void process.stdout.write(`${JSON.stringify(value)}\n`);
const note = (level: string) => (value: object, text: string) => say({ level, text, ...value });
const log = { info: note("info"), warn: note("warn"), error: note("error") } as unknown as Log;
const jobs = new JobRegistry();

const orders = await openOrders({
  ...{ root: folder, runFolder: join(folder, "run"), command: [process.execPath, LIFEBOAT], jobs, log },
  images: {
    rescan: async () => [],
    open: async () => {
      throw new Error("there are no images on this machine");
    },
    release: async () => {},
  },
  listDisks: diskSource({ diskFiles: [disk], onlyFiles: true }),
  async power(action) {
    say({ power: action });
    process.exit(0);
  },
  mark: async (what) => say({ mark: what }),
  second: 200,
});
if (!orders) throw new Error("it was started by no server");
orders.start();
let before = "";
setInterval(() => {
  const view = orders.view();
  const text = JSON.stringify({ view });
  if (text !== before) process.stdout.write(`${text}\n`);
  before = text;
}, 50);
