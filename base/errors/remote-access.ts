import { entry } from "#base/errors/entry.ts";

const LOCKED = "Nothing of this machine was shown or changed.";

/** The rescue system's pages and its command line, used from another computer. */
export const remoteAccessErrors = {
  REMOTE_NOT_PAIRED: entry<Record<never, never>>(
    401,
    7,
    () => "this browser has not given the code yet that the machine shows",
    LOCKED,
    "Open the address again, and type the code from the machine's own screen.",
  ),
  REMOTE_CODE_WRONG: entry<Record<never, never>>(
    403,
    7,
    () => "the machine shows another code",
    LOCKED,
    "Read the code on the machine's own screen again: it changes after many wrong ones.",
  ),
  REMOTE_TOO_MANY_TRIES: entry<{ seconds: number }>(
    429,
    7,
    (d) => `too many wrong codes: the next try counts in ${d.seconds} s`,
    LOCKED,
    "Wait that long. If it was not you, somebody else in this network is trying.",
  ),
  REMOTE_FAILED: entry<{ reason: string }>(
    409,
    3,
    (d) => `the way in from the network could not be opened: ${d.reason}`,
    "Nothing listens on the network.",
    "Read the reason; another program may have the port.",
  ),
  SSH_KEY_INVALID: entry<{ key: string; problem: string }>(
    400,
    2,
    (d) => `${d.key}: ${d.problem}`,
    "Nobody else may log in than before.",
    "Paste one whole line of a file like id_ed25519.pub. The file without .pub is the private key: it stays where it is.",
  ),
} as const;
