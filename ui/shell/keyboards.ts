import type { SettingsState } from "#rescue/api/contract.ts";

type Keyboard = SettingsState["keyboard"];

export interface KeyboardChoice extends Keyboard {
  readonly id: string;
  /** In the language of those who use it. */
  readonly name: string;
}

const keyboard = (name: string, layout: string, variant = ""): KeyboardChoice => ({
  ...{ id: keyboardId({ layout, variant }), name, layout, variant },
});

export const keyboardId = ({ layout, variant }: Keyboard): string => `${layout}/${variant}`;

/** Layouts of XKB, by the countries of our languages and their neighbours; a medium can be made for any other. */
export const keyboards: readonly KeyboardChoice[] = [
  keyboard("English (US)", "us"),
  keyboard("English (US, international)", "us", "intl"),
  keyboard("English (UK)", "gb"),
  keyboard("Deutsch", "de"),
  keyboard("Deutsch (Schweiz)", "ch"),
  keyboard("Español", "es"),
  keyboard("Español (Latinoamérica)", "latam"),
  keyboard("Français", "fr"),
  keyboard("Français (Belgique)", "be"),
  keyboard("Français (Suisse)", "ch", "fr"),
  keyboard("Nederlands", "nl"),
  keyboard("Português", "pt"),
  keyboard("Português (Brasil)", "br"),
  keyboard("Русская", "ru"),
];

/** With the one that is in use, should it be another one. */
export const keyboardsWith = (used: Keyboard): readonly KeyboardChoice[] =>
  keyboards.some(({ id }) => id === keyboardId(used))
    ? keyboards
    : [...keyboards, keyboard([used.layout, used.variant].filter(Boolean).join(" "), used.layout, used.variant)];
