import { expect, test } from "vitest";
import { eventText, isNews, readyText } from "#cli/pxe-text.ts";
import type { PxeEvent } from "#pxe/serve/serve-pxe.ts";

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

test("ports that firmware or the set does not look at are said", () => {
  const ready = {
    address: "192.0.2.1",
    url: "http://192.0.2.1:8080",
    loaders: { x64: "bootx64.efi" },
    tftpPort: 6969,
    httpPort: 8080,
  };
  const text = readyText(ready, { root: "/srv", dhcp: true });
  expect(text).toContain("! TFTP is at port 6969");
  expect(text).toContain("--url http://192.0.2.1:8080");
  expect(text).toContain("UEFI (x64): bootx64.efi");
  const usual = { ...ready, url: "http://192.0.2.1", tftpPort: 69, httpPort: 80 };
  expect(readyText(usual, { root: "/srv", dhcp: true })).not.toContain("!");
});
