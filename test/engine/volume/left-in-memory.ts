import { readdirSync } from "node:fs";

/** What the engine left in memory of headers and keys. A fuzz run beside the tests keeps its own files there. */
export const leftInMemory = (): string[] =>
  readdirSync("/dev/shm").filter((name) => name.startsWith("lifeboat-") && !name.startsWith("lifeboat-fuzz-"));
