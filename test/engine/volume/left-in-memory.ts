import { readdirSync } from "node:fs";

/** What this process' engine left in memory of headers and keys: other tests, beside this one, hold their own there. */
export const leftInMemory = (): string[] =>
  readdirSync("/dev/shm").filter((name) => name.startsWith(`lifeboat-${process.pid}-`));
