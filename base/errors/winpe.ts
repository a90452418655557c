import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

const UNCHANGED = "Nothing was written, and the file is unchanged.";

/** Media with Windows PE, made of what the user has of Windows. */
export const winpeErrors = {
  WIM_INVALID: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is no WIM that can be used: ${d.problem}`,
    UNCHANGED,
    "Give winpe.wim of the Windows ADK, sources/boot.wim of a Windows ISO, or Winre.wim.",
  ),
  WIM_DAMAGED: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is damaged: ${d.problem}`,
    UNCHANGED,
    "Copy or download it again, and compare its size and SHA-256 with those of the original.",
  ),
  WIM_NO_IMAGE: entry<{ file: string; index: number; have: string }>(
    404,
    2,
    (d) => `${d.file} has no image ${d.index}; it has ${d.have}`,
    UNCHANGED,
    "Give --index with one of these, or leave it out.",
  ),
  WINPE_NO_PE: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} holds no Windows PE: ${d.problem}`,
    UNCHANGED,
    "Give winpe.wim of the Windows ADK, sources/boot.wim (not install.wim) of a Windows ISO, or Winre.wim.",
  ),
  WINPE_WRONG_MACHINE: entry<{ file: string; architecture: string }>(
    422,
    4,
    (d) => `${d.file} is a Windows PE for ${d.architecture}, and Lifeboat for Windows is for x64 (amd64) only`,
    UNCHANGED,
    "Give the boot.wim of a 64-bit Windows for Intel and AMD processors. For other machines use the Linux medium where it starts.",
  ),
  WINPE_LIBRARY_MISSING: entry<{ file: string; libraries: string }>(
    422,
    4,
    (d) => `in ${d.file} are not all libraries that node.exe needs: ${d.libraries}`,
    UNCHANGED,
    "Give a newer or a complete Windows PE: one of Windows 10 or 11 whose parts were not removed.",
  ),
  WINPE_PROGRAM_INVALID: entry<{ problem: string }>(
    500,
    3,
    (d) => `Node for Windows cannot be used: ${d.problem}`,
    NOTHING_WRITTEN,
    "Run the command again when the npm registry can be reached: it is fetched once, and held against package-lock.json.",
  ),
  WINPE_MEDIA_MISSING: entry<{ output: string; files: string }>(
    422,
    4,
    (d) => `${d.output} cannot be made to start: ${d.files}`,
    UNCHANGED,
    "Give --windows-iso FILE, or --media FOLDER with the files of a Windows medium or of the ADK (copype's folder).",
  ),
  WINDOWS_ISO_INVALID: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is no ISO of Windows: ${d.problem}`,
    UNCHANGED,
    "Give the ISO that Microsoft offers for Windows 10, 11 or Server, or --wim and --media instead.",
  ),
  WINPE_TOO_LARGE: entry<{ bytes: number; limit: number; where: string }>(
    422,
    8,
    (d) => `boot.wim would have ${formatBytes(d.bytes)}, and ${d.where} takes no file above ${formatBytes(d.limit)}`,
    UNCHANGED,
    "Use a smaller WIM (winpe.wim of the ADK has some 300 MiB), or fewer driver folders.",
  ),
  WINPE_NO_ROOM: entry<{ folder: string; free: number; need?: number }>(
    409,
    8,
    (d) =>
      `${d.folder} has ${formatBytes(d.free)} free, and ${d.need === undefined ? "more is" : `${formatBytes(d.need)} are`} needed`,
    "Nothing that was there before was changed, and nothing half-made is left.",
    "Free space there, or write the medium elsewhere.",
  ),
  NEEDS_LINUX: entry<{ what: string }>(
    409,
    7,
    (d) => `${d.what} needs tools and drivers of Linux`,
    NOTHING_WRITTEN,
    "Use the Linux medium for it. In Windows PE: restore with --layout keep to sizes as they were, clone with --keep-ids, and without --universal, --identity and --firmware.",
  ),
  WINDOWS_DISK_UNKNOWN: entry<{ disk: string; problem: string }>(
    409,
    6,
    (d) => `${d.disk} cannot be used: ${d.problem}`,
    NOTHING_WRITTEN,
    "Look at it in diskpart (`list disk`, `detail disk`); if it is whole there, use the Linux medium for it, and report this.",
  ),
} as const;
