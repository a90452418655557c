import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readFirmware } from "#imaging/preflight/machine/read-firmware.ts";
import { sysFiles } from "#imaging/preflight/machine/sys-files.ts";
import type { ConsoleMark } from "#rescue/console-mark.ts";

/** Where `pxe serve` takes what machines say of themselves (docs/pxe.md). */
const REPORT_PATH = "/.lifeboat/report";
/** Milliseconds. A server that is away hears the next one. */
const PATIENCE = 5000;
const MOST_LETTERS = 300;

export interface BootServerOptions {
  /** Where the initramfs has left the URL that the layers came from. */
  readonly runFolder: string;
  readonly version: string;
  /** A folder in which `sys` and `proc` lie. */
  readonly root?: string;
}

/**
 * Tells the server that this machine was started from how far it is, for its timeline there. Marks that mean nothing to it, a machine that
 * was not started from the network, and a server that does not want to know are all right.
 */
export function bootServerMark({ runFolder, version, root = "/" }: BootServerOptions): ConsoleMark {
  return async (what) => {
    const told = happening(what, version);
    const url = told && (await readFile(join(runFolder, "boot-url"), "utf8").catch(() => undefined));
    if (!told || !url) return;
    const facts = told.kind === "up" ? await factsOf(root) : {};
    try {
      const response = await fetch(new URL(REPORT_PATH, url.trim()), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...told, ...facts }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      await response.body?.cancel();
    } catch {
      // It is away, or it was somebody else's server.
    }
  };
}

function happening(what: string, version: string) {
  if (what === "server") return { kind: "up", text: `Lifeboat ${version}` };
  if (what === "job running") return { kind: "job", text: "a restore has begun" };
  if (what === "job succeeded") return { kind: "done", text: "a restore has ended well" };
  if (what === "unattended stopped")
    return { kind: "problem", code: "UNATTENDED_STOPPED", text: "it does nothing by itself: the machine says why" };
  const [, state] = /^job (failed|cancelled)$/.exec(what) ?? [];
  return state === undefined
    ? undefined
    : { kind: "problem", code: `JOB_${state.toUpperCase()}`, text: `a restore has ${state}` };
}

/** Not the UUID: firmware and Linux order its bytes differently on some machines, and the server has it from the firmware. */
async function factsOf(root: string) {
  const sys = sysFiles(root);
  const dmi = async (name: string) =>
    (await sys.text(`sys/class/dmi/id/${name}`))?.trim().slice(0, MOST_LETTERS) || undefined;
  const [, kib] = /^MemTotal:\s+(\d+) kB/m.exec((await sys.text("proc/meminfo")) ?? "") ?? [];
  const { secureBoot, mode } = await readFirmware(sys);
  return {
    serial: await dmi("product_serial"),
    vendor: await dmi("sys_vendor"),
    product: await dmi("product_name"),
    ...(kib !== undefined && { memory: Number(kib) * 1024 }),
    ...(mode === "uefi" && secureBoot && { secureBoot: secureBoot.enabled }),
  };
}
