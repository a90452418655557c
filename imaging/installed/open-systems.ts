import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Sentence } from "#base/sentence.ts";
import { chrootMounts } from "#imaging/installed/chroot-mounts.ts";
import { crypttabVolumes } from "#imaging/installed/crypttab-volumes.ts";
import { type FatFolder, fatFolder } from "#imaging/installed/fat-folder.ts";
import type { InstalledMount, InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import { isMountable, type MountWish, mountSystemVolume } from "#imaging/installed/mount-system.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";
import type { VolumeFile } from "#imaging/installed/volume-file.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { unmountWritten } from "#imaging/system/unmount-written.ts";
import { systemMounts } from "#imaging/systems/fstab.ts";
import { insideWords, ofVolume } from "#imaging/words/inside-words.ts";
import { say } from "#imaging/words/say.ts";

const PURPOSE = "open an installed system";
const ESP_TYPES = ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"];
/** Of btrfs, a folder of the top level that may hold a root. */
const MOST_SUBVOLUMES = 200;

export interface OpenSystemsOptions {
  /** As of VolumeFiles. */
  readonly containers: readonly InstalledVolume[];
  /** An empty folder of this process' own mount namespace. */
  readonly folder: string;
  readonly write: boolean;
  /** As of MountWish, for all that is written to. */
  readonly discardHibernation?: boolean | undefined;
  readonly signal: AbortSignal;
}

export interface OpenSystems {
  readonly systems: readonly InstalledSystem[];
  /** The disk's EFI system partitions, also where there is no system that knows them. */
  readonly efi: InstalledSystem["efi"];
  /** Volumes whose driver refused them, in plain words. */
  readonly closed: readonly string[];
  /** Unmounts all, and brings to the disk what was changed in copies. To be called when all went well. */
  close(): Promise<void>;
}

/**
 * Finds the systems on volumes and mounts each as it mounts itself. Runs in a process with a mount namespace of its own
 * (task-process.ts): when that ends, however it ends, every mount and loop device is gone.
 * @throws TOOL_MISSING, TOOL_FAILED for a volume that a system needs
 */
export async function openSystems(files: readonly VolumeFile[], options: OpenSystemsOptions): Promise<OpenSystems> {
  const opening = new Opening(files, options);
  await opening.mountEfi();
  for (const file of files) await opening.lookAt(file);
  return opening.opened();
}

class Opening {
  readonly #files: readonly VolumeFile[];
  readonly #options: OpenSystemsOptions;
  readonly #efi: { file: VolumeFile; fat: FatFolder }[] = [];
  readonly #systems: InstalledSystem[] = [];
  /** Volumes from which legacy firmware starts a Windows that lies on another one. */
  readonly #starters: { root: string; volume: InstalledVolume }[] = [];
  readonly #closed: string[] = [];
  /** Folders in the order in which they were mounted. */
  readonly #mounted: string[] = [];
  /** Of these, volumes that are mounted to be written. */
  readonly #written = new Set<string>();
  #count = 0;

  constructor(files: readonly VolumeFile[], options: OpenSystemsOptions) {
    this.#files = files;
    this.#options = options;
  }

  opened(): OpenSystems {
    return {
      systems: this.#systems.map((one) =>
        one.kind === "windows" && this.#starters.length > 0 ? { ...one, startedFrom: this.#starters } : one,
      ),
      efi: this.#efiFolders(),
      closed: this.#closed,
      close: async () => {
        for (const folder of this.#mounted.reverse())
          if (this.#written.has(folder)) await unmountWritten(folder, PURPOSE);
          else await runTool("umount", [folder], PURPOSE);
        if (this.#options.write) for (const { fat } of this.#efi) await fat.bringBack();
      },
    };
  }

  async mountEfi(): Promise<void> {
    const isEfi = ({ volume }: VolumeFile) => volume.filesystem === "vfat" && ESP_TYPES.includes(volume.partitionType);
    for (const file of this.#files.filter(isEfi))
      try {
        this.#efi.push({ file, fat: await fatFolder(file, this.#newFolder(), this.#options.signal) });
      } catch (error) {
        this.#closed.push(insideWords["at.efi"]({ number: file.volume.partition, what: reasonOf(error) }));
      }
  }

  /** Whether a system starts from it. */
  async lookAt(file: VolumeFile): Promise<void> {
    if (!isMountable(file.volume.filesystem)) return;
    const folder = this.#newFolder();
    const look = { write: false };
    try {
      // Not a bit of a volume changes in which there is no system.
      await this.#mount(file, folder, look);
      const found = await this.#kindOf(file, folder);
      await this.#unmount(folder);
      if (!found) return;
      await this.#mount(file, folder, { write: this.#options.write, subvolume: found.subvolume });
      if (found.kind === "starter") this.#starters.push({ root: folder, volume: file.volume });
      else if (found.kind === "windows") this.#addWindows(file, folder);
      else await this.#assemble(file, { folder, subvolume: found.subvolume });
    } catch (error) {
      this.#options.signal.throwIfAborted();
      this.#closed.push(ofVolume(file.volume.partition, file.volume.inside, reasonOf(error)));
    }
  }

  async #kindOf(file: VolumeFile, folder: string): Promise<FoundRoot | undefined> {
    if (file.volume.filesystem === "ntfs") {
      const tree = systemTree(folder, { ignoreCase: true });
      if ((await tree.kind("Windows/System32/config/SYSTEM")) === "file") return { kind: "windows" };
      const isStarter = (await tree.kind("bootmgr")) === "file" || (await tree.kind("Boot/BCD")) === "file";
      return isStarter ? { kind: "starter" } : undefined;
    }
    if (await isLinuxRoot(folder)) return { kind: "linux" };
    const subvolume = file.volume.filesystem === "btrfs" ? await this.#rootSubvolume(file) : undefined;
    return subvolume === undefined ? undefined : { kind: "linux", subvolume };
  }

  #addWindows(file: VolumeFile, folder: string): void {
    const mounts = [{ folder: "/", volume: file.volume }];
    this.#systems.push({ ...this.#common(), kind: "windows", name: "Windows", root: folder, mounts, missing: [] });
  }

  /** The root may be a subvolume that the volume does not open with: "@", "root", "@rootfs". */
  async #rootSubvolume(file: VolumeFile): Promise<string | undefined> {
    const top = this.#newFolder();
    await this.#mount(file, top, { write: false, subvolume: "" });
    let found: string | undefined;
    for (const name of (await systemTree(top).list("/")).slice(0, MOST_SUBVOLUMES))
      if (found === undefined && (await isLinuxRoot(join(top, name)))) found = name;
    await this.#unmount(top);
    return found;
  }

  /** Mounts what the root's fstab names where it says. */
  async #assemble({ volume: rootVolume }: VolumeFile, { folder: root, subvolume }: Root): Promise<void> {
    const tree = systemTree(root);
    const volumes = this.#volumes();
    const mapped = crypttabVolumes((await tree.text("/etc/crypttab")) ?? "", volumes);
    const mounts: InstalledMount[] = [{ folder: "/", volume: rootVolume, subvolume }];
    const missing: Sentence[] = [];
    const wanted = systemMounts((await tree.text("/etc/fstab")) ?? "").filter(
      ({ folder }) => !NOT_MOUNTED.includes(folder),
    );
    for (const { device, folder, options } of wanted.sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
      if (!/^(\/dev\/|[A-Z]+=)/.test(device)) continue; // tmpfs, overlay
      const volume = volumeCalled(device, volumes, mapped);
      const file = this.#files.find((one) => one.volume === volume);
      const inside = /(?:^|,)subvol=\/?([^,]+)/.exec(options)?.[1];
      const problem = file ? await this.#mountAt(tree.root, folder, file, inside) : say("linux.elsewhere");
      if (problem === undefined && volume) mounts.push({ folder, volume, subvolume: inside });
      else missing.push(say("linux.unmounted", { folder, device, why: problem ?? say("linux.elsewhere") }));
    }
    const name = await releaseName(root);
    if (this.#options.write) this.#mounted.push(...(await chrootMounts(tree)));
    this.#systems.push({ ...this.#common(), kind: "linux", name, root, mounts, missing });
  }

  /** @returns why not */
  async #mountAt(
    root: string,
    folder: string,
    file: VolumeFile,
    subvolume: string | undefined,
  ): Promise<Sentence | undefined> {
    const place = await systemTree(root).resolve(folder);
    if (place === root) return say("linux.link-to-root");
    try {
      if (this.#options.write) await mkdir(place, { recursive: true });
      const efi = this.#efi.find((one) => one.file === file);
      if (efi) await this.#bind(efi.fat.folder, place);
      else if (isMountable(file.volume.filesystem))
        await this.#mount(file, place, { write: this.#options.write, subvolume });
      else return say("linux.no-filesystem", { filesystem: file.volume.filesystem });
      return undefined;
    } catch (error) {
      return { text: reasonOf(error) };
    }
  }

  async #mount(file: VolumeFile, folder: string, wish: MountWish): Promise<void> {
    this.#options.signal.throwIfAborted();
    const { discardHibernation } = this.#options;
    await mountSystemVolume(file, folder, { ...wish, discardHibernation });
    this.#mounted.push(folder);
    if (wish.write) this.#written.add(folder);
  }

  async #bind(from: string, to: string): Promise<void> {
    await runTool("mount", ["--bind", from, to], PURPOSE);
    this.#mounted.push(to);
  }

  async #unmount(folder: string): Promise<void> {
    await runTool("umount", [folder], PURPOSE);
    this.#mounted.splice(this.#mounted.lastIndexOf(folder), 1);
  }

  #volumes = (): InstalledVolume[] => [...this.#options.containers, ...this.#files.map(({ volume }) => volume)];

  #newFolder = (): string => join(this.#options.folder, String(this.#count++));

  #efiFolders = () => this.#efi.map(({ file, fat }) => ({ root: fat.folder, volume: file.volume }));

  #common = (): Pick<InstalledSystem, "efi" | "volumes"> => ({
    efi: this.#efiFolders(),
    volumes: this.#volumes(),
  });
}

interface FoundRoot {
  readonly kind: InstalledSystem["kind"] | "starter";
  readonly subvolume?: string;
}

interface Root {
  readonly folder: string;
  readonly subvolume: string | undefined;
}

/** The root is; swap has no files; what is to be forgotten at each start need not be there. */
const NOT_MOUNTED = ["/", "swap", "/tmp"];

async function isLinuxRoot(folder: string): Promise<boolean> {
  const tree = systemTree(folder);
  if ((await tree.kind("/etc")) !== "folder") return false;
  if ((await tree.kind("/usr")) !== "folder" && (await tree.kind("/bin")) !== "folder") return false;
  for (const path of ["/etc/fstab", "/etc/os-release", "/usr/lib/os-release"])
    if ((await tree.kind(path)) === "file") return true;
  return false;
}

async function releaseName(root: string): Promise<string> {
  const tree = systemTree(root);
  const text = (await tree.text("/etc/os-release")) ?? (await tree.text("/usr/lib/os-release")) ?? "";
  return /^PRETTY_NAME=["']?([^"'\n]*)/m.exec(text)?.[1] || "Linux";
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^[A-Z_]+: /, "") : String(error);
