import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { ownAddresses } from "#rescue/remote/own-addresses.ts";

export interface SshDeps {
  /** In memory: host key, number of the process. */
  readonly folder: string;
  /** root's. */
  readonly authorizedKeys: string;
  readonly port: number;
}

export interface SshView {
  readonly isRunning: boolean;
  readonly fingerprint?: string;
  readonly addresses: string[];
  readonly keys: string[];
}

/** OpenSSH's kinds of public keys that dropbear takes (dropbear(8)). */
const PUBLIC_KEY =
  /^(ssh-ed25519|sk-ssh-ed25519@openssh\.com|ecdsa-sha2-nistp(256|384|521)|sk-ecdsa-sha2-nistp256@openssh\.com|ssh-rsa) ([A-Za-z0-9+/]+=*)( [^\n]*)?$/;

/** @returns the line as it goes into the file. @throws SSH_KEY_INVALID */
export function checkPublicKey(line: string): string {
  const text = line.trim();
  const refuse = (problem: string) =>
    new LifeboatError("SSH_KEY_INVALID", { key: `${text.slice(0, 20).replaceAll(/\p{Cc}/gu, " ")}...`, problem });
  if (/PRIVATE KEY/.test(text))
    throw new LifeboatError("SSH_KEY_INVALID", { key: "this", problem: "it is a private key" });
  if (/\p{Cc}/u.test(text)) throw refuse("a key is one line");
  const [, kind, , data] = PUBLIC_KEY.exec(text) ?? [];
  if (kind === undefined || data === undefined) throw refuse("it is not a public key of a kind that is taken here");
  const [name, ...fields] = stringsIn(Buffer.from(data, "base64")) ?? [];
  if (name !== kind || fields.length === 0) throw refuse("its data are cut off or of another kind");
  return text;
}

/** RFC 4253, 6.6: a key is a row of strings, each after its length. @returns undefined when the last one is cut off */
function stringsIn(bytes: Buffer): string[] | undefined {
  const found: string[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    found.push(bytes.toString("latin1", at + 4, end));
    at = end;
  }
  return at === bytes.length ? found : undefined;
}

/** Dropbear, for who has one of the given keys; no passwords. Off until there are keys. */
export class SshServer {
  readonly #deps: SshDeps;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: SshDeps) {
    this.#deps = deps;
  }

  async view(): Promise<SshView> {
    await this.#turn;
    const pid = await this.#pid();
    const keys = await this.#keys();
    if (pid === undefined) return { isRunning: false, addresses: [], keys };
    const addresses = ownAddresses().map((address) => `ssh -p ${this.#deps.port} root@${address}`);
    return { isRunning: true, fingerprint: await this.#fingerprint(), addresses, keys };
  }

  /** Lets in the owners of these keys and nobody else; none stops the server. @throws SSH_KEY_INVALID, TOOL_MISSING, TOOL_FAILED */
  setKeys(lines: readonly string[]): Promise<void> {
    const keys = lines.map(checkPublicKey);
    const result = this.#turn.then(() => (keys.length === 0 ? this.#stop() : this.#start(keys)));
    this.#turn = result.catch(() => {});
    return result;
  }

  async #start(keys: readonly string[]): Promise<void> {
    const { folder, authorizedKeys, port } = this.#deps;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await mkdir(dirname(authorizedKeys), { recursive: true, mode: 0o700 });
    await writeFile(authorizedKeys, `${keys.join("\n")}\n`, { mode: 0o600 });
    await chmod(authorizedKeys, 0o600);
    if ((await this.#pid()) !== undefined) return; // the file is read at each login
    const isNew = await readFile(this.#hostKey).then(
      () => false,
      () => true,
    );
    if (isNew) await runTool("dropbearkey", ["-t", "ed25519", "-f", this.#hostKey], "make a key for the SSH server");
    // -s: no passwords; -j -k: no tunnels into the network behind this machine
    await runTool(
      "dropbear",
      ["-r", this.#hostKey, "-p", String(port), "-P", this.#pidFile, "-s", "-j", "-k"],
      "start the SSH server",
    );
  }

  /** Those who are logged in stay until they leave. */
  async #stop(): Promise<void> {
    await rm(this.#deps.authorizedKeys, { force: true });
    const pid = await this.#pid();
    if (pid !== undefined) process.kill(pid, "SIGTERM");
    await rm(this.#pidFile, { force: true });
  }

  async #pid(): Promise<number | undefined> {
    const pid = Number(await readFile(this.#pidFile, "utf8").catch(() => ""));
    if (!Number.isInteger(pid) || pid <= 1) return undefined;
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    return name.trim() === "dropbear" ? pid : undefined;
  }

  async #keys(): Promise<string[]> {
    const text = await readFile(this.#deps.authorizedKeys, "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "");
  }

  async #fingerprint(): Promise<string> {
    const text = await runTool("dropbearkey", ["-y", "-f", this.#hostKey], "read the SSH server's key");
    return /^Fingerprint: (.+)$/m.exec(text)?.[1] ?? "";
  }

  get #hostKey(): string {
    return join(this.#deps.folder, "host_key");
  }

  get #pidFile(): string {
    return join(this.#deps.folder, "dropbear.pid");
  }
}
