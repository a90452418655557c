import type { Said } from "#base/sentence.ts";

/** How it is known which machine an address belongs to, the surest first. "arp": from the kernel's table of neighbours, which may be late. */
export type KnownBy = "lease" | "dhcp" | "arp";

/** Of a file that was asked for by an address. */
interface Loaded {
  readonly file: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly by: KnownBy;
}

/** What happened to a machine. Names and reasons come from the network: whoever shows them makes them printable. */
export type Happening = What & {
  /** The words of its text or reason, where those have blanks; `told` knows the others. */
  readonly said?: Said | undefined;
};

type What =
  /** It asked. `boots`: for something to start (option 60), and not for an address only. */
  | {
      readonly kind: "discover";
      readonly mac: string;
      readonly boots: boolean;
      readonly relay?: string | undefined;
      /** The network card of the server that heard it, where it serves several. */
      readonly interface?: string | undefined;
      /** RFC 4578's number, where it is none that we know. */
      readonly architecture?: number | undefined;
      readonly ipxe?: boolean | undefined;
    }
  | { readonly kind: "offer"; readonly mac: string; readonly file?: string; readonly address?: string }
  /** It was told of no file. */
  | { readonly kind: "no offer"; readonly mac: string; readonly reason: string }
  | { readonly kind: "address"; readonly mac: string; readonly address: string }
  | { readonly kind: "no address"; readonly mac: string; readonly reason: string; readonly relay?: string | undefined }
  /** `outcome`: as `TftpOutcome`, or "refused". */
  | (Loaded & {
      readonly kind: "tftp";
      readonly size: number;
      readonly outcome: string;
      readonly resent: number;
      readonly reason?: string | undefined;
    })
  /** `times`: as many requests for parts of it. */
  | (Loaded & {
      readonly kind: "http";
      readonly method: string;
      readonly status: number;
      readonly isWhole: boolean;
      readonly times: number;
      readonly agent?: string | undefined;
    })
  /** At its menu: it has it, has chosen, or was refused. `starts`: what the entry starts, as `Start` calls it. */
  | {
      readonly kind: "menu";
      readonly what: "shown" | "chosen" | "refused";
      readonly title: string;
      readonly loader: "ipxe" | "grub";
      readonly by: KnownBy;
      readonly starts?: string | undefined;
      readonly reason?: string | undefined;
    }
  /** A kernel was loaded whole. */
  | { readonly kind: "kernel"; readonly file: string }
  /** The rescue system answers. */
  | { readonly kind: "up"; readonly text: string }
  | { readonly kind: "job"; readonly text: string }
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "problem"; readonly code: string; readonly text: string }
  /** A person did something: woke it. */
  | { readonly kind: "wake"; readonly text: string }
  /** What is known of the machine has changed: a card came from another one, two were found to be one. */
  | { readonly kind: "identity"; readonly text: string };

/** One line of a machine's timeline. */
export type Entry = Happening & {
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number;
};

/** The timeline of the server itself: what belongs to no machine, such as a second DHCP server. */
export const SERVER_TIMELINE = 0;

/** Entries that a machine's timeline keeps: the newest. A start makes some twenty. */
export const MOST_ENTRIES = 256;
