import { expect, test } from "vitest";
import type { PxeEvent } from "./pxe-event.ts";
import { isNews, isTrouble, sayEvent } from "./say-event.ts";

const client = { address: "192.0.2.9", port: 2000 };
const mac = "52:54:00:12:34:56";

test("a line has its words with what they are made of, and what it was refused for", () => {
  const refused: PxeEvent = {
    ...{ service: "dhcp", interface: "eth1" },
    event: { type: "refused", mac, address: "10.0.0.9", reason: "the address is not free" },
  };
  const reason = { text: "the address is not free", said: { key: "why.not-free", values: {} } };
  const text = {
    text: `${mac} may not use 10.0.0.9: the address is not free`,
    said: { key: "step.address-refused", values: { mac, address: "10.0.0.9", reason } },
  };
  expect(sayEvent(refused)).toEqual({
    text: `eth1: ${text.text}`,
    said: { key: "step.card", values: { interface: "eth1", text } },
  });
  expect([isTrouble(refused), isNews(refused)]).toEqual([true, true]);
});

test("how a transfer ended has its words, and what was sent again is counted", () => {
  const transfer = { id: 1, client, file: "a\nb", size: 2048, type: "ended", seconds: 2, bytes: 1024 } as const;
  const lost: PxeEvent = { service: "tftp", event: { ...transfer, outcome: "no answer", resent: 0 } };
  expect(sayEvent(lost)).toMatchObject({
    text: "192.0.2.9 TFTP a\\u{a}b: no answer after 1 KiB of 2 KiB",
    said: { key: "step.tftp-ended", values: { file: "a\\u{a}b", outcome: { said: { key: "how.no-answer" } } } },
  });
  const whole: PxeEvent = { service: "tftp", event: { ...transfer, outcome: "complete", resent: 6 } };
  expect(sayEvent(whole)).toMatchObject({ said: { key: "step.tftp-resent", values: { blocks: 6 } } });
  expect([isTrouble(lost), isTrouble(whole)]).toEqual([true, false]);
});
