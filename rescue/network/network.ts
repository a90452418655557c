import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { reasonOf } from "#base/http/problem.ts";
import { type Network, proxySecret } from "#base/medium/network.ts";
import type { Log } from "#rescue/log.ts";
import { mergeNames, nameServers } from "#rescue/network/addressing.ts";
import { compareUnits } from "#rescue/network/compare-units.ts";
import type { Link, WifiNetwork } from "#rescue/network/link.ts";
import { proxyEnvironment, proxyScript } from "#rescue/network/proxy.ts";
import { readLinks } from "#rescue/network/read-links.ts";
import { type RunTool, runSteps } from "#rescue/network/run-steps.ts";
import type { NetworkPaths, Step, Unit } from "#rescue/network/step.ts";
import { planUnits } from "#rescue/network/units.ts";
import { scanWifi } from "#rescue/network/wifi-scan.ts";
import { secretMissing } from "#rescue/settings/secret-missing.ts";

export interface NetworkDeps {
  /** The settings as they are now. */
  readonly settings: () => Network;
  /** A password by its name. */
  readonly secret: (name: string) => string | undefined;
  readonly tool: RunTool;
  readonly paths: NetworkPaths;
  readonly log: Pick<Log, "info" | "warn">;
}

/** An interface of the settings: set up, or why it is not. */
export interface EntryState {
  readonly name: string;
  readonly device?: string;
  readonly problem?: { readonly code: string; readonly text: string };
}

export interface NetworkView {
  readonly entries: readonly EntryState[];
  readonly links: readonly Link[];
  readonly dns: readonly string[];
  readonly searchDomains: readonly string[];
}

/** Brings the machine's network to what the settings say, as often as these or the cards change. */
export class NetworkService {
  readonly #deps: NetworkDeps;
  #applied: readonly Unit[] | undefined;
  #problems = new Map<string, EntryState["problem"]>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: NetworkDeps) {
    this.#deps = deps;
  }

  /** Changes what differs from the settings. What cannot be set up is in the view with its reason, and stops nothing else. */
  apply(): Promise<void> {
    const result = this.#turn.then(() => this.#apply());
    this.#turn = result.catch(() => {});
    return result;
  }

  async view(): Promise<NetworkView> {
    await this.#turn;
    const units = this.#applied ?? [];
    const names = new Set([...units.map(({ name }) => name), ...this.#problems.keys()]);
    const resolv = await readFile(this.#deps.paths.resolvConf, "utf8").catch(() => "");
    return {
      entries: [...names].map((name) => {
        const device = units.find((unit) => unit.name === name)?.device;
        const problem = this.#problems.get(name);
        return { name, ...(device !== undefined && { device }), ...(problem && { problem }) };
      }),
      links: await readLinks(this.#deps.tool),
      dns: [...resolv.matchAll(/^nameserver (\S+)$/gm)].map(([, server]) => server as string),
      searchDomains: /^search (.*)$/m.exec(resolv)?.[1]?.split(" ") ?? [],
    };
  }

  /** What a Wi-Fi card hears. @throws NETWORK_CARD_MISSING when there is none, TOOL_FAILED */
  async scan(): Promise<WifiNetwork[]> {
    const { tool } = this.#deps;
    const card = (await readLinks(tool)).find(({ kind }) => kind === "wifi");
    if (!card) throw new LifeboatError("NETWORK_CARD_MISSING", { entry: "Wi-Fi", card: "a Wi-Fi card" });
    await runSteps(
      card.radioSwitches.map((path) => ({ kind: "write", path, content: "0", isKernel: true })),
      tool,
    );
    return scanWifi(card.device, tool);
  }

  /** Takes down everything that the settings have set up. */
  async close(): Promise<void> {
    await this.#turn;
    for (const unit of (await this.#readApplied()).toReversed()) await this.#takeDown(unit);
    await this.#keep([]);
  }

  async #apply(): Promise<void> {
    const { settings, secret, tool, paths } = this.#deps;
    const network = settings();
    const planned = planUnits(network, await readLinks(tool), secret, paths);
    const problems = new Map([...planned.problems].map(([name, error]) => [name, reasonOf(error)]));
    const applied = await this.#readApplied();
    const { down, up } = compareUnits(applied, planned.units);
    for (const unit of down) await this.#takeDown(unit);
    let now = applied.filter((unit) => !down.includes(unit));
    await runSteps([this.#ownNames(network), mergeNames(paths), this.#proxy(network)], tool);
    const proxy = this.#proxyProblem(network);
    if (proxy) problems.set("proxy", proxy);
    for (const unit of up) {
      const problem = await this.#setUp(unit);
      if (problem) problems.set(unit.name, problem);
      else now = [...now, unit];
      await this.#keep(now);
    }
    await this.#keep(now);
    this.#problems = problems;
  }

  /** Of the settings as a whole: they come before what DHCP says. */
  #ownNames({ dns, searchDomains }: Network) {
    return nameServers(join(this.#deps.paths.folder, "names", "0.fixed"), dns, searchDomains);
  }

  /** For rescue/init/lifeboat, and for shells. */
  #proxy({ proxy }: Network): Step {
    const use = proxy && proxySecret(proxy);
    const content = proxyScript(proxyEnvironment(proxy, use && this.#deps.secret(use.name)));
    return { kind: "write", path: join(this.#deps.paths.folder, "proxy.sh"), content };
  }

  #proxyProblem({ proxy }: Network): EntryState["problem"] {
    const use = proxy && proxySecret(proxy);
    if (!use || this.#deps.secret(use.name) !== undefined) return undefined;
    return reasonOf(secretMissing(use));
  }

  async #setUp(unit: Unit): Promise<EntryState["problem"]> {
    const { tool, log } = this.#deps;
    try {
      await runSteps(unit.up, tool);
      log.info({ interface: unit.name, device: unit.device }, "an interface is set up");
      return undefined;
    } catch (error) {
      log.warn({ err: error, interface: unit.name }, "an interface could not be set up");
      await this.#takeDown(unit);
      return reasonOf(error);
    }
  }

  async #takeDown(unit: Unit): Promise<void> {
    const { tool, log } = this.#deps;
    await runSteps(unit.down, tool).catch((error) =>
      log.warn({ err: error, interface: unit.name }, "an interface could not be taken down"),
    );
  }

  /** Kept in a file, as interfaces and dhcpcd outlive a server that died. */
  async #readApplied(): Promise<readonly Unit[]> {
    this.#applied ??= JSON.parse(await readFile(this.#appliedFile, "utf8").catch(() => "[]")) as Unit[];
    return this.#applied;
  }

  async #keep(units: readonly Unit[]): Promise<void> {
    this.#applied = units;
    await mkdir(this.#deps.paths.folder, { recursive: true, mode: 0o700 });
    await writeFile(`${this.#appliedFile}.new`, JSON.stringify(units), { mode: 0o600 });
    await rename(`${this.#appliedFile}.new`, this.#appliedFile);
  }

  get #appliedFile(): string {
    return join(this.#deps.paths.folder, "applied.json");
  }
}
