export interface BootMenu {
  /** Name of the build: the initramfs takes only a medium that carries the same one. */
  readonly id: string;
  /** Layers, the lowest first. */
  readonly layers: readonly string[];
  readonly kioskLayer: string;
  /** Added to every entry; tests set lifeboat.debug-shell here. */
  readonly extraKernelParameters: string;
}

const TIMEOUT_SECONDS = 3;
/** Messages go to the screen and to the first serial port; the last one named is /dev/console. */
const CONSOLES = "console=ttyS0,115200 console=tty0";

interface Entry {
  readonly title: string;
  readonly layers: readonly string[];
  readonly parameters: string;
}

/** The boot menu (grub.cfg), the same under BIOS and UEFI, on the screen and on the serial port. */
export function grubConfig(menu: BootMenu): string {
  const withoutKiosk = menu.layers.filter((layer) => layer !== menu.kioskLayer);
  const entries: Entry[] = [
    { title: "Lifeboat", layers: menu.layers, parameters: "" },
    { title: "Lifeboat, text only", layers: withoutKiosk, parameters: "" },
    {
      title: "Lifeboat, copied to memory (the medium can be removed)",
      layers: menu.layers,
      parameters: "lifeboat.toram",
    },
  ];
  const lines = [
    `set timeout=${TIMEOUT_SECONDS}`,
    "set default=0",
    // Debian's signed GRUB starts the first medium that has /.disk/info, which may be another one.
    `search --no-floppy --file --set=root /.disk/lifeboat`,
    "if serial --unit=0 --speed=115200; then",
    "  terminal_input console serial",
    "  terminal_output console serial",
    "fi",
    ...entries.flatMap((entry) => menuEntry(entry, menu)),
  ];
  return `${lines.join("\n")}\n`;
}

function menuEntry(entry: Entry, menu: BootMenu): string[] {
  const parameters = [
    CONSOLES,
    "quiet",
    `lifeboat.id=${menu.id}`,
    `lifeboat.layers=${entry.layers.join(",")}`,
    entry.parameters,
    menu.extraKernelParameters,
  ];
  return [
    `menuentry "${entry.title}" {`,
    `  linux /boot/vmlinuz ${parameters.filter((parameter) => parameter !== "").join(" ")}`,
    "  initrd /boot/initrd.img",
    "}",
  ];
}
