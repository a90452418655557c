import { expect, test } from "vitest";
import type { NoBoot } from "../dhcp/boot-policy.ts";
import type { BootRefusal } from "../machines/boot-rules.ts";
import { dhcpHappening } from "../machines/dhcp-happening.ts";
import type { Entry, Happening } from "../machines/entry.ts";
import { told, why } from "../machines/told.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import type { LossReason } from "../serve/card-loss.ts";
import type { TftpOutcome } from "../tftp/events.ts";
import { hearStays, say, sentenceOf } from "./words.ts";

type Reason =
  | LossReason
  | NoBoot
  | BootRefusal
  | NonNullable<MenuEvent["reason"]>
  | Exclude<TftpOutcome, "complete" | "probed">;

const REASONS: Readonly<Record<Reason, true>> = {
  ...{ "unknown architecture": true, "no file for this architecture": true },
  ...{ "not approved": true, refused: true, "it starts from its own disk": true },
  ...{ "wrong password": true, "too many wrong passwords": true, "too little memory": true },
  ...{ "the network card is gone": true, "the network card was taken out and put in again": true },
  ...{ "another network card has its address now": true, "it has lost its address": true },
  ...{ aborted: true, "no answer": true, gone: true, replaced: true, failed: true, stopped: true },
};

test("every reason that this server knows has words, and what others say has none", () => {
  expect(Object.keys(REASONS).filter((reason) => !sentenceOf(reason).said)).toEqual([]);
  expect(sentenceOf("connection reset by peer")).toEqual({ text: "connection reset by peer" });
});

const entry = (happening: Happening): Entry => ({ ...happening, at: 1 });

test("a timeline has the words of what was kept as a text, or with its blanks", () => {
  const mac = "52:54:00:12:34:56";
  const tftp = { kind: "tftp", file: "x", bytes: 1, size: 2, seconds: 1, by: "lease", resent: 0 } as const;
  const keys = (happening: Happening) => told(entry(happening)).said?.key;
  expect(keys({ kind: "no offer", mac, reason: "not approved" })).toBe("why.not-approved");
  expect(keys({ ...tftp, outcome: "refused", reason: "there is no such file" })).toBe("why.missing");
  expect(keys({ ...tftp, outcome: "no answer" })).toBe("how.no-answer");
  expect(keys({ kind: "job", text: "a restore has begun" })).toBe("told.restore-begun");
  expect(keys({ kind: "up", text: "Lifeboat 1.2.3" })).toBeUndefined();
  expect(told(entry({ kind: "problem", code: "OTHER_DHCP_SERVER", text: "10.0.0.9" })).said).toEqual({
    ...{ key: "told.other-dhcp", values: { server: "10.0.0.9" } },
  });
  const [full] = dhcpHappening({ type: "no address free", mac, subnet: "10.0.0.0/24" } as never, 1);
  expect(full?.happening && keys(full.happening)).toBe("why.none-free");
});

test("what is said inside a sentence is said in its language, too", () => {
  const none = say("why.none-free", { subnet: "10.0.0.0/24" });
  const { text, said } = say("seen.no-address", { reason: why({ reason: none.text, said: none.said }) });
  expect(text).toBe("It got no address: none is free in 10.0.0.0/24.");
  expect(said?.values["reason"]).toMatchObject({ said: { key: "why.none-free", values: { subnet: "10.0.0.0/24" } } });
});

test("what a clean-up has left as it is is found again, with what is inside of it", () => {
  const by = say("stays.process", { host: "nas" });
  const what = say("stays.record", { number: 4096, problem: "it is cut off" });
  const all = [
    say("stays.in-use", { point: "office-1", by }),
    say("stays.damaged", { pack: "0123.lbp", what }),
    say("stays.no-room"),
  ];
  for (const sentence of all) expect(hearStays(sentence.text)).toEqual(sentence);
  expect(hearStays("of an older server")).toEqual({ text: "of an older server" });
});
