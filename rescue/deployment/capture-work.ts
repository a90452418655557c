import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { CaptureTask } from "#base/deployment/task.ts";
import { isLifeboatError } from "#base/errors.ts";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { capturedLines } from "#imaging/capture/describe-captured.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { isRepositoryFolder } from "#imaging/repository/repository.ts";
import { say } from "#imaging/words/say.ts";
import { sayError } from "#imaging/words/say-problem.ts";
import { mountShare } from "#rescue/shares/mount-share.ts";
import { isShare } from "#rescue/shares/share.ts";
import { abandonShare, unmountShare } from "#rescue/shares/unmount-share.ts";
import { chooseTarget } from "#rescue/unattended/choose-target.ts";
import { Doubt } from "#rescue/unattended/doubt.ts";
import type { UnattendedWork } from "#rescue/unattended/work.ts";

export interface CaptureWorkDeps {
  readonly task: CaptureTask;
  readonly listDisks: () => Promise<readonly Disk[]>;
  /** Lets go of what the search for images has mounted of a disk. */
  readonly release: (diskId: string) => Promise<void>;
  /** In memory, for what the share's tools need. */
  readonly folder: string;
  /** A file with the repository's password. */
  readonly passwordFile?: string | undefined;
}

/** The share is connected and the disk is found; `lifeboat capture` does the rest. Disposing of it disconnects the share. */
export function captureWork(deps: CaptureWorkDeps): UnattendedWork & AsyncDisposable {
  const { task, listDisks, release, folder, passwordFile } = deps;
  const point = join(folder, "share");
  let share: string | undefined;
  const connect = async (): Promise<string> => {
    if (!isShare(task.place)) throw new Doubt([say("says.no-share")]);
    share ??= await mountShare(task.place, task.placePassword, { point, work: join(folder, "share-work") });
    return share;
  };
  return {
    title: say("does.capture", { repository: task.repository, place: task.place.name }),
    async look() {
      let into: string;
      try {
        into = join(await connect(), task.repository);
      } catch (error) {
        // Links come up, file servers are started again.
        if (isLifeboatError(error)) return { waits: sayError(error) };
        throw error;
      }
      if (!(await isRepositoryFolder(into)))
        throw new Doubt([say("says.no-repository", { place: task.place.name, repository: task.repository })]);
      const source = chooseTarget(await listDisks(), task.from, "");
      if (!("disk" in source)) return { waits: source.reason };
      const { disk } = source;
      await release(disk.id);
      return {
        title: say("does.capture-disk", {
          ...{ disk: diskName(disk), size: disk.size },
          ...{ repository: task.repository, place: task.place.name },
        }),
        lines: [say("says.only-read", { disk: diskName(disk) })],
        claim: { writes: [], reads: [disk.id], busy: diskName(disk) },
        args: captureArguments(task, disk.id, into, passwordFile),
        came: (result) => capturedLines(JSON.parse(result) as CaptureReport),
        async onDone() {},
      };
    },
    async [Symbol.asyncDispose]() {
      if (share === undefined) return;
      await unmountShare(point).catch(() => abandonShare(point).catch(() => {}));
      await rmdir(point).catch(() => {});
    },
  };
}

export const captureArguments = (
  { name, leaveOutPageFiles, bytesPerSecond }: CaptureTask,
  diskId: string,
  into: string,
  passwordFile: string | undefined,
): string[] => [
  ...["capture", diskId, "--to", into, "--name", name, "--json"],
  ...(leaveOutPageFiles ? ["--leave-out-page-files"] : []),
  ...(passwordFile === undefined ? [] : ["--password-file", passwordFile]),
  ...(bytesPerSecond === undefined ? [] : ["--limit", String(bytesPerSecond)]),
];
