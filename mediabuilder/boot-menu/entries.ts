/** What the boot menus of a medium are made from, whichever loader shows them. */
export interface BootMenu {
  /** What the medium calls itself: "Lifeboat". */
  readonly name: string;
  /** Names of the layers, the lowest first. */
  readonly layers: readonly string[];
  /** Added to every entry; tests set lifeboat.debug-shell here. */
  readonly extraKernelParameters: string;
}

export interface MenuEntry {
  readonly title: string;
  readonly layers: readonly string[];
  readonly parameters: readonly string[];
}

/** The layers that need a screen. */
const SCREEN = ["kiosk"];
/** What a computer that is short of memory does without when it loads all of them. */
const HEAVY = ["firmware", "prove"];
/** Messages go to the screen and to the first serial port; the last one named is /dev/console. */
const CONSOLES = ["console=ttyS0,115200", "console=tty0"];

const without = (layers: readonly string[], ...less: (readonly string[])[]): string[] =>
  layers.filter((layer) => !less.flat().includes(layer));

const hasScreen = ({ layers }: BootMenu): boolean => SCREEN.some((layer) => layers.includes(layer));

/** Of a medium in the computer. */
export function mediumEntries(menu: BootMenu): MenuEntry[] {
  const { name, layers } = menu;
  const textOnly = { title: `${name}, text only`, layers: without(layers, SCREEN), parameters: [] };
  return [
    { title: name, layers, parameters: [] },
    ...(hasScreen(menu) ? [textOnly] : []),
    { title: `${name}, copied to memory (the medium can be removed)`, layers, parameters: ["lifeboat.toram"] },
    { title: `${name}, after a check of the medium`, layers, parameters: ["lifeboat.check"] },
  ];
}

/** Over the network all layers go to memory: without a screen no more are loaded than it takes. */
export function networkEntries(menu: BootMenu): MenuEntry[] {
  const { name, layers } = menu;
  const textOnly = without(layers, SCREEN, HEAVY);
  const hasHeavy = HEAVY.some((layer) => layers.includes(layer));
  const all = { title: `${name}, text only, with firmware`, layers: without(layers, SCREEN), parameters: [] };
  return [
    ...(hasScreen(menu) ? [{ title: name, layers: without(layers, ["prove"]), parameters: [] }] : []),
    { title: `${name}, text only`, layers: textOnly, parameters: [] },
    ...(hasHeavy ? [all] : []),
  ];
}

/** The kernel's command line. */
export const kernelParameters = (entry: MenuEntry, { extraKernelParameters }: BootMenu): string[] =>
  [
    ...CONSOLES,
    "quiet",
    `lifeboat.layers=${entry.layers.join(",")}`,
    ...entry.parameters,
    ...extraKernelParameters.split(" "),
  ].filter((parameter) => parameter !== "");
