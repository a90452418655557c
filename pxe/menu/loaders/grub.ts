import { GRUB_TERMINALS, grubQuote } from "#base/grub-words.ts";
import { GRUB_MEMORY } from "../memory-facts.ts";
import type { Menu, MenuEntry, Start } from "../menu.ts";
import type { PasswordHash } from "../password-hash.ts";
import { entryPath, filePath } from "../paths.ts";

/** Seconds for which a message stays, where nobody presses a key. */
const READING = 30;

const script = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
/** "http://192.0.2.1:8080" is "(http,192.0.2.1:8080)". */
const device = (url: string): string => `(http,${new URL(url).host})`;

/**
 * The menu, the same under BIOS and UEFI. What an entry starts is asked for when it is chosen. GRUB holds a password against its hash
 * itself: whoever can read this can try passwords out.
 */
export function grubMenu(menu: Menu, users: ReadonlyMap<string, PasswordHash>, url: string): string {
  const entries = menu.entries.filter(({ isForGrub }) => isForGrub);
  const first = entries.find(({ id }) => id === menu.default) ?? entries[0];
  if (!first) return grubMessage(["No entry of this menu can be started by GRUB."]);
  const named = [...new Set(entries.flatMap((entry) => entry.users))];
  return script([
    `set timeout=${menu.timeout === 0 ? -1 : menu.timeout}`,
    `set default=${first.id}`,
    ...GRUB_TERMINALS,
    ...(named.length === 0 ? [] : passwords(named, users)),
    ...entries.flatMap((entry) => menuEntry(entry, named.length > 0, url)),
  ]);
}

/**
 * Once a user is named, editing entries and GRUB's prompt are for superusers alone (GRUB manual, section "Security"); by them everybody
 * would start what he likes. There is no superuser with a password.
 */
const passwords = (named: readonly string[], users: ReadonlyMap<string, PasswordHash>): string[] => [
  "set superusers=nobody",
  ...named.map((name) => `password_pbkdf2 ${grubQuote(name)} ${users.get(name)?.text ?? ""}`),
];

function menuEntry({ id, title, users }: MenuEntry, hasUsers: boolean, url: string): string[] {
  const who = users.length > 0 ? ` --users ${grubQuote(users.join(","))}` : hasUsers ? " --unrestricted" : "";
  return [
    `menuentry ${grubQuote(title)} --id ${id}${who} {`,
    ...GRUB_MEMORY.lines.map((line) => `  ${line}`),
    `  source "${device(url)}${entryPath(id, "cfg")}${GRUB_MEMORY.query}"`,
    "}",
  ];
}

/** What is to be read before the menu comes back. */
export const grubMessage = (lines: readonly string[]): string =>
  script([...lines.map((line) => `echo ${grubQuote(line)}`), `sleep --interruptible ${READING}`]);

/** What starts an entry. */
export const grubEntry = ({ start }: Pick<MenuEntry, "start">, url: string): string => script(starts(start, url));

function starts(start: Start, url: string): string[] {
  switch (start.kind) {
    case "disk":
      return OWN_DISK;
    case "linux": {
      const file = (name: string) => `"${device(url)}${filePath(name)}"`;
      // The card that was started from: another one may have no way to the server.
      const origin = start.isRescue ? [`lifeboat.url=${url}`, '"BOOTIF=01-$net_default_mac"'] : [];
      return [
        ["linux", file(start.kernel), ...start.parameters.map(grubQuote), ...origin].join(" "),
        ...(start.initrds.length === 0 ? [] : [["initrd", ...start.initrds.map(file)].join(" ")]),
      ];
    }
    case "chain": {
      const { host, pathname, search } = new URL(start.url);
      const file = grubQuote(`(http,${host})${pathname}${search}`);
      return [pathname.endsWith(".efi") ? `chainloader ${file}` : `configfile ${file}`];
    }
    case "iso":
    case "wim":
      return ["echo 'GRUB cannot start this.'"];
  }
}

/** Where systems have their first program, as their vendors put it (UEFI 2.10, section 3.5.1.1, for the last one). */
const EFI_PROGRAMS = [
  "/EFI/Microsoft/Boot/bootmgfw.efi",
  ...["debian", "ubuntu", "fedora", "centos", "rocky", "almalinux", "redhat", "opensuse"].map(
    (one) => `/EFI/${one}/shimx64.efi`,
  ),
  "/EFI/BOOT/BOOTX64.EFI",
  "/EFI/BOOT/BOOTAA64.EFI",
];

/**
 * BIOS goes on with its next disk when GRUB ends. UEFI may show its setup instead, so the disk's own program is started, which Secure Boot
 * checks as always.
 */
const OWN_DISK = [
  'if [ "$grub_platform" = efi ]; then',
  "  for disk in (hd*); do",
  `    for file in ${EFI_PROGRAMS.join(" ")}; do`,
  '      if [ -e "$disk$file" ]; then chainloader "$disk$file"; boot; fi',
  "    done",
  "  done",
  "fi",
  "exit",
];
