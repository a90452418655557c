import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { type ConsoleStore, openConsoleStore } from "../console/store/console-store.ts";
import { type Channel, type Message, type Notice, noticeText } from "./notice.ts";
import { Notifier } from "./notifier.ts";
import { signatureOf, webhookChannel } from "./webhook.ts";

const HOUR = 3_600_000;
const log = { info: () => {}, warn: () => {}, error: () => {} };
const failed = (machine: string): Notice => ({
  ...{ at: 1000, topic: "job-failed", machine, code: "JOB_FAILED", text: "a restore has failed" },
});

let folder: string;
let place: string;
let store: ConsoleStore;
let now: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-notices-"));
  place = join(folder, "users.sqlite");
  store = await openConsoleStore(place);
  now = 1_000_000;
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A channel that takes messages while `isUp`. */
function hand(name = "hand", quiet = HOUR) {
  const sent: Message[] = [];
  const state = { isUp: true, tries: 0 };
  const channel: Channel = {
    ...{ name, kind: "webhook", to: "here", topics: ["job-failed"], quiet },
    send(message) {
      state.tries++;
      if (!state.isUp) return Promise.reject(new LifeboatError("NOTICE_NOT_SENT", { channel: name, reason: "away" }));
      sent.push(message);
      return Promise.resolve();
    },
  };
  return { channel, sent, state };
}

const notifier = (channels: readonly Channel[]) =>
  new Notifier({ store, channels, server: "rack1", log, now: () => now });

describe("forty failures", () => {
  test("are one message at once, and one with the others when it was quiet for an hour", async () => {
    const { channel, sent } = hand();
    await using told = notifier([channel]);
    for (let pc = 1; pc <= 40; pc++) await told.tell(failed(`pc${pc}`));
    await told.send();
    expect(sent).toMatchObject([{ server: "rack1", notices: [{ machine: "pc1" }], more: 0 }]);
    now += HOUR - 1;
    await told.send();
    expect(sent).toHaveLength(1);
    now += 1;
    await told.send();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.notices.map(({ machine }) => machine)).toEqual(
      Array.from({ length: 20 }, (_, at) => `pc${at + 2}`),
    );
    expect(sent[1]?.more).toBe(19);
    // The next one is news again.
    await told.tell(failed("pc1"));
    await told.send();
    expect(sent).toHaveLength(3);
  });

  test("one topic's silence is not another's, and only what was asked for is told", async () => {
    const { channel, sent } = hand();
    await using told = notifier([{ ...channel, topics: ["job-failed", "server-trouble"] }]);
    await told.tell(failed("pc1"));
    await told.tell({ at: 1, topic: "server-trouble", text: "x" });
    await told.tell({ at: 1, topic: "job-done", machine: "pc2", text: "y" });
    await told.send();
    expect(sent.flatMap(({ notices }) => notices.map(({ topic }) => topic))).toEqual(["job-failed", "server-trouble"]);
  });
});

describe("while nobody takes messages", () => {
  test("they wait longer and longer, survive the server, and arrive once, in their order", async () => {
    const { channel, sent, state } = hand("hand", 0);
    state.isUp = false;
    {
      await using told = notifier([channel]);
      await told.tell(failed("pc1"));
      await told.tell(failed("pc2"));
      await told.send();
      expect(await told.state("hand")).toMatchObject({
        waiting: 2,
        lastProblem: expect.stringContaining("away"),
        lastReason: { details: { reason: "away" } },
      });
    }
    await store[Symbol.asyncDispose]();
    store = await openConsoleStore(place);
    await using told = notifier([channel]);
    const tried = async (wait: number) => {
      const before = state.tries;
      now += wait;
      await told.send();
      return state.tries > before;
    };
    expect(state.tries).toBe(1); // the second waits behind the first
    expect([await tried(29_000), await tried(1000)]).toEqual([false, true]);
    expect([await tried(59_000), await tried(1000)]).toEqual([false, true]);
    state.isUp = true;
    now += HOUR;
    await told.send();
    expect(sent.map(({ notices }) => notices[0]?.machine)).toEqual(["pc1", "pc2"]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
    expect((await told.state("hand")).waiting).toBe(0);
  });

  test("they are given up after a day, and there are never more than a thousand", async () => {
    const { channel, sent, state } = hand("hand", 0);
    state.isUp = false;
    await using told = notifier([channel]);
    await store.change(async (sql) => {
      for (let at = 0; at < 999; at++)
        await sql("INSERT INTO notice_waiting (channel, due, since, tries, notice) VALUES ('hand', 0, 0, 0, '{}')");
    });
    for (let at = 0; at < 4; at++) await told.tell(failed(`pc${at}`));
    expect((await told.state("hand")).waiting).toBe(1000);
    await told.send();
    now += 24 * HOUR;
    state.isUp = true;
    await told.send();
    expect((await told.state("hand")).waiting).toBe(0);
    expect(sent).toEqual([]);
  });
});

describe("a webhook", () => {
  async function receiver(answer: (response: ServerResponse) => void) {
    const got: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      got.push({ headers: request.headers, body });
      answer(response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    return { got, url, [Symbol.dispose]: () => void server.close() };
  }
  const message = { id: "1-2", server: "rack1", notices: [failed("pc7")], more: 3 };
  const send = (url: string, secret?: string) =>
    webhookChannel({ name: "chat", url, secret, topics: ["job-failed"], quiet: 0 }).send(
      message,
      new AbortController().signal,
    );

  test("gets JSON, signed so that nobody else can make it or send it again later", async () => {
    using chat = await receiver((response) => response.writeHead(204).end());
    await send(chat.url, "geheim");
    const [{ headers, body } = { headers: {}, body: "" }] = chat.got;
    expect(JSON.parse(body)).toEqual({
      ...{ version: 1, id: "1-2", server: "rack1", more: 3 },
      notices: [{ ...failed("pc7"), at: "1970-01-01T00:00:01.000Z" }],
    });
    const timestamp = headers["lifeboat-timestamp"] as string;
    expect(headers["lifeboat-signature"]).toBe(signatureOf("geheim", timestamp, body));
    expect(signatureOf("geheim", `${timestamp}0`, body)).not.toBe(headers["lifeboat-signature"]);
    expect(Math.abs(Number(timestamp) * 1000 - Date.now())).toBeLessThan(60_000);
  });

  test("an error, and a way to another server, is no arrival", async () => {
    using broken = await receiver((response) => response.writeHead(500).end());
    await expect(send(broken.url)).rejects.toThrow(/the webhook chat did not take the message: .*status 500/);
    await expect(send(broken.url)).rejects.toMatchObject({
      said: { channel: { key: "unsent.webhook" }, reason: { key: "unsent.status", values: { number: 500 } } },
    });
    using other = await receiver((response) => response.writeHead(204).end());
    using moved = await receiver((response) => response.writeHead(307, { Location: other.url }).end());
    await expect(send(moved.url)).rejects.toMatchObject({
      ...{ code: "NOTICE_NOT_SENT", said: { reason: { key: "unsent.redirect" } } },
    });
    let gone = "";
    {
      using closed = await receiver(() => {});
      gone = closed.url;
    }
    await expect(send(gone)).rejects.toMatchObject({
      said: { reason: { key: "unsent.refused", values: { at: new URL(gone).host } } },
    });
    expect(other.got).toEqual([]);
  });
});

test("a notice in words", () => {
  expect(noticeText(failed("pc7"))).toBe("pc7: a restore has failed (JOB_FAILED)");
});
