import type { Approval, BootPolicy } from "./machine.ts";
import type { MachineStore } from "./machine-store.ts";
import { usableUuid } from "./usable-uuid.ts";

/** Milliseconds between two looks whether somebody has changed a rule. */
const EVERY = 1000;

/** Why a machine gets no boot file. */
export type BootRefusal = "not approved" | "refused" | "it starts from its own disk";

interface Rule {
  readonly approval: Approval;
  readonly policy: BootPolicy;
}

export interface BootRulesOptions {
  readonly store: MachineStore;
  /** Only machines that somebody has approved get boot files. */
  readonly needsApproval: boolean;
  /** The rules cannot be read, and those of before count: once, until they can be again. */
  readonly onFailure: (error: Error) => void;
}

/**
 * Who gets boot files. DHCP cannot wait for a database: the rules of all machines are in memory, and read anew when somebody has changed one,
 * in this process or another one, at most a second later.
 */
export class BootRules implements AsyncDisposable {
  readonly #options: BootRulesOptions;
  readonly #timer: NodeJS.Timeout;
  #version: number | undefined;
  #byMac = new Map<string, Rule>();
  #byUuid = new Map<string, Rule | undefined>();
  #reading: Promise<void> | undefined;
  #hasFailed = false;

  private constructor(options: BootRulesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#refresh(), EVERY);
  }

  /** @throws PXE_MACHINES_FAILED */
  static async open(options: BootRulesOptions): Promise<BootRules> {
    const rules = new BootRules(options);
    try {
      await rules.#read();
      return rules;
    } catch (error) {
      await rules[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** @param mac undefined: it is not known which machine asks @returns undefined: it gets what it asks for */
  refusal(mac: string | undefined, uuid?: string): BootRefusal | undefined {
    const rule = (mac === undefined ? undefined : this.#byMac.get(mac)) ?? this.#byUuid.get(usableUuid(uuid) ?? "");
    if (rule?.approval === "refused") return "refused";
    if (this.#options.needsApproval && rule?.approval !== "approved") return "not approved";
    return rule?.policy === "never" ? "it starts from its own disk" : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
  }

  #refresh(): Promise<void> {
    this.#reading ??= this.#read()
      .then(() => {
        this.#hasFailed = false;
      })
      .catch((error: Error) => {
        if (!this.#hasFailed) this.#options.onFailure(error);
        this.#hasFailed = true;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const { store } = this.#options;
    const version = await store.rulesVersion();
    if (version === this.#version) return;
    const byMac = new Map<string, Rule>();
    const byUuid = new Map<string, Rule | undefined>();
    for (const { macs, uuid, approval, policy } of await store.list()) {
      const rule = { approval, policy };
      for (const mac of macs) byMac.set(mac, rule);
      // A UUID that two machines have says nothing of a card that is not known yet.
      if (uuid !== undefined) byUuid.set(uuid, byUuid.has(uuid) ? undefined : rule);
    }
    [this.#byMac, this.#byUuid, this.#version] = [byMac, byUuid, version];
  }
}
