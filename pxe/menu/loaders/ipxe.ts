import { ipxeSetting as setting, ipxeText as text } from "#base/ipxe-words.ts";
import { IPXE_MEMORY } from "../memory-facts.ts";
import { isForIpxe, type Menu, type MenuEntry, type Start } from "../menu.ts";
import { entryPath, fileUrl } from "../paths.ts";

/** Seconds for which a message stays, where nobody presses a key. */
const READING = 30;

/** Commands of iPXE that follow one another; the first that fails ends them: https://ipxe.org/scripting. */
const script = (lines: readonly string[]): string => `${["#!ipxe", ...lines].join("\n")}\n`;

/** The menu. What an entry starts is asked for when it is chosen. @param url of this server: "http://192.0.2.1" */
export function ipxeMenu(menu: Menu, url: string): string {
  const entries = menu.entries.filter(({ start }) => isForIpxe(start));
  const first = entries.find(({ id }) => id === menu.default) ?? entries[0];
  if (!first) return ipxeMessage(["No entry of this menu can be started by iPXE."]);
  const timeout = menu.timeout === 0 ? "" : ` --timeout ${menu.timeout * 1000}`;
  return script([
    ":menu",
    `menu ${text(menu.title)}`,
    ...entries.map((entry) => `item ${entry.id} ${text(entry.title)}`),
    `choose --default ${first.id}${timeout} chosen || goto menu`,
    `goto entry-${setting("chosen")}`,
    ...entries.flatMap((entry) => [`:entry-${entry.id}`, ...askFor(entry, url)]),
    ":failed",
    `prompt --timeout ${READING * 1000} It did not start. Press a key for the menu. ||`,
    "goto menu",
  ]);
}

function askFor(entry: MenuEntry, url: string): string[] {
  const address = `${url}${entryPath(entry.id, "ipxe")}${IPXE_MEMORY}`;
  // UEFI goes on in its order of systems where a program ends with an error; a script that was asked for ends itself alone.
  const after = entry.start.kind === "disk" ? `${isPlatform("efi")} && exit 1 || goto menu` : "goto menu";
  if (entry.users.length === 0) return [`chain --autofree ${address} || goto failed`, after];
  const named = `${setting("username:uristring")}:${setting("password:uristring")}@`;
  return [
    "login || goto menu",
    // The name and the password go as a header (RFC 7617), and are in no address that a server writes down.
    `chain --autofree ${address.replace("://", `://${named}`)} || goto failed`,
    "clear username",
    "clear password",
    after,
  ];
}

/** What is to be read before the menu comes back. */
export const ipxeMessage = (lines: readonly string[]): string =>
  script([
    ...lines.map((line) => `echo ${text(line)}`),
    `prompt --timeout ${READING * 1000} Press a key for the menu. ||`,
  ]);

/** What starts an entry. */
export const ipxeEntry = ({ start }: Pick<MenuEntry, "start">, url: string): string => script(starts(start, url));

const isPlatform = (name: "pcbios" | "efi"): string => `iseq ${setting("platform")} ${name}`;

function starts(start: Start, url: string): string[] {
  const file = (name: string) => fileUrl(url, name);
  switch (start.kind) {
    case "disk":
      return [`${isPlatform("efi")} || sanboot --no-describe --drive 0x80`];
    case "linux": {
      const names = start.initrds.map((_, at) => `initrd${at}.img`);
      const origin = start.isRescue ? [`lifeboat.url=${url}`, `BOOTIF=01-${setting("netX/mac:hexhyp")}`] : [];
      const words = [...names.map((name) => `initrd=${name}`), ...start.parameters.map(text), ...origin];
      return [
        "imgfree",
        `kernel ${[file(start.kernel), ...words].join(" ")}`,
        ...start.initrds.map((name, at) => `initrd --name ${names[at]} ${file(name)}`),
        "boot",
      ];
    }
    case "iso":
      if (start.memdisk === undefined) return [`sanboot --no-describe ${file(start.iso)}`];
      return [
        `${isPlatform("pcbios")} || echo memdisk starts under BIOS only.`,
        isPlatform("pcbios"),
        ...["imgfree", `kernel ${file(start.memdisk)} iso raw`, `initrd ${file(start.iso)}`, "boot"],
      ];
    case "wim":
      return [
        ...["imgfree", `kernel ${file(start.wimboot)}`],
        ...(start.bios === undefined ? [] : [`${isPlatform("pcbios")} && ${shown("bootmgr", file(start.bios))} ||`]),
        ...(start.uefi === undefined ? [] : [`${isPlatform("efi")} && ${shown("bootx64.efi", file(start.uefi))} ||`]),
        ...start.files.map((name) => shown(name.slice(name.lastIndexOf("/") + 1), file(name))),
        "boot",
      ];
    case "chain":
      return ["imgfree", `chain ${start.url}`];
  }
}

/** wimboot puts a file, by its name, into every folder of the disk that it shows ("wimboot", Architecture). */
const shown = (name: string, url: string): string => `initrd --name ${name} ${url} ${name}`;
