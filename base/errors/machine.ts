import { entry } from "#base/errors/entry.ts";

/** The machine that the rescue system runs on. */
export const machineErrors = {
  SERVER_UNREACHABLE: entry<{ url: string; reason: string }>(
    502,
    3,
    (d) => `the rescue server at ${d.url} does not answer: ${d.reason}`,
    "Nothing was asked of it. A job that runs there goes on.",
    "On a machine that was started from a rescue medium it starts by itself, and again when it ended; wait a moment. Elsewhere name the server with --server.",
  ),
  TIME_NOT_SET: entry<{ servers: string }>(
    502,
    6,
    (d) => `no time server answered: ${d.servers}`,
    "The clock goes on as it was.",
    "Check the network, name a time server that can be reached, or set the time by hand.",
  ),
} as const;
