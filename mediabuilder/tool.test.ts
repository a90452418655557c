import { expect, test, vi } from "vitest";
import { runTool } from "./tool.ts";

test("a tool gets our environment, but no password of an image", async () => {
  vi.stubEnv("LIFEBOAT_PASSWORD", "secret");
  vi.stubEnv("http_proxy", "http://proxy.example");
  const seen = await runTool("env", [], { purpose: "test" });
  vi.unstubAllEnvs();
  expect(seen).toContain("http_proxy=http://proxy.example");
  expect(seen).not.toContain("LIFEBOAT_PASSWORD");
});
