import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Disk,
  PageShown,
  PowerState,
  Problem,
  System,
  UnattendedRequest,
  UnattendedState,
} from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";
import { type Loaded, load, loaded } from "#ui/api/loaded.ts";
import { Capture } from "#ui/capture/capture.ts";
import { OperationWatch } from "#ui/operation/operation-watch.ts";
import { Partitions } from "#ui/partitions/partitions.ts";
import { Restore } from "#ui/restore/restore.ts";
import type { SourceKind } from "#ui/restore/route.ts";
import { addressOf, isFresh, operationAddress, operationOf, type Section, sectionOf } from "#ui/shell/section.ts";
import { steerUnattended, watchUnattended } from "#ui/unattended/unattended-step.ts";

/** What the interface needs of the browser; tests give their own. */
export interface Surroundings {
  readonly api: Api;
  hash(): string;
  /** `replace`: the Back button of the browser does not come back here. */
  setHash(hash: string, replace: boolean): void;
  /** The jobs whose result the user has left behind; kept over a reload. */
  readonly acknowledged: { has(jobId: string): boolean; add(jobId: string): void };
}

export type PowerAction = "restart" | "shut-down";

/**
 * The store of the whole interface: which section is shown, and what concerns all of them. The address names the section and what
 * was chosen in it, so a reload and a second browser come back to the same page.
 */
export class Shell {
  readonly api: Api;
  readonly section: Signal<Section>;
  /** Of the page that is shown, for pages that hold no more than what it says. */
  readonly address: Signal<string>;
  readonly restore: Restore;
  readonly clone: Restore;
  readonly capture: Capture;
  /** The job that runs and is no restore. */
  readonly watch: OperationWatch;
  readonly partitions: Partitions;

  readonly system: Signal<Loaded<System>> = loaded();
  readonly disks: Signal<Loaded<readonly Disk[]>> = loaded();
  readonly powerState: Signal<Loaded<PowerState>> = loaded();
  /** What was asked of the machine and refused. */
  readonly problem: Signal<Problem | undefined> = signal(undefined);
  readonly poweringOff: Signal<PowerAction | undefined> = signal(undefined);
  /** What the medium does by itself; its page is left for good with `unattendedLeft`. */
  readonly unattended: Signal<UnattendedState | undefined> = signal(undefined);
  readonly unattendedLeft = signal(false);
  /** It is known which page to show. */
  readonly begun = signal(false);

  /** The page that is complete with its data; undefined while something is still being fetched. */
  readonly shown: ReadonlySignal<PageShown["page"] | undefined> = computed(() => {
    if (!this.begun.value) return undefined;
    const section = this.section.value;
    const isThere = ({ value, problem }: Loaded<unknown>) => value !== undefined || problem !== undefined;
    if (section === "restore" || section === "clone") return this[section].shown.value;
    if (section === "images" && !isThere(this.restore.images.value)) return undefined;
    if (section === "capture" && !this.capture.isReady.value) return undefined;
    if (section === "home")
      return isThere(this.restore.images.value) && isThere(this.disks.value) ? section : undefined;
    return section;
  });

  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.api = around.api;
    this.section = signal(sectionOf(around.hash()));
    this.address = signal(around.hash());
    this.watch = new OperationWatch(around.api);
    this.capture = new Capture({
      api: around.api,
      hash: () => around.hash(),
      show: (hash, replace) => this.#show(hash, replace),
      isShown: () => this.section.value === "capture",
      showOperation: (id) => this.showOperation(id),
    });
    this.restore = this.#openRestore("restore");
    this.clone = this.#openRestore("clone");
    this.partitions = new Partitions({
      api: around.api,
      show: (hash, replace) => this.#show(hash, replace),
      isShown: () => this.section.value === "partitions",
    });
  }

  #openRestore(kind: SourceKind): Restore {
    const { api, acknowledged, hash } = this.#around;
    return new Restore({
      ...{ kind, api, acknowledged },
      hash: () => (this.section.value === kind ? hash() : ""),
      show: (address, replace) => this.#show(address, replace),
      isShown: () => this.section.value === kind,
    });
  }

  /** Reads the address, and looks for a job that somebody who has just come should see. */
  async begin(): Promise<void> {
    const { api } = this;
    void load(this.system, () => api.call("system"));
    await watchUnattended(this, api);
    const isRestoring = await this.restore.findJob();
    const isCloning = await this.clone.findJob();
    const operation = await this.watch.find();
    if (isFresh(this.#around.hash())) {
      if (isRestoring || isCloning) this.section.value = isRestoring ? "restore" : "clone";
      else if (operation) this.showOperation(operation.id);
    }
    this.#enter();
    this.begun.value = true;
    void this.clone.begin();
    await this.restore.begin();
  }

  /** The address changed: a link, or the browser's Back and Forward. */
  followHash(): void {
    this.address.value = this.#around.hash();
    const section = sectionOf(this.#around.hash());
    if (section === this.section.value) {
      if (section === "restore" || section === "clone") this[section].followHash();
      if (section === "capture") this.capture.followHash();
      if (section === "partitions") this.partitions.followHash(this.#around.hash());
      return;
    }
    batch(() => {
      this.#turnTo(section);
      this.problem.value = undefined;
      this.#enter();
      if (section !== "restore" && section !== "clone") return;
      // A link from elsewhere that says what to restore: what ended before is over.
      if (this.#around.hash().includes("?")) this[section].forgetEnded();
      this[section].followHash();
    });
  }

  showOperation(id: string): void {
    this.watch.follow(id);
    this.#show(operationAddress(id), false);
  }

  /** As a link to it would. */
  go(section: Section): void {
    this.#around.setHash(addressOf(section), false);
    this.followHash();
  }

  /** Of the page that shows one. */
  get operationId(): string {
    return operationOf(this.#around.hash());
  }

  readonly steerUnattended = (action: UnattendedRequest["action"]): Promise<void> =>
    this.#act(() => steerUnattended(this, this.api, action));

  async power(action: PowerAction): Promise<void> {
    await this.#act(async () => {
      await this.api.call("power", { body: { action } });
      this.poweringOff.value = action;
    });
  }

  /** What the page of a section wants to be new each time that it is come to. */
  #enter(): void {
    const section = this.section.value;
    if (section === "home") {
      void load(this.disks, () => this.api.call("disks"));
      // A capture may have ended; at the start they are asked for anyway.
      if (this.begun.value) void this.restore.loadImages();
    }
    if (section === "capture") this.capture.followHash();
    if (section === "partitions") void this.partitions.enter(this.#around.hash());
    if (section === "home" || section === "power") void load(this.powerState, () => this.api.call("powerState"));
  }

  #show(hash: string, replace: boolean): void {
    this.#around.setHash(hash, replace);
    this.address.value = hash;
    this.#turnTo(sectionOf(hash));
  }

  /** The end of a job is news until its page was seen. */
  #turnTo(section: Section): void {
    const from = this.section.value;
    if (from === section) return;
    if (from === "restore" || from === "clone") this[from].leave();
    if (from === "operation") this.watch.leave("link");
    this.section.value = section;
  }

  async #act(action: () => Promise<void>): Promise<void> {
    this.problem.value = undefined;
    try {
      await action();
    } catch (error) {
      this.problem.value = toProblem(error);
    }
  }
}
