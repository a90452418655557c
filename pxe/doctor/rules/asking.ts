import { OTHER_DHCP_SERVER } from "../../machines/dhcp-happening.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { type Evidence, isOver, lastStart } from "../evidence.ts";

const CHECKS =
  "Check the cable and the switch port (VLAN, port security, spanning tree without port fast), that network boot is on in the firmware's setup and before the disk, and that a router between them relays DHCP to this server.";

/** It was never heard, or asks for nothing to start. */
export function asking({ machine, unknown, timeline }: Evidence): Diagnosis[] {
  if (unknown !== undefined || (machine && timeline.every(({ kind }) => kind === "wake" || kind === "identity")))
    return [
      {
        ...{ code: "NOTHING_HEARD", certainty: "sure" },
        seen: `Nothing was ever heard of ${unknown ?? "this machine"}.`,
        means: "Its questions do not reach this server, or it asks none.",
        next: CHECKS,
      },
    ];
  const questions = timeline.filter((entry) => entry.kind === "discover").slice(-4);
  if (questions.length === 0 || questions.some(({ boots }) => boots)) return [];
  return [
    {
      ...{ code: "NO_BOOT_OPTION", certainty: "sure" },
      seen: `It asked ${questions.length} times for an address, without option 60 (PXEClient or HTTPClient).`,
      means: "That is an installed system, or firmware with network boot off: it does not ask what to start.",
      next: "Switch network boot (PXE, UEFI network stack) on in the firmware's setup, and put it before the disk. Where a relay or a switch changes DHCP messages, let option 60 pass.",
    },
  ];
}

const REASONS: Readonly<Record<string, Omit<Diagnosis, "seen" | "certainty">>> = {
  "unknown architecture": {
    code: "UNKNOWN_ARCHITECTURE",
    means: "Its processor or firmware is of a kind that is not known here.",
    next: "`lifeboat pxe machines show` has the number it sent (RFC 4578, option 93). Start it by another way, such as BIOS mode or a stick.",
  },
  "no file for this architecture": {
    code: "NO_FILE_FOR_ARCHITECTURE",
    means: "The folder that is offered has no boot loader for its kind of firmware.",
    next: "Put one there (its name is in docs/pxe.md), or switch its firmware to a kind that the folder has. `media pxe` makes files for BIOS and UEFI x64.",
  },
  "not approved": {
    code: "NOT_APPROVED",
    means: "The server gives boot files to approved machines only, and nobody has approved this one.",
    next: "`lifeboat pxe machines approve MACHINE`",
  },
  refused: {
    code: "REFUSED",
    means: "Somebody has refused this machine.",
    next: "`lifeboat pxe machines approve MACHINE`, if that is over.",
  },
  "it starts from its own disk": {
    code: "STARTS_FROM_DISK",
    means: "Its boot policy is never: it was set so, or its job is done.",
    next: "`lifeboat pxe machines policy once MACHINE` lets it start from the network again.",
  },
};

/** It was told of no file, or got no address. */
export function answers({ timeline, machine }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const found: Diagnosis[] = [];
  const last = start.findLast((entry) => entry.kind === "offer" || entry.kind === "no offer");
  if (last?.kind === "no offer") {
    const reason = REASONS[last.reason];
    const kind = [machine?.firmware, machine?.architecture].filter((word) => word !== undefined).join(" ");
    const seen = `It asked what to start${kind === "" ? "" : ` (${kind})`}, and was told of no file: ${last.reason}.`;
    found.push({
      ...{ certainty: "sure", seen },
      ...(reason ?? {
        code: "NO_FILE",
        means: "The answer would not have reached it.",
        next: "See the server's lines.",
      }),
    });
  }
  const address = start.findLast((entry) => entry.kind === "address" || entry.kind === "no address");
  if (address?.kind !== "no address") return found;
  const seen = `It got no address: ${address.reason}${address.relay === undefined ? "" : ` (${address.relay})`}.`;
  if (address.relay !== undefined)
    found.push({
      ...{ code: "RELAY_UNKNOWN", certainty: "sure", seen },
      means:
        "A relay passes its questions on, with an address of its own that is in none of the networks of this server.",
      next: "Add that network to the file of `--dhcp-file`, or correct the relay: its address (giaddr) must be the one of the interface towards the computers.",
    });
  else
    found.push({
      ...{ code: "NO_ADDRESS", certainty: "sure", seen },
      means: "Without an address it loads nothing.",
      next: "Make the pool larger or the lease time shorter; two computers with one address must be told apart. `lifeboat pxe machines show` without a machine has what the server met.",
    });
  return found;
}

/** Another server answers, or the offer is not taken. */
export function rivals({ timeline, serverTimeline, now, machine }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const recent = serverTimeline.filter(({ at }) => now - at < 3_600_000 * 2);
  const others = [...start, ...recent].flatMap((entry) =>
    entry.kind === "problem" && entry.code === OTHER_DHCP_SERVER ? [entry.text] : [],
  );
  const found: Diagnosis[] = [];
  if (others.length > 0)
    found.push({
      ...{ code: OTHER_DHCP_SERVER, certainty: "sure" },
      seen: `Another DHCP server answers in this network: ${[...new Set(others)].join(", ")}.`,
      means:
        "Computers take whichever answer comes first: addresses of two kinds, and boot files of that server or none.",
      next: "Switch one of the two off. Beside a DHCP server that stays, run `pxe serve` without `--dhcp`: then it names files only.",
    });
  const offers = start.filter((entry) => entry.kind === "offer" && entry.file !== undefined);
  const hasGoneOn = start.some(({ kind }) => ["tftp", "http", "menu", "kernel", "up", "job", "done"].includes(kind));
  if (!machine || offers.length === 0 || hasGoneOn || !isOver(start, now)) return found;
  found.push({
    ...{ code: "OFFER_NOT_TAKEN", certainty: "likely" },
    seen: `It asked, was told ${offers.length} times what to load, and then asked for no file.`,
    means:
      "The answer does not reach it, its firmware takes no answer of a second server (proxyDHCP), it took another server's, or its question for the file does not reach this server (UDP port 69, TCP port 80).",
    next: "Look for a firewall or a switch that drops answers of DHCP (DHCP snooping: trust this server's port). Try `--no-dhcp` with the lines of `lifeboat pxe snippets` in your DHCP server.",
  });
  return found;
}
