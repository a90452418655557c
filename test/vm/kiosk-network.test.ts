import { afterAll, beforeAll, expect } from "vitest";
import type { NetworkState, RemoteState } from "#rescue/api/contract.ts";
import { askRemote, sessionOf } from "#test/engine/rescue/ask-remote.ts";
import { FULL, full } from "#test/sample.ts";
import { buildTestIso } from "./iso-guest.ts";
import { Kiosk, pictured } from "./kiosk.ts";
import { startVm } from "./qemu-run/start-vm.ts";
import type { Vm } from "./qemu-run/vm.ts";

/** Another address than the one that QEMU's DHCP gives. */
const ADDRESS = "10.0.2.77";
const GATEWAY = "10.0.2.2";
const REMOTE_PORT = 8443;
/** Within the terminal, which is dark. */
const SHELL = [740, 600] as const;
/** The button to change what is set for the card: there the pointer is a hand. */
const CHANGE = [665, 295] as const;

let machine: { readonly vm: Vm; readonly kiosk: Kiosk };
let remote: RemoteState;

/** One machine with one card and no disk. */
beforeAll(async () => {
  if (!FULL) return;
  const iso = await buildTestIso("kiosk-network", "");
  const vm = await startVm({
    ...{ name: "kiosk-network", memoryMiB: 2048, cpus: 2, cdrom: iso.out },
    ...{ displaySize: { width: 1280, height: 800 }, nics: [{}] },
  });
  machine = { vm, kiosk: new Kiosk(vm) };
  await machine.kiosk.page("home", 400);
});

afterAll(() => machine?.vm[Symbol.asyncDispose]());

const flow = (name: string, work: () => Promise<void>) => pictured(machine.vm, name, work);

const times = (count: number, key: string): string[] => Array.from({ length: count }, () => key);

full("gives the card a fixed address and opens the pages for others, by keyboard", () =>
  flow("network", async () => {
    const { kiosk } = machine;
    // From the heading back: power, settings, log, terminal, network.
    await kiosk.keys(...times(5, "shift-tab"), "ret");
    await kiosk.page("network");
    await kiosk.keys("tab", "ret");
    await kiosk.changed();
    // "Cancel" has the focus. Back to the way of getting an address: the next is a fixed one.
    await kiosk.keys("shift-tab", "shift-tab", "down", "tab");
    await kiosk.type(`${ADDRESS}/24`);
    await kiosk.keys("tab");
    await kiosk.type(GATEWAY);
    await kiosk.changed();
    await kiosk.shoot("network-card");
    // Past the name servers and "Cancel".
    await kiosk.keys("tab", "tab", "tab", "ret");
    await kiosk.changed();
    // "Change" has the focus again. Past another card, look again, Wi-Fi, the clock's four, and the shares' one.
    await kiosk.keys(...times(9, "tab"), "ret");
    await kiosk.changed();
    // Back past the same nine: power, settings, log, terminal.
    await kiosk.keys(...times(9 + 4, "shift-tab"), "ret");
    await kiosk.page("terminal");
  }),
);

full("runs a command that is typed on the terminal's page, and is left by F6", () =>
  flow("terminal", async () => {
    const { vm, kiosk } = machine;
    await kiosk.until(...SHELL, "dark");
    // The card is still being set.
    await kiosk.type(`until ip address | grep -q ${ADDRESS}; do sleep 1; done\n`);
    const ask = "$(busybox wget -qO - http://127.0.0.1:8480/api/v1/remote)";
    await kiosk.type(`echo TYPED-$((6*7)) ${ask} > /dev/ttyS0\n`);
    const [, told = ""] = await vm.waitForSerial(/TYPED-42 (\{.*\})\r?\n/, { timeout: 120 });
    remote = JSON.parse(told) as RemoteState;
    await kiosk.settle();
    await kiosk.shoot("terminal-typed");
    // Tab would be the shell's; after F6 the way back is that of every page.
    await kiosk.keys("f6", ...times(5, "shift-tab"), "ret");
    await kiosk.page("network", 120, 2);
    await kiosk.move(...CHANGE);
    await kiosk.changed();
  }),
);

full("answers another machine at the new address, to who gives the code that it shows", async () => {
  const { vm } = machine;
  await vm.qmp("human-monitor-command", {
    "command-line": `hostfwd_add net0 tcp:127.0.0.1:0-${ADDRESS}:${REMOTE_PORT}`,
  });
  const port = await vm.forwardedPort(REMOTE_PORT);
  const { code = "", addresses, fingerprint } = remote.pages;
  expect(addresses).toContain(`https://${ADDRESS}:${REMOTE_PORT}/`);
  const paired = await askRemote(port, "/api/v1/pair", { body: { code } });
  expect([paired.status, paired.fingerprint]).toEqual([200, fingerprint]);
  const { text } = await askRemote(port, "/api/v1/network", { headers: sessionOf(paired.cookie) });
  const { settings, links } = JSON.parse(text) as NetworkState;
  expect(settings.interfaces).toMatchObject([{ ipv4: { address: `${ADDRESS}/24`, gateway: GATEWAY } }]);
  expect(links.flatMap((link) => link.addresses).filter((one) => one.startsWith("10."))).toEqual([`${ADDRESS}/24`]);
});
