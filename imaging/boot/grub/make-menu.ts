import { findVolume, grubWord } from "#imaging/boot/grub/early-config.ts";
import { type GrubPlace, mountOf, pathOnVolume, placeOf } from "#imaging/boot/grub/grub-place.ts";
import type { Kernel } from "#imaging/boot/grub/kernels.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";

export interface MenuParts {
  readonly system: InstalledSystem;
  /** Newest first; at least one. */
  readonly kernels: readonly Kernel[];
  /** "root=UUID=..." */
  readonly root: string;
  /** Of /etc/default/grub. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Other systems of the disk, that have a menu of their own. */
  readonly others: readonly { readonly name: string; readonly place: GrubPlace }[];
  /** Windows of this disk: how it is started. */
  readonly windows?: { readonly espUuid?: string | undefined; readonly bootUuid?: string | undefined } | undefined;
}

/**
 * A menu of GRUB made from what is on the disk alone: grub-mkconfig asks for the devices of a running system. All kernels, newest
 * first, each found by the UUID of its volume, with the options of /etc/default/grub, and one more entry for recovery.
 */
export function makeMenu({ system, kernels, root, defaults, others, windows }: MenuParts): string {
  const timeout = /^-?\d+$/.test(defaults["GRUB_TIMEOUT"] ?? "") ? defaults["GRUB_TIMEOUT"] : "5";
  const always = defaults["GRUB_CMDLINE_LINUX"] ?? "";
  const normal = defaults["GRUB_CMDLINE_LINUX_DEFAULT"] ?? "quiet";
  const recovery = defaults["GRUB_DISABLE_RECOVERY"] === "true" ? [] : ["single"];
  return [
    "# Made by Lifeboat's boot repair. The system's own grub-mkconfig (update-grub) writes it anew.",
    "insmod part_gpt",
    "insmod part_msdos",
    ...header(defaults),
    "set default=0",
    `set timeout=${timeout}`,
    "",
    ...kernels.flatMap((kernel) => [
      ...entry(system, kernel, { title: system.name, options: [root, "ro", always, normal] }),
      ...recovery.flatMap((mode) =>
        entry(system, kernel, { title: `${system.name} (recovery mode)`, options: [root, "ro", mode, always] }),
      ),
    ]),
    ...others.flatMap(otherEntry),
    ...windowsEntry(windows),
    "",
  ].join("\n");
}

/** The screen and the serial line as the system's settings have them. */
function header(defaults: Readonly<Record<string, string>>): string[] {
  const serial = defaults["GRUB_SERIAL_COMMAND"];
  const words = /^[\w =.-]*$/;
  const terminal = defaults["GRUB_TERMINAL"] ?? defaults["GRUB_TERMINAL_OUTPUT"];
  return [
    ...(serial !== undefined && words.test(serial) ? [serial] : []),
    ...(terminal !== undefined && terminal !== "" && words.test(terminal) ? [`terminal_output ${terminal}`] : []),
  ];
}

function entry(
  system: InstalledSystem,
  { linux, initrds, version }: Kernel,
  { title, options }: { title: string; options: readonly string[] },
): string[] {
  const place = placeOf(system, linux);
  const words = options.flatMap((one) => one.split(/\s+/)).filter((word) => word !== "");
  const path = (file: string) => {
    const mount = mountOf(system, file);
    return mount ? pathOnVolume(mount, file) : file;
  };
  return [
    `menuentry ${grubWord(`${title}, Linux ${version}`)} --class gnu-linux --class os {`,
    ...findVolume(place).map((line) => `  ${line}`),
    `  linux ${[place.path, ...words].map(bareWord).join(" ")}`,
    ...(initrds.length === 0 ? [] : [`  initrd ${initrds.map((one) => bareWord(path(one))).join(" ")}`]),
    "}",
  ];
}

/** As everybody writes them, where nothing in them has a meaning for GRUB. */
const bareWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : grubWord(word));

const otherEntry = ({ name, place }: MenuParts["others"][number]): string[] => [
  `menuentry ${grubWord(`${name} (its own menu)`)} --class os {`,
  ...findVolume(place).map((line) => `  ${line}`),
  `  configfile ($root)${grubWord(`${place.path}/grub.cfg`)}`,
  "}",
];

function windowsEntry(windows: MenuParts["windows"]): string[] {
  if (!windows) return [];
  const start = (uuid: string | undefined, platform: string, line: string): string[] =>
    uuid === undefined
      ? []
      : [
          `if [ "$grub_platform" = ${platform} ]; then`,
          "menuentry 'Windows' --class windows --class os {",
          `  search.fs_uuid ${grubWord(uuid)} root`,
          `  ${line}`,
          "}",
          "fi",
        ];
  return [
    ...start(windows.espUuid, "efi", "chainloader /EFI/Microsoft/Boot/bootmgfw.efi"),
    ...start(windows.bootUuid, "pc", "ntldr /bootmgr"),
  ];
}
