import { type ChildProcess, spawn } from "node:child_process";
import { type ErrorCode, type ErrorDetails, errorCodes, LifeboatError } from "#base/errors.ts";
import type { MountOptions, MountReport } from "#cli/mount-verbs.ts";
import { type Environment, passwordOf, readPassword } from "#cli/password-input.ts";
import { readManifest } from "#imaging/image/image-reader.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";

/**
 * Starts the same command once more, in a session of its own, and waits until it has said that everything is mounted.
 * It gets the password through its standard input, where nobody else sees it.
 * @throws what the command failed with
 */
export async function mountInBackground(
  path: string,
  folder: string,
  options: MountOptions,
  environment: Environment,
): Promise<MountReport> {
  const password = await passwordFor(path, options, environment);
  const [program = "", ...before] = environment.self;
  const args = [
    ...[...before, "image", "mount", path, folder, "--json"],
    ...(options.partition === undefined ? [] : ["--partition", String(options.partition)]),
    ...(options.unlock ?? []).flatMap(({ partition, keyFile }) => ["--unlock", `${partition}=${keyFile}`]),
    ...(password === undefined ? [] : ["--password-file", "-"]),
  ];
  const child = spawn(program, args, { detached: true, stdio: "pipe", cwd: "/" });
  child.stdin.on("error", () => {}); // it failed before it read it
  child.stdin.end(password ?? "");
  return await reportOf(child);
}

/** Asks for the password of an image that is encrypted, and tries it before anything is started. */
async function passwordFor(path: string, options: MountOptions, environment: Environment): Promise<string | undefined> {
  let password: string | undefined;
  await readManifest(path, {
    unlock: async (encrypted) => {
      password = await readPassword({
        what: passwordOf(encrypted),
        option: "--password-file",
        file: options.passwordFile,
        environment: environment.password,
      });
      return await imageKeyOf(encrypted, { kind: "password", text: password });
    },
  });
  return password;
}

async function reportOf(child: ChildProcess): Promise<MountReport> {
  const { promise, resolve, reject } = Promise.withResolvers<MountReport>();
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (data: Buffer) => {
    said.stdout += data.toString();
    const report = parsed<MountReport>(said.stdout);
    if (report) resolve(report);
  });
  child.stderr?.on("data", (data: Buffer) => {
    said.stderr += data.toString();
  });
  child.on("error", reject);
  child.on("close", () => reject(errorIn(said.stderr)));
  const report = await promise;
  child.unref();
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  return report;
}

function errorIn(stderr: string): Error {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  const error = parsed<{ error: { code: ErrorCode; details: ErrorDetails<ErrorCode> } }>(line)?.error;
  if (error && errorCodes.includes(error.code)) return new LifeboatError(error.code, error.details);
  return new LifeboatError("INTERNAL", { problem: `the mount in the background ended: ${line}` });
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined; // there is more to come
  }
}
