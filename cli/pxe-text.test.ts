import { expect, test } from "vitest";
import { eventText, readyText } from "#cli/pxe-text.ts";
import type { CardReady } from "#pxe/serve/card-services.ts";
import type { PxeEvent } from "#pxe/serve/pxe-event.ts";
import { isNews } from "#pxe/serve/say-event.ts";
import type { PxeReady } from "#pxe/serve/serve-pxe.ts";

const client = { address: "192.0.2.9", port: 2000 };
const transfer = { id: 1, client, file: "bootx64.efi", size: 2048 } as const;

test("a name from the network begins no line of its own, and changes no terminal", () => {
  const event = {
    type: "refused",
    client,
    file: "x\n! all disks are erased\u001b[2J",
    reason: "there is no such file",
  } as const;
  const text = eventText({ service: "tftp", event });
  expect(text).toBe("192.0.2.9 TFTP x\\u{a}! all disks are erased\\u{1b}[2J: there is no such file");
});

test("what broke off is marked, with how far it came", () => {
  const end = { ...transfer, type: "ended", resent: 6, seconds: 40 } as const;
  const lost: PxeEvent = { service: "tftp", event: { ...end, outcome: "no answer", bytes: 1024 } };
  expect(eventText(lost)).toBe("! 192.0.2.9 TFTP bootx64.efi: no answer after 1 KiB of 2 KiB");
  expect(isNews(lost)).toBe(true);
  expect(isNews({ service: "tftp", event: { ...end, outcome: "probed", bytes: 0 } })).toBe(false);
});

/** A server of one network card. */
const alone = (ready: Omit<PxeReady, "interfaces">): PxeReady => {
  const { address, url, tftpPort, httpPort, dhcp } = ready;
  const cidr = `${address}/24`;
  return { ...ready, interfaces: [{ interface: "eth0", address, cidr, url, tftpPort, httpPort, dhcp }] };
};

test("of several network cards each line says which it is of", () => {
  const one = alone({ address: "10.0.0.1", url: "", loaders: {}, tftpPort: 69, httpPort: 80, dhcp: "proxy" });
  const given = [{ subnet: "10.1.0.0/24", pools: ["10.1.0.100-10.1.0.200"], reservations: 0 }];
  const other = { ...(one.interfaces[0] as CardReady), interface: "eth1", address: "10.1.0.1", dhcp: given };
  const interfaces = [...one.interfaces, { ...other, tftpPort: 6969 }];
  expect(readyText({ ...one, interfaces }, "/srv").split("\n")).toEqual([
    "/srv is offered at 10.0.0.1 (eth0) and 10.1.0.1 (eth1). Ctrl-C ends it.",
    "eth0: The DHCP server of the network goes on giving addresses; this one names the files, and gives none.",
    "eth1: This is the DHCP server of 10.1.0.0/24: 10.1.0.100-10.1.0.200.",
    "! eth1: TFTP is at port 6969: firmware asks at 69 only.",
  ]);
  const found: PxeEvent = { service: "dhcp", interface: "eth1", event: { type: "other server", server: "10.1.0.9" } };
  expect(eventText(found)).toMatch(/^! eth1: Another DHCP server gives addresses here: 10\.1\.0\.9\. /);
  const lost = { type: "lost", address: "10.1.0.1", code: "PXE_INTERFACE_LOST", text: "nothing is offered" } as const;
  expect(eventText({ service: "interface", interface: "eth1", event: { ...lost, reason: "" } })).toBe(
    "! PXE_INTERFACE_LOST: nothing is offered",
  );
});

test("ports that firmware or the set does not look at are said", () => {
  const ready = {
    address: "192.0.2.1",
    url: "http://192.0.2.1:8080",
    loaders: { x64: "bootx64.efi" },
    tftpPort: 6969,
    httpPort: 8080,
    dhcp: "proxy",
  } as const;
  const text = readyText(alone(ready), "/srv");
  expect(text).toContain("! TFTP is at port 6969");
  expect(text).toContain("--url http://192.0.2.1:8080");
  expect(text).toContain("UEFI (x64): bootx64.efi");
  const usual = { ...ready, url: "http://192.0.2.1", tftpPort: 69, httpPort: 80 };
  expect(readyText(alone(usual), "/srv")).not.toContain("!");
});

test("where addresses are given, which ones; and what goes wrong with them is marked", () => {
  const dhcp = [{ subnet: "10.0.0.0/24", pools: ["10.0.0.100-10.0.0.200"], reservations: 2 }];
  const text = readyText(
    alone({ address: "10.0.0.1", url: "", loaders: {}, tftpPort: 69, httpPort: 80, dhcp }),
    "/srv",
  );
  expect(text).toContain("This is the DHCP server of 10.0.0.0/24: 10.0.0.100-10.0.0.200, 2 reserved.");
  expect(text).not.toContain("gives none");
  const other: PxeEvent = { service: "dhcp", event: { type: "other server", server: "10.0.0.9" } };
  expect(eventText(other)).toMatch(/^! Another DHCP server gives addresses here: 10\.0\.0\.9\. /);
  const known = { mac: "52:54:00:12:34:56", address: "10.0.0.100" };
  expect(isNews({ service: "dhcp", event: { type: "offered", ...known } })).toBe(false);
  expect(eventText({ service: "dhcp", event: { type: "bound", ...known } })).toBe("52:54:00:12:34:56 has 10.0.0.100");
});

test("a menu: what GRUB does not show, and what was chosen, on one line whatever it is called", () => {
  const title = "Tool\n! all disks are erased";
  const entries = [
    { title: "Disk", isForGrub: true, hasPassword: false },
    { title, isForGrub: false, hasPassword: true },
  ];
  const menu = { file: "menu.yaml", entries, special: 2 };
  const offer = {
    address: "10.0.0.1",
    url: "",
    loaders: {},
    tftpPort: 69,
    httpPort: 8080,
    dhcp: "proxy",
    menu,
  } as const;
  const text = readyText(alone(offer), "/srv");
  expect(text).toContain("Menu: 2 entries of menu.yaml, and 2 menus of groups and machines");
  expect(text).toContain("Only under iPXE: Tool\\u{a}! all disks are erased");
  expect(text).not.toContain("--url");
  const event = { client: "10.0.0.7", loader: "ipxe", title } as const;
  expect(eventText({ service: "menu", event: { ...event, type: "chosen" } })).toBe(
    "10.0.0.7 starts Tool\\u{a}! all disks are erased",
  );
  expect(eventText({ service: "menu", event: { ...event, type: "refused", reason: "wrong password" } })).toMatch(
    /^! 10\.0\.0\.7 does not start .*: wrong password$/,
  );
});
