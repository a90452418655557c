/**
 * What a kernel and its start files are told besides, in the throw-away copy: to print on the serial port as well as on the
 * screen, and in words. Linux: Documentation/admin-guide/kernel-parameters.txt; systemd: kernel-command-line(7).
 */
export const ADDED_PARAMETERS = "console=tty0 console=ttyS0,115200 loglevel=7 systemd.show_status=1 plymouth.enable=0";

const LINUX_LINE = /^(\s*(?:linux|linux16|linuxefi|kernel)\s+\S.*?)\s*$/;
/** GRUB manual, "terminal_output". */
const TERMINAL_LINE = /^([ \t]*)terminal_output[ \t][^\n]*$/gm;
/** A Boot Loader Specification entry, of systemd-boot and of GRUB's blscfg (uapi-group.org: boot_loader_specification). */
const OPTIONS_LINE = /^(\s*options\s+.*?)\s*$/i;
/** SYSLINUX, and U-Boot's extlinux.conf. */
const APPEND_LINE = /^(\s*append\s+.*?)\s*$/i;

/** What became of a text, and how many of its lines. */
export interface ChangedText {
  readonly text: string;
  readonly kernels: number;
}

/**
 * Of a grub.cfg. GRUB's texts go through the firmware, which prints them on the serial port too, and not past it: onto a
 * picture of its own, or to the port itself, where both would write into one another.
 */
export function changeGrubConfig(text: string): ChangedText {
  const changed = appendTo(text, LINUX_LINE);
  return { ...changed, text: changed.text.replaceAll(TERMINAL_LINE, "$1terminal_output console") };
}

export const changeEntry = (text: string): ChangedText => {
  const changed = appendTo(text, OPTIONS_LINE);
  if (changed.kernels > 0 || !/^\s*linux\s/im.test(text)) return changed;
  return { text: `${text.replace(/\n*$/, "\n")}options ${ADDED_PARAMETERS}\n`, kernels: 1 };
};

export const changeSyslinuxConfig = (text: string): ChangedText => appendTo(text, APPEND_LINE);

function appendTo(text: string, line: RegExp): ChangedText {
  let kernels = 0;
  const lines = text.split("\n").map((one) => {
    // A line that goes on in the next one stays: what is added would stand in the middle of a word.
    if (one.length > MOST_LINE || one.trimEnd().endsWith("\\")) return one;
    const [, kept] = line.exec(one) ?? [];
    if (kept === undefined) return one;
    kernels++;
    return `${kept} ${ADDED_PARAMETERS}`;
  });
  return { text: lines.join("\n"), kernels };
}

/** Linux takes no longer command line (COMMAND_LINE_SIZE, arch/x86/include/asm/setup.h); and a bound for the expressions. */
const MOST_LINE = 2048 - 256;
