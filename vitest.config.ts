import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// As `lifeboat` does: a thread that a test's engine starts costs a fourth of the processor time when compiled before.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("out/compile-cache", import.meta.url));

/** One project for each kind of test; `make check` runs `unit`, `make test` a sample of all, `make test-all` everything. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{base,imaging,cli,rescue,mediabuilder,pxe,ui}/**/*.test.{ts,tsx}",
            "test/*.test.ts",
            "test/bench/**/*.test.ts",
          ],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/{engine,conformance,fuzz,windows}/**/*.test.ts"],
          exclude: ["test/engine/explore/**"],
          testTimeout: 300_000,
          // The first that needs the Debian fixture builds it.
          hookTimeout: 900_000,
          // They wait for disks and tools as much as they compute; more would starve each other.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "explore",
          include: ["test/engine/explore/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // They look at all of the machine's mounts and loop devices: none may be left.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: "ui", include: ["test/ui/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: "vm",
          include: ["test/vm/**/*.test.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
