import { entry } from "#base/errors/entry.ts";

const SET_UP_OTHERS = "The other interfaces are as they were.";

/** The network of the rescue system, and the settings that it comes from. */
export const networkErrors = {
  NETWORK_CARD_MISSING: entry<{ entry: string; card: string }>(
    409,
    3,
    (d) => `${d.entry}: ${d.card} is not in this computer, or has no driver`,
    SET_UP_OTHERS,
    "Look at the list of cards; plug the card in, or name another one in the settings.",
  ),
  SECRET_MISSING: entry<{ what: string }>(
    401,
    7,
    (d) => `${d.what} is needed, and is not known yet`,
    "Nothing was sent to anybody.",
    "Enter it, or the passphrase of this medium, which opens the passwords that are sealed in it.",
  ),
  PASSPHRASE_WRONG: entry<{ what: string }>(
    403,
    7,
    (d) => `this is not the passphrase of ${d.what}, or its sealed passwords were changed`,
    "Nothing was opened.",
    "Check upper and lower case and the keyboard layout, and enter it again.",
  ),
  SETTINGS_INVALID: entry<{ file: string; path: string; problem: string }>(
    422,
    2,
    (d) => `${d.file}: ${d.path} ${d.problem}`,
    "The rescue system goes by its defaults: DHCP on every wired card, and nothing listens on the network.",
    "Correct the settings of the medium, or enter on the screen what is needed now.",
  ),
  SETTINGS_NOT_KEPT: entry<{ reason: string }>(
    409,
    3,
    (d) => `the settings cannot be kept over a restart: ${d.reason}`,
    "They are in force until this computer is switched off.",
    "Start from a stick with a partition for data, or write them into the medium with `lifeboat media`.",
  ),
} as const;
