import type { Sentence } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import {
  addService,
  bindCriticalDevices,
  bindInDriverDatabase,
  type DriverBinding,
  hasDriverDatabase,
} from "#imaging/universal/windows/bind-driver.ts";
import type { ChosenDriver } from "#imaging/universal/windows/choose-drivers.ts";
import { type DriverFileHeaders, readDriverFile } from "#imaging/universal/windows/driver-file.ts";
import { readPackageFile } from "#imaging/universal/windows/driver-files.ts";
import { type DriverInstallation, readInstallSection } from "#imaging/universal/windows/inf/install-section.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";
import { DRIVERS } from "#imaging/universal/windows/service-file.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

export interface InjectOptions {
  readonly target: TargetSystem;
  /** The devices are those of the machine that Windows will run on. */
  readonly isMatched: boolean;
  readonly problem: (of: Sentence) => void;
  readonly note: (of: Sentence) => void;
}

/** Drivers that come with Windows: what stands in a package under such a name is no vendor's. */
const OF_WINDOWS = new Set([
  "storahci",
  "stornvme",
  "msahci",
  "pciide",
  "intelide",
  "atapi",
  "storvsc",
  "vmbus",
  "spaceport",
]);
const KERNEL_DRIVER = 1;
/** A key's name, and a file's. */
const PLAIN_NAME = /^[\w .&()+-]{1,200}$/;
const DEVICE_ID = /^[A-Z0-9_]{1,32}\\[^\\\0]{1,200}$/;
/** Of one package: real ones have a handful of install sections, and some hundred ids. */
const MOST_INSTALLS = 200;
const MOST_IDS = 5000;

/**
 * Puts a driver into Windows so that it is loaded before there is a disk: its file, its service, and the devices that it
 * is for, as plug and play would find them. Nothing is done by halves: what cannot be put in wholly is a problem, and nothing else.
 * @returns the files to write. @throws INF_INVALID
 */
export async function injectDriver(
  registry: WindowsRegistry,
  tree: SystemTree,
  { package: one, models }: ChosenDriver,
  options: InjectOptions,
): Promise<SystemChange[]> {
  const { inf, description } = one;
  const changes: SystemChange[] = [];
  const installs = Map.groupBy(models, ({ install }) => install.toLowerCase());
  for (const own of [...installs.values()].slice(0, MOST_INSTALLS)) {
    const install = own[0]?.install ?? "";
    const installation = readInstallSection(inf, install, options.target);
    const service = installation.services.find(({ isOfDevice }) => isOfDevice);
    if (!service) {
      const { needs } = installation;
      const why = needs.length > 0 ? say("windows.goes-on", { list: needs }) : say("windows.has-none");
      options.note(say("windows.no-own-driver", { inf: inf.name, section: install, why }));
      continue;
    }
    const refuse = (why: Sentence) =>
      options.problem(say("windows.not-put-in", { inf: inf.name, driver: service.name, why }));
    const ids = own
      .flatMap((model) => model.ids)
      .filter((id) => DEVICE_ID.test(id))
      .slice(0, MOST_IDS);
    if (service.type !== KERNEL_DRIVER) refuse(say("windows.no-driver", { type: String(service.type) }));
    else if (OF_WINDOWS.has(service.name.toLowerCase())) refuse(say("windows.own-driver"));
    else if (![service.name, service.binary, install, inf.name].every((name) => PLAIN_NAME.test(name)))
      refuse(say("windows.bad-names"));
    else if (ids.length === 0) refuse(say("windows.no-device"));
    else {
      const file = await driverFile(tree, one.folder, installation, service.binary, options, refuse);
      if (!file) continue;
      changes.push(...file);
      const { architecture } = options.target;
      const classGuid = description.classGuid ?? "{4d36e97b-e325-11ce-bfc1-08002be10318}";
      bind(
        registry,
        { inf: inf.name, classGuid, architecture, service, install, ids: [...new Set(ids)] },
        options,
        refuse,
      );
    }
  }
  return changes;
}

function bind(
  registry: WindowsRegistry,
  binding: DriverBinding,
  { isMatched }: InjectOptions,
  refuse: (why: Sentence) => void,
): void {
  if (!hasDriverDatabase(registry)) bindCriticalDevices(registry, binding, isMatched);
  else if (!bindInDriverDatabase(registry, binding)) refuse(say("windows.other-package"));
  addService(registry, binding);
}

/** The driver's own file, where Windows will look for it. @returns undefined when it must not be used */
async function driverFile(
  tree: SystemTree,
  folder: string,
  { files }: DriverInstallation,
  binary: string,
  { target, note }: InjectOptions,
  refuse: (why: Sentence) => void,
): Promise<SystemChange[] | undefined> {
  const source = files.find(({ name }) => name.toLowerCase() === binary.toLowerCase())?.source ?? binary;
  const file = await readPackageFile(folder, source);
  if (!file) return void refuse(say("windows.file-missing", { file: source }));
  const headers = readDriverFile(file.content);
  if (!headers) return void refuse(say("windows.no-program", { file: source }));
  if (headers.architecture !== target.architecture)
    return void refuse(
      say("windows.wrong-architecture", {
        ...{ file: source, architecture: headers.architecture, own: target.architecture },
      }),
    );
  if (mustBeSigned(target) && !headers.isSigned) return void refuse(say("windows.unsigned", { file: source }));
  return placed(tree, `${DRIVERS}/${binary}`, file.content, headers, note);
}

/** What the boot loader loads must be signed in itself: Windows Vista and later, 64-bit ("Driver Signing", Microsoft). */
const mustBeSigned = ({ architecture }: TargetSystem): boolean => architecture === "amd64" || architecture === "arm64";

async function placed(
  tree: SystemTree,
  path: string,
  content: Uint8Array,
  { architecture }: DriverFileHeaders,
  note: (of: Sentence) => void,
): Promise<SystemChange[]> {
  const before = await tree.read(path);
  if (before && Buffer.compare(before, content) === 0) return [];
  if (before) note(say("windows.file-replaced", { path }));
  return [{ op: "write", path, content, ...say("windows.driver-file", { architecture }), access: "everyone-reads" }];
}
