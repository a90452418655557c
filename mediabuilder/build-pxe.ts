import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { RESCUE_SET_FILE, serialiseRescueSet } from "#base/medium/rescue-set.ts";
import { bootMenu, buildParts, type PartsOptions, partSizes } from "./build-parts.ts";
import { buildLayer } from "./linux/layer.ts";
import { manifestFile, manifestText } from "./manifest/manifest.ts";
import { signedDocuments } from "./manifest/publish.ts";
import { sayingNoRoom } from "./no-room.ts";
import { dnsmasqExample } from "./pxe/dnsmasq-example.ts";
import { grubNetbootConfig } from "./pxe/grub-netboot.ts";
import { IPXE_AUTOEXEC, ipxeScript } from "./pxe/ipxe-script.ts";
import { writePxeSet } from "./pxe/pxe-set.ts";
import { rescueSet } from "./pxe/rescue-set.ts";
import { parseServerUrl } from "./pxe/server-url.ts";
import { readList } from "./recipe.ts";
import { signingKey } from "./sign/signing-key.ts";
import type { Stage } from "./stage.ts";
import { stoppedBySignals } from "./stop.ts";

export interface PxeOptions extends PartsOptions {
  /** The folder to make: checkPxeOut says whether it can be. */
  readonly out: string;
  /** Where machines will find the folder over HTTP; absent: at the root of the server that they load GRUB from. */
  readonly url?: string | undefined;
}

export interface PxeReport {
  readonly out: string;
  readonly id: string;
  readonly seconds: number;
  /** In bytes: layers, kernel, initramfs. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
  readonly bytes: number;
  readonly stages: readonly Pick<Stage, "name" | "reused" | "seconds">[];
}

/**
 * Builds what computers that start from the network ask a server for: one folder, to be offered by TFTP and HTTP. A set that is there is
 * replaced in one step, when the new one is complete. SIGINT and SIGTERM stop it.
 * @throws as buildParts; USAGE for the URL, BUILD_NO_ROOM
 */
export const buildPxe = (options: PxeOptions): Promise<PxeReport> =>
  stoppedBySignals(() => sayingNoRoom([options.workDir, dirname(resolve(options.out))], () => build(options)));

async function build(options: PxeOptions): Promise<PxeReport> {
  const started = performance.now();
  const { log, config } = options;
  const url = options.url === undefined ? undefined : parseServerUrl(options.url);
  const [out, workDir] = [resolve(options.out), resolve(options.workDir)];
  const built = await buildParts(options);
  const root = built.stages[0] as Stage;
  const netboot = await buildLayer(
    workDir,
    root,
    { name: "netboot", packages: await readList("packages-netboot.txt") },
    log,
  );
  log("pxe: writing");
  const menu = bootMenu(built, config);
  const texts = { grubConfig: grubNetbootConfig(menu, url), ipxeScript: ipxeScript(menu, url) };
  const systems = serialiseRescueSet(await rescueSet(menu, built.layers));
  const bytes = await replaceFolder(out, async (folder, scratch) => {
    const documents = {
      ...{ "dnsmasq.conf": dnsmasqExample(url), [RESCUE_SET_FILE]: systems },
      "autoexec.ipxe": IPXE_AUTOEXEC,
    };
    const files = await writePxeSet({ parts: built, netboot: netboot.path, documents, ...texts }, folder, scratch);
    const listed = await Promise.all(files.map((file) => manifestFile(join(folder, file), file)));
    const key = await signingKey(config.signingKey, workDir);
    const signed = signedDocuments(manifestText(built.id, built.contents, listed), key);
    for (const [name, text] of Object.entries(signed)) await writeFile(join(folder, name), text);
    return listed.reduce((sum, file) => sum + file.bytes, 0);
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  return { out, id: built.id, seconds, bytes, parts: await partSizes(built), stages: [...built.stages, netboot] };
}

/** Fills a new folder and puts it in the place of the old one; what fails, or is killed, leaves the old one as it was. */
async function replaceFolder<T>(out: string, fill: (folder: string, scratch: string) => Promise<T>): Promise<T> {
  const [fresh, old] = ["unfinished", "replaced"].map((what) => join(dirname(out), `.${basename(out)}.${what}`)) as [
    string,
    string,
  ];
  for (const folder of [fresh, old]) await rm(folder, { recursive: true, force: true });
  await mkdir(join(fresh, "set"), { recursive: true });
  try {
    const result = await fill(join(fresh, "set"), fresh);
    if (await stat(out).catch(() => undefined)) await rename(out, old);
    await rename(join(fresh, "set"), out);
    return result;
  } finally {
    for (const folder of [fresh, old]) await rm(folder, { recursive: true, force: true });
  }
}
