import type { RescueKind } from "#base/medium/rescue-set.ts";

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
  /** GRUB sets a picture for the kernel to draw on; elsewhere the firmware has done so. */
  readonly setsPicture?: boolean;
}

/** Over the network each has a name. */
export interface NetworkEntry extends MenuEntry {
  readonly kind: RescueKind;
}

/** The layers that need a screen. */
const SCREEN = ["kiosk"];
/** What a computer that is short of memory does without when it loads all of them. */
const HEAVY = ["firmware", "prove"];
/** Only for who asks for it. */
const SPEECH = "speech";
/** Sound cards of newer laptops start without the firmware that their other driver wants (linux: sound/hda/intel-dsp-config.c). */
const SPEAKING = ["lifeboat.speech", "snd_intel_dspcfg.dsp_driver=1"];
/** A picture until the pages are there; whatever there is to say takes its place (rescue/init/splash). */
const SPLASH = ["lifeboat.splash"];
/** No driver of a graphics card, whose picture stays as the firmware has set it up. */
const BASIC = ["nomodeset"];
/** Messages go to the screen and to the first serial port; the last one named is /dev/console. */
const CONSOLES = ["console=ttyS0,115200", "console=tty0"];

const without = (layers: readonly string[], ...less: (readonly string[])[]): string[] =>
  layers.filter((layer) => !less.flat().includes(layer));

const hasScreen = ({ layers }: BootMenu): boolean => SCREEN.some((layer) => layers.includes(layer));

/** Text, read aloud. */
const speaking = ({ name, layers }: BootMenu, ...less: (readonly string[])[]): NetworkEntry[] =>
  layers.includes(SPEECH)
    ? [
        {
          ...{ kind: "speaking", title: `${name}, speaking (text only)` },
          ...{ layers: without(layers, SCREEN, ...less), parameters: SPEAKING },
        },
      ]
    : [];

/** Of a medium in the computer. */
export function mediumEntries(menu: BootMenu): MenuEntry[] {
  const { name } = menu;
  const layers = without(menu.layers, [SPEECH]);
  const textOnly = { title: `${name}, text only`, layers: without(layers, SCREEN), parameters: [] };
  const basic = { title: `${name}, basic graphics`, layers, parameters: BASIC, setsPicture: true };
  const screen = { title: name, layers, parameters: SPLASH, setsPicture: true };
  return [
    ...(hasScreen(menu) ? [screen, textOnly, basic] : [{ title: name, layers, parameters: [] }]),
    ...speaking(menu),
    { title: `${name}, copied to memory (the medium can be removed)`, layers, parameters: ["lifeboat.toram"] },
    { title: `${name}, after a check of the medium`, layers, parameters: ["lifeboat.check"] },
  ];
}

/** Over the network all layers go to memory: without a screen no more are loaded than it takes. */
export function networkEntries(menu: BootMenu): NetworkEntry[] {
  const { name } = menu;
  const layers = without(menu.layers, [SPEECH]);
  const textOnly = without(layers, SCREEN, HEAVY);
  const hasHeavy = HEAVY.some((layer) => layers.includes(layer));
  const all = { title: `${name}, text only, with firmware`, layers: without(layers, SCREEN), parameters: [] };
  return [
    ...(hasScreen(menu)
      ? [{ kind: "screen" as const, title: name, layers: without(layers, ["prove"]), parameters: SPLASH }]
      : []),
    { kind: "text", title: `${name}, text only`, layers: textOnly, parameters: [] },
    ...(hasHeavy ? [{ kind: "firmware" as const, ...all }] : []),
    ...speaking(menu, HEAVY),
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
