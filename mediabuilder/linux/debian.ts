import type { Log } from "../tool.ts";
import { runTool } from "../tool.ts";

export const SUITE = "trixie";
export const DEFAULT_MIRROR = "http://deb.debian.org/debian";
export const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const COMPONENTS = "main non-free-firmware";

/** Lines of sources.list. Security updates lie beside the main archive, on mirrors too. */
export function aptSources(mirror: string): string[] {
  const base = mirror.replace(/\/+$/, "");
  const security = base.replace(/\/debian$/, "/debian-security");
  return [
    `deb [signed-by=${KEYRING}] ${base} ${SUITE} ${COMPONENTS}`,
    `deb [signed-by=${KEYRING}] ${base} ${SUITE}-updates ${COMPONENTS}`,
    ...(security === base ? [] : [`deb [signed-by=${KEYRING}] ${security} ${SUITE}-security ${COMPONENTS}`]),
  ];
}

/** Documentation and translations are never unpacked, but for the licences; the base and every layer on it use the same list. */
export const PATH_FILTERS = [
  ...["doc", "man", "info", "locale", "help", "lintian", "bug"].map((name) => `path-exclude=/usr/share/${name}/*`),
  "path-include=/usr/share/doc/*/copyright",
  "path-include=/usr/share/locale/locale.alias",
];

/** Settings of this machine's apt that decide whether the mirror can be reached at all; signatures are always checked. */
const HOST_SETTINGS = /^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date|https?::Timeout|Retries)\b/i;

/** apt.conf lines for a build: this machine's way to the mirror, no recommended packages, no translations. */
export async function aptOptions(log: Log): Promise<string[]> {
  const dump = await runTool("apt-config", ["dump"], { purpose: "read how this machine reaches the Debian mirror" });
  const host = dump.split("\n").filter((line) => HOST_SETTINGS.test(line));
  for (const line of host) log(`apt setting of this machine: ${line}`);
  return [...host, 'APT::Install-Recommends "false";', 'Acquire::Languages "none";'];
}
