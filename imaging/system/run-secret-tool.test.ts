import { expect, test, vi } from "vitest";
import { runSecretTool } from "#imaging/system/run-secret-tool.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const secret = new TextEncoder().encode("a pass phrase\n\0with any bytes");

test("the secret reaches the tool on its standard input, as it is, and what it prints comes back as bytes", async () => {
  const { status, stdout } = await runSecretTool("cat", [], "test", secret);
  expect(status).toBe(0);
  expect(new Uint8Array(stdout)).toEqual(secret);
});

test("a failure gives the status and the complaint, apart from what was printed", async () => {
  const script = "cat; echo 'no such key' >&2; exit 2";
  const { status, stderr } = await runSecretTool("sh", ["-c", script], "test", secret);
  expect({ status, stderr }).toEqual({ status: 2, stderr: "no such key" });
});

test("a tool that was killed is said to be", async () => {
  expect(await runSecretTool("sh", ["-c", "kill -9 $$"], "test", secret)).toMatchObject({
    status: -1,
    stderr: "ended by SIGKILL",
  });
});

test("a tool that reads nothing does not fail us, even when the secret is larger than a pipe", async () => {
  expect(await runSecretTool("true", [], "test", new Uint8Array(8 << 20))).toMatchObject({ status: 0 });
});

test("a missing tool is named with what it is for", async () => {
  await expect(runSecretTool("no-such-tool", [], "unlock volumes", secret)).rejects.toThrow(
    "TOOL_MISSING: no-such-tool is not installed (needed to unlock volumes)",
  );
});

test("no tool gets our environment, which may hold a password", async () => {
  vi.stubEnv("LIFEBOAT_PASSWORD", "secret");
  const { stdout } = await runSecretTool("env", [], "test", secret);
  expect(`${stdout}${await runTool("env", [], "test")}`).not.toContain("secret");
  vi.unstubAllEnvs();
});
