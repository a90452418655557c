import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** Windows that is changed while it does not run: its registry, drivers that are put into it. */
export const windowsErrors = {
  INF_INVALID: entry<{ file: string; line?: number; problem: string }>(
    422,
    4,
    (d) => `${d.file}${d.line === undefined ? "" : `, line ${d.line}`}: this is no driver's description: ${d.problem}`,
    NOTHING_WRITTEN,
    "Download the driver again, or leave its folder out.",
  ),
  WINDOWS_UNKNOWN: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `this is no Windows that could be changed: ${d.file}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Name the partition that Windows is on. A Windows that never started once has to be set up by its own installation first.",
  ),
  WINDOWS_HIBERNATED: entry<{ disk: string; problem: string }>(
    409,
    7,
    (d) => `${d.disk} was not touched: ${d.problem}`,
    NOTHING_WRITTEN,
    "Start Windows once more where it ran, and shut it down completely (shutdown /s /t 0); or add --discard-hibernation: what was open in that session and not saved is lost then, files on the disk are not.",
  ),
  WINDOWS_UNDO_MISSING: entry<{ disk: string; problem: string }>(
    404,
    2,
    (d) => `there is nothing on ${d.disk} to take back: ${d.problem}`,
    NOTHING_WRITTEN,
    "What is changed for Windows is noted in Lifeboat\\Undo on its volume, and in EFI\\lifeboat on the EFI system partition: each folder there is named after a time.",
  ),
  WINDOWS_CHANGED_SINCE: entry<{ disk: string; time: string; files: string }>(
    409,
    7,
    (d) =>
      `what was changed on ${d.disk} at ${d.time} is not taken back: Windows has run since, or was changed again: ${d.files}`,
    "Nothing was written. The files of before lie in that folder of Lifeboat\\Undo and EFI\\lifeboat, byte for byte.",
    "Where Windows starts, leave it so: its .reg files there take back single values, from Windows itself. With --force the old files are brought back all the same: what Windows, its updates and programs have noted in the registry since is lost then.",
  ),
} as const;
