import { entry } from "#base/errors/entry.ts";

const GOES_ON = "What was written so far stays, and a target that is not whole has no partition table.";

/** Clones from one machine to another. */
export const remoteErrors = {
  PEER_UNREACHABLE: entry<{ peer: string; reason: string }>(
    502,
    6,
    (d) => `cannot connect to ${d.peer}: ${d.reason}`,
    GOES_ON,
    "Check the address, that `lifeboat clone serve` runs there and shows this port, and that no firewall is between the two.",
  ),
  PEER_LOST: entry<{ peer: string; reason: string }>(
    502,
    6,
    (d) => `the connection to ${d.peer} broke: ${d.reason}`,
    GOES_ON,
    "Check the cable, and that `lifeboat clone serve` still runs there. The same command goes on with what is done so far.",
  ),
  PEER_INVALID: entry<{ peer: string; problem: string }>(
    502,
    6,
    (d) => `${d.peer} does not keep to the protocol of clones: ${d.problem}`,
    GOES_ON,
    "Check the port, and that the same version of Lifeboat runs on both machines.",
  ),
  PEER_BUSY: entry<{ peer: string }>(
    409,
    7,
    (d) => `${d.peer} is serving another receiver`,
    GOES_ON,
    "Wait until that one is done, or stop it. A receiver that lost its power is given up after a minute.",
  ),
  PAIRING_REFUSED: entry<{ peer: string }>(
    403,
    7,
    (d) => `${d.peer} shows another pairing code`,
    GOES_ON,
    "Read the code there again: each start of `lifeboat clone serve` has a new one.",
  ),
  PAIRING_CODE_MISSING: entry<{ peer: string }>(
    401,
    2,
    (d) => `${d.peer} serves its disk to who knows the pairing code, and none was given`,
    GOES_ON,
    "Give it with --code, in the environment variable LIFEBOAT_CODE, or run the command on a terminal, where it asks.",
  ),
  PAIRING_ATTEMPTS: entry<{ attempts: number }>(
    403,
    7,
    (d) => `somebody tried ${d.attempts} wrong pairing codes`,
    "The disk was not shown to them, and is no longer served.",
    "Find out who did so, then start `lifeboat clone serve` again: it makes a new code.",
  ),
  LISTEN_FAILED: entry<{ address: string; reason: string }>(
    409,
    3,
    (d) => `cannot listen at ${d.address}: ${d.reason}`,
    "Nothing was sent.",
    "Choose another port with --port, or an address of this machine with --listen.",
  ),
} as const;
