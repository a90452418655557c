import { entry } from "#base/errors/entry.ts";

const NOT_CONNECTED = "The share is not connected. Images and disks are as they were.";

/** Shares of other machines that hold images: each cause that a person can mend has a code of its own. */
export const shareErrors = {
  SHARE_NAME_UNKNOWN: entry<{ server: string; reason: string }>(
    502,
    6,
    (d) => `no address is known for ${d.server}: ${d.reason}`,
    NOT_CONNECTED,
    "Check the name, or give the server's address in its place. A name without a domain needs a search domain in the network settings.",
  ),
  SHARE_NO_ANSWER: entry<{ server: string; port: number; reason: string }>(
    502,
    6,
    (d) => `${d.server} does not answer on port ${d.port}: ${d.reason}`,
    NOT_CONNECTED,
    "Check that the server is on, that this computer has an address in the network, and that no firewall is between the two.",
  ),
  SHARE_NOT_SERVED: entry<{ server: string; port: number; protocol: string }>(
    502,
    6,
    (d) => `${d.server} is there, but serves no ${d.protocol} (port ${d.port})`,
    NOT_CONNECTED,
    "Check the server's address, the port, and that its file service runs and lets this network in.",
  ),
  SHARE_DENIED: entry<{ server: string; user: string; reason: string }>(
    403,
    7,
    (d) => `${d.server} refuses ${d.user}: ${d.reason}`,
    NOT_CONNECTED,
    "Check user, password and domain: upper and lower case, and the keyboard layout.",
  ),
  SHARE_FORBIDDEN: entry<{ server: string; share: string; user: string }>(
    403,
    7,
    (d) => `${d.server} does not let ${d.user} into ${d.share}`,
    NOT_CONNECTED,
    "Give this user, or this computer's address, access to it on the server, or use another user.",
  ),
  SHARE_MISSING: entry<{ server: string; share: string }>(
    404,
    2,
    (d) => `${d.server} has no ${d.share}, or shows it to others only`,
    NOT_CONNECTED,
    "Check how it is written: on an NFS server it is the exported path, on an SMB server the name of the share.",
  ),
  SHARE_FOLDER_MISSING: entry<{ server: string; folder: string }>(
    404,
    2,
    (d) => `there is no folder ${d.folder} on ${d.server}`,
    NOT_CONNECTED,
    "Check the folder's name, or make it there.",
  ),
  SHARE_READ_ONLY: entry<{ server: string; reason: string }>(
    409,
    7,
    (d) => `nothing can be written on ${d.server}: ${d.reason}`,
    "Images on it can be read and restored.",
    "Give the user the right to write, or mark the share as one that is only read.",
  ),
  SHARE_HOST_KEY_UNKNOWN: entry<{ server: string; fingerprint: string; hostKey: string }>(
    409,
    7,
    (d) => `${d.server} shows a key that nobody has confirmed yet: ${d.fingerprint}`,
    "No password was sent to it.",
    "Compare it with what the server shows (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` there), then accept it.",
  ),
  SHARE_HOST_KEY_CHANGED: entry<{ server: string; fingerprint: string }>(
    403,
    7,
    (d) => `${d.server} shows another key than before: ${d.fingerprint}. It may be another machine`,
    "No password was sent to it.",
    "Find out whether the server was set up anew. If it was, remove its key from the settings, and confirm the new one.",
  ),
  SHARE_UNSUITABLE: entry<{ field: string; problem: string }>(
    400,
    2,
    (d) => `${d.field}: ${d.problem}`,
    NOT_CONNECTED,
    "Enter it in another way.",
  ),
  SHARE_FAILED: entry<{ server: string; reason: string }>(
    502,
    6,
    (d) => `${d.server} cannot be connected: ${d.reason}`,
    NOT_CONNECTED,
    "Read the reason, and look into the kernel's log (`dmesg`) and the server's own.",
  ),
  SHARE_IN_USE: entry<{ share: string; reason: string }>(
    409,
    7,
    (d) => `${d.share} is in use: ${d.reason}`,
    "It stays connected.",
    "Wait until the job that reads or writes there has ended.",
  ),
} as const;
