import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import type { WifiNetwork } from "#rescue/network/link.ts";
import { unescapeSsid } from "#rescue/network/read-links.ts";
import type { RunTool } from "#rescue/network/run-steps.ts";

const TRIES = 5;
const PAUSE_MS = 2000;

/**
 * The networks that a card hears, the strongest first. While the card looks for its own network it refuses another search.
 * @throws TOOL_FAILED, TOOL_MISSING
 */
export async function scanWifi(device: string, tool: RunTool): Promise<WifiNetwork[]> {
  await tool("ip", ["link", "set", "dev", device, "up"]);
  for (let tries = 1; ; tries++) {
    try {
      return parseScan(await tool("iw", ["dev", device, "scan"]));
    } catch (error) {
      const isBusy = isLifeboatError(error, "TOOL_FAILED") && error.details.output.includes("(-16)");
      if (!isBusy || tries === TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** `iw dev X scan` (iw, scan.c). Networks that hide their name are left out; of one name the strongest counts. */
export function parseScan(text: string): WifiNetwork[] {
  const heard = text
    .split(/^(?=BSS [0-9a-f:]{17})/m)
    .map(parseAccessPoint)
    .filter((network) => network !== undefined)
    .toSorted((a, b) => b.signal - a.signal);
  const names = heard.map(({ ssid }) => ssid);
  return heard.filter(({ ssid }, at) => names.indexOf(ssid) === at);
}

function parseAccessPoint(text: string): WifiNetwork | undefined {
  const value = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
  const ssid = unescapeSsid(value(/^\tSSID: (.*)$/m) ?? "").replaceAll("\0", "");
  if (!text.startsWith("BSS ") || ssid === "") return undefined;
  return {
    ssid,
    signal: Number(value(/^\tsignal: (-?[\d.]+) dBm/m) ?? -100),
    frequency: Number(value(/^\tfreq: ([\d.]+)/m) ?? 0),
    security: securityOf(text),
  };
}

/** A network of a company asks each user for a name (802.1X), and one with WEP is as good as open: neither is joined. */
function securityOf(text: string): WifiNetwork["security"] {
  const suites = [...text.matchAll(/\* Authentication suites: (.*)$/gm)].map(([, list]) => list ?? "").join(" ");
  if (/\b(PSK|SAE)\b/.test(suites)) return "wpa";
  if (suites !== "") return "other";
  return /^\tcapability: .*\bPrivacy\b/m.test(text) ? "other" : "open";
}
