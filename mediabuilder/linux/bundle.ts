import { chmod, cp, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashTree, projectRoot } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { copyTree } from "./copy-tree.ts";
import { squash } from "./squash.ts";

/** Name of a bundled file in /opt/lifeboat -> where its source begins. */
export type EntryPoints = Readonly<Record<string, string>>;

export const ENTRY_POINTS: EntryPoints = {
  "lifeboat.js": "lifeboat.ts",
  "rescue-server.js": "rescue/main.ts",
  "console-menu.js": "rescue/console-menu/main.ts",
  "engine-worker.js": "imaging/worker/engine-worker.ts",
  "task-main.js": "imaging/tasks/task-main.ts",
  "bucket-server.js": "imaging/bucket/bucket-server-main.ts",
  "clone-read-worker.js": "imaging/clone/remote/read-worker.ts",
};

/** A file of the checkout -> its place in the rescue system; file modes are kept. */
const FILES: Readonly<Record<string, string>> = {
  "images/overlay": ".",
  "rescue/init/inittab": "etc/inittab",
  "rescue/init/sysinit": "usr/lib/lifeboat/sysinit",
  "rescue/init/packed-memory": "usr/lib/lifeboat/packed-memory",
  "rescue/init/data": "usr/lib/lifeboat/data",
  "rescue/init/mark": "usr/lib/lifeboat/mark",
  "rescue/init/splash": "usr/lib/lifeboat/splash",
  "rescue/init/server": "usr/lib/lifeboat/server",
  "rescue/init/console": "usr/lib/lifeboat/console",
  "rescue/init/menu": "usr/lib/lifeboat/menu",
  "rescue/init/serial-menus": "usr/lib/lifeboat/serial-menus",
  "rescue/init/speech": "usr/lib/lifeboat/speech",
  "rescue/init/debug-shell": "usr/lib/lifeboat/debug-shell",
  "rescue/init/shutdown": "usr/lib/lifeboat/shutdown",
  "rescue/init/lifeboat": "usr/bin/lifeboat",
  "rescue/network/dhcp-script": "usr/lib/lifeboat/dhcp-script",
  "rescue/kiosk/session": "usr/lib/lifeboat/kiosk",
  "rescue/kiosk/browser": "usr/lib/lifeboat/browser",
  "rescue/kiosk/policy.json": "etc/chromium/policies/managed/lifeboat.json",
  "node_modules/zstd-napi/package.json": "opt/lifeboat/node_modules/zstd-napi/package.json",
  "node_modules/zstd-napi/binding.js": "opt/lifeboat/node_modules/zstd-napi/binding.js",
  "node_modules/zstd-napi/build/Release/binding.node": "opt/lifeboat/node_modules/zstd-napi/build/Release/binding.node",
  ...nodePty("package.json", "build/Release/pty.node"),
  ...nodePty(
    ...["index", "interfaces", "terminal", "eventEmitter2", "unixTerminal", "utils"].map((name) => `lib/${name}.js`),
  ),
};

/** The native parts, which are made smaller. */
const NATIVE = ["zstd-napi/build/Release/binding.node", "node-pty/build/Release/pty.node"];

/** Of node-pty without its parts for Windows and its tests. */
function nodePty(...files: readonly string[]): Record<string, string> {
  const places = files.map((file) => `node_modules/node-pty/${file}`);
  return Object.fromEntries(places.map((place) => [place, `opt/lifeboat/${place}`]));
}

const BUSYBOX_PROGRAMS = ["usr/lib/lifeboat/init", "usr/sbin/reboot", "usr/sbin/poweroff", "usr/sbin/halt"];

/** CommonJS packages inside an ES module call `require`, which a module does not have by itself. */
const REQUIRE =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';

/**
 * `<stage>/lifeboat.sqfs`: our programs, the pages and the start scripts; the layer on top of all others, and the only one that
 * changes with our sources. The pages are built anew each time, so they always fit the server.
 */
export async function buildProgramLayer(
  workDir: string,
  log: Log,
  entryPoints: EntryPoints = ENTRY_POINTS,
): Promise<Stage> {
  const staging = join(workDir, `program.unfinished-${process.pid}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    await fillProgramTree(staging, entryPoints);
    const recipe = {
      name: "program",
      inputs: ["program 1", await hashTree(staging), ...BUSYBOX_PROGRAMS],
      build: async (folder: string) => {
        await squash(staging, join(folder, "lifeboat.sqfs"), "root");
      },
    };
    return await buildStage(workDir, recipe, log);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function fillProgramTree(tree: string, entryPoints: EntryPoints): Promise<void> {
  const program = join(tree, "opt/lifeboat");
  await mkdir(join(tree, "root"), { recursive: true });
  for (const [from, to] of Object.entries(FILES)) {
    await mkdir(dirname(join(tree, to)), { recursive: true });
    await copyTree(join(projectRoot, from), join(tree, to));
  }
  for (const link of BUSYBOX_PROGRAMS) {
    await mkdir(dirname(join(tree, link)), { recursive: true });
    await symlink("/usr/bin/busybox", join(tree, link));
  }
  // Without what tells where it was compiled.
  const native = NATIVE.map((file) => join(tree, "opt/lifeboat/node_modules", file));
  await runTool("strip", ["--strip-unneeded", "-R", ".note.gnu.build-id", "-R", ".comment", ...native], {
    purpose: "make the native parts smaller",
  });
  await writeFile(join(tree, "etc/machine-id"), "");
  await writeFile(join(program, "package.json"), '{"type":"module"}\n');
  await bundlePrograms(program, entryPoints);
  const buildPages = join(projectRoot, "ui/build.ts");
  await runTool(process.execPath, [buildPages], { purpose: "build the pages of the user interface" });
  await cp(join(projectRoot, "ui/dist"), join(program, "ui"), { recursive: true });
  await normaliseModes(tree);
  await chmod(join(tree, "root"), 0o700);
}

/** What a checkout's modes are depends on its user's umask. */
async function normaliseModes(tree: string): Promise<void> {
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** Writes each program as one file that Node runs without node_modules, but for those that are external. */
export async function bundlePrograms(folder: string, entryPoints: EntryPoints): Promise<void> {
  // Not at the top: the rescue system has this module in its bundle, but no esbuild.
  const { build } = await import("esbuild");
  for (const [name, source] of Object.entries(entryPoints)) {
    await build({
      // The bundle names its sources by their paths from here.
      absWorkingDir: projectRoot,
      entryPoints: [join(projectRoot, source)],
      outfile: join(folder, name),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node24",
      external: ["zstd-napi", "node-pty", "esbuild"],
      banner: { js: REQUIRE },
      logLevel: "error",
    });
  }
}
