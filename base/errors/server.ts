import { entry } from "#base/errors/entry.ts";

const LOCKED = "Nothing was shown or changed.";
const UNCHANGED = "Nothing was changed.";
const NOT_STARTED = "The server was not started, and nothing was changed.";

/** `lifeboat serve`: its console, its users, whom it tells. */
export const serverErrors = {
  CONSOLE_NOT_LOGGED_IN: entry<Record<never, never>>(
    401,
    7,
    () => "nobody is logged in, or the login has ended",
    LOCKED,
    "Log in. A program sends a token: `lifeboat serve token create`.",
  ),
  CONSOLE_LOGIN_FAILED: entry<Record<never, never>>(
    403,
    7,
    () => "the name and the password do not belong together",
    LOCKED,
    "Try again. An admin, or root on the server (`lifeboat serve user password NAME`), can set a new one.",
  ),
  CONSOLE_TOO_MANY_TRIES: entry<{ seconds: number }>(
    429,
    7,
    (d) => `too many wrong tries: the next one counts in ${d.seconds} s`,
    LOCKED,
    "Wait that long. If it was not you, somebody else is trying: the audit log says from where.",
  ),
  CONSOLE_ROLE_TOO_LOW: entry<{ has: string; needs: string }>(
    403,
    7,
    (d) => `a ${d.has} may not do that: it takes the role ${d.needs}`,
    LOCKED,
    "Ask an admin: `lifeboat serve user role NAME ROLE`.",
  ),
  CONSOLE_SET_UP_REFUSED: entry<{ reason: string }>(
    403,
    7,
    (d) => `the first admin cannot be made: ${d.reason}`,
    UNCHANGED,
    "The server prints its code when it starts and nobody can log in yet. Or, on the server: `lifeboat serve user add NAME --role admin`.",
  ),
  CONSOLE_USER_UNKNOWN: entry<{ name: string }>(
    404,
    2,
    (d) => `there is no user ${d.name}`,
    UNCHANGED,
    "See them with `lifeboat serve user list`.",
  ),
  CONSOLE_USER_EXISTS: entry<{ name: string }>(
    409,
    2,
    (d) => `there is a user ${d.name} already`,
    UNCHANGED,
    "Take another name, or change that one.",
  ),
  CONSOLE_USER_INVALID: entry<{ what: string; problem: string }>(
    400,
    2,
    (d) => `${d.what}: ${d.problem}`,
    UNCHANGED,
    "Correct it, and send it again.",
  ),
  CONSOLE_LAST_ADMIN: entry<{ name: string }>(
    409,
    7,
    (d) => `${d.name} is the only admin: without one nobody could change anything`,
    UNCHANGED,
    "Make another admin first.",
  ),
  CONSOLE_TOKEN_UNKNOWN: entry<{ token: string }>(
    404,
    2,
    (d) => `there is no token ${d.token}`,
    UNCHANGED,
    "See them with `lifeboat serve token list`.",
  ),
  CONSOLE_STORE_FAILED: entry<{ place: string; reason: string }>(
    500,
    3,
    (d) => `users and audit log in ${d.place} cannot be read or written: ${d.reason}`,
    "What was kept there before is as it was. Without it nobody is let in.",
    "Check the disk and who may write there, or the database server and its network.",
  ),
  SERVER_CONFIG_INVALID: entry<{ file: string; problems: string }>(
    400,
    2,
    (d) => `${d.file}: ${d.problems}`,
    NOT_STARTED,
    "Correct these lines. docs/server.md has an example of each option.",
  ),
  SERVER_CERTIFICATE_FAILED: entry<{ file: string; reason: string }>(
    500,
    3,
    (d) => `the certificate in ${d.file} cannot be used: ${d.reason}`,
    NOT_STARTED,
    "Check certificate and key: PEM, belonging together, not out of date, and readable for the user that the server runs as.",
  ),
  SERVER_USER_FAILED: entry<{ user: string; reason: string }>(
    500,
    3,
    (d) => `it cannot run as ${d.user}: ${d.reason}`,
    NOT_STARTED,
    "Name a user of this machine, start it as root, and install setpriv (util-linux). Or use the systemd unit.",
  ),
  NOTICE_NOT_SENT: entry<{ channel: string; reason: string }>(
    502,
    3,
    (d) => `${d.channel} did not take the message: ${d.reason}`,
    "Notices wait, and are tried again for a day.",
    "Check address, login and certificate of that server. `lifeboat serve test-mail` and `test-webhook` try it at once.",
  ),
  NOTICE_CHANNEL_UNKNOWN: entry<{ channel: string; have: string }>(
    404,
    2,
    (d) => `nothing is configured that is called ${d.channel}; there is ${d.have}`,
    "Nothing was sent.",
    "Look at `mail` and `webhooks` in the configuration file.",
  ),
  RETENTION_LOCKED: entry<{ folder: string }>(
    409,
    7,
    (d) => `${d.folder} is encrypted: when its points were made, and of which disks, only its password shows`,
    "Nothing was deleted. The server keeps no passwords of repositories, so it thins out none that are encrypted.",
    "Use `lifeboat repo prune FOLDER --keep-daily 7 --dry-run`, with the password, where it may be typed.",
  ),
  RETENTION_NOT_SET: entry<{ repository: string }>(
    409,
    7,
    (d) => `${d.repository} has no rules for its points`,
    "Nothing was deleted: without rules nothing is.",
    "Set rules first. Somebody may have removed them meanwhile.",
  ),
  RETENTION_CHANGED: entry<{ repository: string }>(
    409,
    7,
    (d) => `other points of ${d.repository} would go now than those that were shown`,
    "Nothing was deleted.",
    "Look at the preview again: a capture, a pin or other rules have come in between.",
  ),
} as const;
