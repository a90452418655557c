import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Network, NetworkInterface } from "#base/medium/network.ts";
import type { Place } from "#base/medium/place.ts";
import type { SecretUse } from "#base/medium/secret.ts";
import { MediumSettings, secretsOf } from "#base/medium-settings.ts";
import { openSealedBox, sealSecrets } from "#imaging/keys/sealed-box.ts";
import type { Log } from "#rescue/log.ts";
import type { SecretBook } from "#rescue/settings/secret-book.ts";
import {
  type OwnSettings,
  readMediumSettings,
  readOwnSettings,
  writeSettings,
} from "#rescue/settings/settings-files.ts";

export interface SettingsFiles {
  /** What the medium was built with. */
  readonly medium: string;
  /** On the stick's partition for data, which may not be there. */
  readonly kept: string;
  /** In memory: what was changed since the start, for a server that is started again. */
  readonly session: string;
}

export interface SealedState {
  /** none: no password is sealed; locked: the passphrase is not known yet. */
  readonly sealed: "none" | "locked" | "open";
  /** Passwords that the settings need and nobody has given yet. */
  readonly missing: readonly SecretUse[];
}

/** The settings that are in force: the medium's, then what the stick keeps, then what was changed since the start. */
export class Settings {
  readonly #medium: MediumSettings;
  readonly #files: SettingsFiles;
  readonly #secrets: SecretBook;
  #own: OwnSettings;
  #isOpen = false;
  /** Why the settings of the medium, or those that were kept, are not in force. */
  readonly problem: LifeboatError | undefined;

  private constructor(
    medium: MediumSettings,
    own: OwnSettings,
    context: { files: SettingsFiles; secrets: SecretBook; problem: LifeboatError | undefined },
  ) {
    this.#medium = medium;
    this.#own = own;
    this.#files = context.files;
    this.#secrets = context.secrets;
    this.problem = context.problem;
  }

  /** A file that cannot be understood is as good as none, and is named in `problem`. */
  static async open(files: SettingsFiles, secrets: SecretBook, log: Pick<Log, "error">): Promise<Settings> {
    let problem: LifeboatError | undefined;
    const orElse =
      <T>(fallback: T) =>
      (error: unknown) => {
        if (!(error instanceof LifeboatError)) throw error;
        log.error({ err: error }, "settings are not in force");
        problem ??= error;
        return fallback;
      };
    const medium = await readMediumSettings(files.medium).catch(orElse(MediumSettings.parse({})));
    const kept = await readOwnSettings(files.kept).catch(orElse<OwnSettings>({}));
    const session = await readOwnSettings(files.session).catch(orElse<OwnSettings>({}));
    return new Settings(medium, { ...kept, ...session }, { files, secrets, problem });
  }

  get current(): MediumSettings {
    return Object.assign({}, this.#medium, this.#own);
  }

  /** Of the medium, beside its settings. */
  get logoFile(): string | undefined {
    const { logo } = this.#medium.branding;
    return logo === undefined ? undefined : join(dirname(this.#files.medium), logo);
  }

  async change(own: OwnSettings): Promise<void> {
    this.#own = { ...this.#own, ...own };
    await writeSettings(this.#files.session, this.#own);
  }

  sealedState(): SealedState {
    const { secrets } = this.current;
    const missing = secretsOf(this.current).filter(({ name }) => this.#secrets.get(name) === undefined);
    const isOpen = this.#isOpen || !missing.some(({ from }) => from === "sealed");
    return { sealed: secrets === undefined ? "none" : isOpen ? "open" : "locked", missing };
  }

  /** Opens the sealed passwords. @throws PASSPHRASE_WRONG, KEY_INVALID */
  async unlock(passphrase: string): Promise<void> {
    const { secrets } = this.current;
    const found = secrets && (await openSealedBox(secrets, passphrase));
    if (!found) throw new LifeboatError("PASSPHRASE_WRONG", { what: "this medium" });
    this.#isOpen = true;
    await this.#secrets.learn(found);
  }

  /** Takes a password that the settings need. @throws NOT_FOUND when they speak of none by this name */
  async give(name: string, secret: string): Promise<void> {
    if (!secretsOf(this.current).some((use) => use.name === name))
      throw new LifeboatError("NOT_FOUND", { what: "a setting that needs this password" });
    await this.#secrets.learn({ [name]: secret });
  }

  /**
   * Keeps network, places, time zone, language and keyboard on the stick. With a passphrase the known passwords go with them, sealed; without one
   * they are asked for at the next start.
   * @throws SETTINGS_NOT_KEPT, KEY_INVALID
   */
  async keep(passphrase: string | undefined): Promise<void> {
    const { network, places, timeZone, language, keyboard } = this.current;
    const from = passphrase === undefined ? "ask" : "sealed";
    const own = {
      network: withPasswords(network, from),
      places: places.map((place) => placeWith(place, from)),
      ...{ timeZone, language, keyboard },
    };
    const names = secretsOf(own).map(({ name }) => name);
    const box = passphrase === undefined ? {} : { secrets: await sealSecrets(this.#secrets.pick(names), passphrase) };
    await this.#write({ ...own, ...box });
    await this.change({ ...own, ...box });
  }

  /** Keeps language and keyboard on the stick, beside what is kept there. @throws SETTINGS_NOT_KEPT, SETTINGS_INVALID */
  async keepScreen(): Promise<void> {
    const { language, keyboard } = this.current;
    await this.#write({ ...(await readOwnSettings(this.#files.kept)), language, keyboard });
  }

  async #write(own: OwnSettings): Promise<void> {
    try {
      await writeSettings(this.#files.kept, own);
    } catch (cause) {
      throw new LifeboatError("SETTINGS_NOT_KEPT", { reason: (cause as Error).message }, { cause });
    }
  }
}

type From = "ask" | "sealed";

const placeWith = (place: Place, from: From): Place =>
  "password" in place && place.password !== "none" ? { ...place, password: from } : place;

function withPasswords({ interfaces, proxy, ...rest }: Network, from: From): Network {
  const entryWith = (entry: NetworkInterface): NetworkInterface =>
    entry.kind === "wifi" ? { ...entry, password: from } : entry;
  return {
    ...rest,
    interfaces: interfaces === "auto" ? interfaces : interfaces.map(entryWith),
    ...(proxy && { proxy: proxy.password === "none" ? proxy : { ...proxy, password: from } }),
  };
}
