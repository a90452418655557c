import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selfSigned } from "#base/self-signed.ts";
import { mailChannel } from "#pxe/notify/mail.ts";
import type { Message } from "#pxe/notify/notice.ts";

const run = promisify(execFile);
const SERVER = fileURLToPath(new URL("../../doubles/mail_server.py", import.meta.url));
const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
const LOGIN = { user: "lifeboat", password: "geheim-üñ" };

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly tls: boolean;
  readonly user: string | null;
  readonly text: string;
}

let folder: string;
let authority: string;
let files: [cert: string, key: string];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-mail-"));
  const { key, cert } = selfSigned("mail.test", ["127.0.0.1"]);
  files = [join(folder, "cert.pem"), join(folder, "key.pem")];
  await writeFile(files[0], cert);
  await writeFile(files[1], key);
  authority = cert;
});
afterAll(() => rm(folder, { recursive: true }));

/** Debian's aiosmtpd, which knows nothing of us. */
async function mailServer(...args: string[]) {
  const child = spawn("/usr/bin/python3", [SERVER, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as unknown;
  const { port } = (await next()) as { port: number };
  return {
    port,
    taken: () => next() as Promise<Taken>,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

const message: Message = {
  ...{ id: "1-2", server: "räck\r\nBcc: eve@evil.example", more: 3 },
  notices: [
    { at: 0, topic: "job-failed", machine: "pc7", code: "JOB_FAILED", text: "a restore has failed\r\nSubject: x" },
    { at: 0, topic: "job-failed", machine: "pc8", text: "ж\r\n.\r\nMAIL FROM:<eve@evil.example>" },
  ],
};

const send = (port: number, more: Partial<Parameters<typeof mailChannel>[0]>, what = message) =>
  mailChannel({
    ...{ name: "mail", server: "127.0.0.1", port, security: "starttls", authority },
    ...{ from: "lifeboat@lab.example", to: ["a@lab.example", "b@lab.example"], topics: ["job-failed"], quiet: 0 },
    ...more,
  }).send(what, AbortSignal.timeout(60_000));

test.each([
  ["plain, without a login", "plain", "none", undefined],
  ["STARTTLS with a login", "starttls", "starttls", LOGIN],
  ["TLS with a login", "tls", "tls", LOGIN],
] as const)("%s: it is taken, for whom it was meant, whatever is in its texts", async (_, mode, security, login) => {
  await using server = await mailServer(mode, ...(mode === "plain" ? [] : files), ...Object.values(login ?? {}));
  await send(server.port, { security, login });
  const { from, to, tls, user, text } = await server.taken();
  expect({ from, to, tls, user }).toEqual({
    ...{ from: "lifeboat@lab.example", to: ["a@lab.example", "b@lab.example"] },
    ...{ tls: mode !== "plain", user: login?.user ?? null },
  });
  const [head = ""] = text.split("\r\n\r\n");
  expect(head).not.toMatch(/^(Bcc|Subject: x)/m);
  expect(head.match(/^Subject:/gm)).toHaveLength(1);
  expect(head).toContain("Auto-Submitted: auto-generated");
  await send(server.port, { security, login }, { ...message, server: "second" });
  expect((await server.taken()).text).toContain("[Lifeboat second] pc7: a restore has failed");
});

test.each([
  ["a wrong password", "starttls", { security: "starttls", login: { ...LOGIN, password: "x" } }, /535/],
  ["a certificate that nobody vouches for", "starttls", { security: "starttls", authority: undefined }, /self.signed/],
  ["a server without STARTTLS, where it was asked for", "plain", { security: "starttls" }, /STARTTLS|TLS/],
  ["a server that wants a login", "starttls", { security: "starttls" }, /530/],
] as const)("%s: it is not sent, and that is said", async (_, mode, options, reason) => {
  await using server = await mailServer(mode, ...(mode === "plain" ? [] : [...files, ...Object.values(LOGIN)]));
  const failed = await send(server.port, options).then(
    () => undefined,
    (error: Error) => error,
  );
  expect(failed).toMatchObject({ code: "NOTICE_NOT_SENT", message: expect.stringMatching(reason) });
  expect(failed?.message).not.toContain(LOGIN.password);
});

test("no server at all", async () => {
  await expect(send(1, { security: "none" })).rejects.toThrow(
    /the mail server 127\.0\.0\.1:1 did not take .*ECONNREFUSED/,
  );
});

test("`serve test-mail` sends what the configuration says, and nothing is shown of the password", async () => {
  await using server = await mailServer("tls", ...files, ...Object.values(LOGIN));
  await writeFile(join(folder, "password"), `${LOGIN.password}\n`, { mode: 0o600 });
  const config = join(folder, "server.yaml");
  await writeFile(
    config,
    `pxe: {root: /srv, interface: lo}
mail:
  - {name: admins, server: 127.0.0.1, port: ${server.port}, security: tls, user: ${LOGIN.user}, passwordFile: password,
     authority: cert.pem, from: lifeboat@lab.example, to: [a@lab.example]}
`,
  );
  const command = (...words: string[]) => run(process.execPath, [LIFEBOAT, "serve", ...words, "--config", config]);
  const { stdout } = await command("test-mail");
  expect(stdout).toBe("admins: taken, for a@lab.example\n");
  expect((await server.taken()).text).toContain("This is a test: messages of this server arrive.");
  await expect(command("test-webhook")).rejects.toThrow(/NOTICE_CHANNEL_UNKNOWN.*there is admins \(mail\)/);
});
