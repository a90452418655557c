import { formatBytes } from "#base/units.ts";
import { SCRIPT } from "../dhcp/boot-policy.ts";
import type { Machine } from "../machines/machine.ts";
import { safeParts } from "../net/served-root.ts";
import { MenuGuard } from "./guard.ts";
import { grubEntry, grubMenu, grubMessage } from "./loaders/grub.ts";
import { ipxeEntry, ipxeMenu, ipxeMessage } from "./loaders/ipxe.ts";
import { type Menu, type MenuEntry, type Menus, menuFor } from "./menu.ts";
import type { MenuEvent } from "./menu-event.ts";
import { entryOfPath, GRUB_MENU } from "./paths.ts";

export interface MenuServiceOptions {
  readonly menus: Menus;
  /** "http://192.0.2.1", without a slash at its end: known as soon as somebody can ask. */
  readonly url: () => string;
  /** Who has an address. Undefined: nobody knows. */
  readonly machineAt: (address: string) => Promise<Machine | undefined>;
  readonly onEvent: (event: MenuEvent) => void;
}

export interface MenuQuestion {
  /** Of the client. */
  readonly address: string;
  /** Bytes of RAM, as its loader has told. */
  readonly memory: number | undefined;
  /** Undefined: none was given. */
  readonly login: { readonly name: string; readonly password: string } | undefined;
}

/** A script, or that a name and a password are wanted first. */
export type MenuAnswer = { readonly text: string } | "login";

type Loader = MenuEvent["loader"];

/** What a rescue system counts as its memory lacks what firmware and kernel have taken already: a fifth, at the most. */
const COUNTED = 4 / 5;

/** GRUB asks twice for a file that it loads by HTTP: the same from one computer within so many milliseconds happened once. */
const ECHO = 10_000;
const MOST_CLIENTS = 4096;

/** Makes the menus of computers as they ask for them. */
export class MenuService {
  readonly #options: MenuServiceOptions;
  readonly #guard: MenuGuard;
  /** What each client's GRUB was told of last. */
  readonly #said = new Map<string, { readonly text: string; readonly at: number }>();

  constructor(options: MenuServiceOptions, guard = new MenuGuard(options.menus)) {
    this.#options = options;
    this.#guard = guard;
  }

  /** Why an address may not load a file. */
  mayNotLoad(address: string, file: string): string | undefined {
    return this.#guard.refusal(address, file);
  }

  /** A menu, by the name of the file in whose place it is. Undefined: it is another file. */
  async menuFile(file: string, address: string): Promise<string | undefined> {
    const name = safeParts(file)?.join("/");
    const loader = name === SCRIPT ? "ipxe" : name === GRUB_MENU ? "grub" : undefined;
    if (!loader) return undefined;
    const { menus } = this.#options;
    const url = this.#options.url();
    const { menu } = await this.#menuOf(address);
    this.#say({ type: "shown", client: address, loader, title: menu.title });
    return loader === "ipxe" ? ipxeMenu(menu, url) : grubMenu(menu, menus.users, url);
  }

  /** What starts an entry. Undefined: there is none at this path, or not for this computer. */
  async entry(path: string, { address, memory, login }: MenuQuestion): Promise<MenuAnswer | undefined> {
    const asked = entryOfPath(path);
    const { menu, machine } = await this.#menuOf(address);
    const entry = menu.entries.find(({ id }) => id === asked?.id);
    if (!asked || !entry) return undefined;
    const loader: Loader = asked.loader === "ipxe" ? "ipxe" : "grub";
    if (loader === "grub" && !entry.isForGrub) return undefined;
    // GRUB has asked for the password itself, and tells it to nobody.
    if (loader === "ipxe" && entry.users.length > 0) {
      if (!login) return "login";
      const result = await this.#guard.login(address, entry, login);
      if (result.type !== "right") return { text: this.#refuseLogin(entry, address, result) };
    }
    const known = memory ?? (machine?.memory === undefined ? undefined : machine.memory / COUNTED);
    const isEnough = known === undefined || known >= entry.memory;
    this.#tell(isEnough ? "chosen" : "refused", entry, { address, loader, memory }, isEnough ? {} : TOO_LITTLE);
    const url = this.#options.url();
    if (isEnough) return { text: loader === "ipxe" ? ipxeEntry(entry, url) : grubEntry(entry, url) };
    const lines = memoryLines(entry, known);
    return { text: loader === "ipxe" ? ipxeMessage(lines) : grubMessage(lines) };
  }

  #refuseLogin(entry: MenuEntry, address: string, result: { type: "wrong" } | { type: "later"; wait: number }): string {
    const isLate = result.type === "later";
    const reason = isLate ? "too many wrong passwords" : "wrong password";
    this.#tell("refused", entry, { address, loader: "ipxe", memory: undefined }, { reason });
    return ipxeMessage([
      isLate
        ? `There were wrong passwords. Wait ${Math.ceil(result.wait / 1000)} seconds.`
        : "This name and password do not open it.",
    ]);
  }

  #tell(
    type: "chosen" | "refused",
    { title, start }: MenuEntry,
    { address, loader, memory }: { address: string; loader: Loader; memory: number | undefined },
    why: Pick<MenuEvent, "reason">,
  ): void {
    this.#say({
      ...{ type, client: address, loader, title, starts: start.kind, ...why },
      ...(memory !== undefined && { memory }),
    });
  }

  #say(event: MenuEvent): void {
    if (event.loader !== "grub" || !this.#isEcho(event)) this.#options.onEvent(event);
  }

  #isEcho(event: MenuEvent): boolean {
    const [text, at, before] = [JSON.stringify(event), performance.now(), this.#said.get(event.client)];
    this.#said.delete(event.client);
    this.#said.set(event.client, { text, at });
    if (this.#said.size > MOST_CLIENTS) this.#said.delete(this.#said.keys().next().value as string);
    return before?.text === text && at - before.at < ECHO;
  }

  async #menuOf(address: string): Promise<{ menu: Menu; machine: Machine | undefined }> {
    const machine = await this.#options.machineAt(address);
    return { machine, menu: menuFor(this.#options.menus, machine) };
  }
}

const TOO_LITTLE = { reason: "too little memory" } as const;

const memoryLines = ({ title, memory }: MenuEntry, known: number): string[] => [
  `${title} needs ${formatBytes(memory)} of memory, because it is loaded into memory.`,
  `This computer has ${formatBytes(known)}. Nothing was loaded, and its disks were not touched.`,
];
