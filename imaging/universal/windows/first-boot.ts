import { dword, expandable, text } from "#imaging/registry/value.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** Folder of ours on the volume of Windows, as a path of the system. */
export const OWN_FOLDER = "/Lifeboat";
export const DRIVER_FOLDER = `${OWN_FOLDER}/Drivers`;
export const SCRIPT = `${OWN_FOLDER}/first-start.cmd`;
export const SERVICE = "LifeboatFirstStart";

/** pnputil's /add-driver, /subdirs and /install came with this build (Windows 10, 1607). */
const NEW_PNPUTIL = 14393;
const OWN_PROCESS = 0x10;
const AUTOMATIC = 2;
const IGNORE_ERRORS = 0;

const onWindows = (path: string, letter: string): string => `${letter}:${path.replaceAll("/", "\\")}`;

/**
 * Has the drivers that were put into \Lifeboat\Drivers installed when Windows starts for the first time. A service that is
 * no program of ours: the service manager starts cmd.exe, which starts another one with the script and ends at once. The manager
 * writes into its log that the service did not answer, and the script goes on as the system itself. It is neither in the way of the
 * start nor of a set-up that waits in Setup\CmdLine, needs nobody to log on, and takes itself away.
 */
export function addFirstStart(registry: WindowsRegistry, { letter }: Pick<WindowsInstallation, "letter">): void {
  const shell = "%SystemRoot%\\System32\\cmd.exe";
  for (const set of registry.controlSets) {
    const key = `${set}\\Services\\${SERVICE}`;
    const why = say("windows.first-start");
    registry.set("SYSTEM", key, "Type", dword(OWN_PROCESS), why);
    registry.set("SYSTEM", key, "Start", dword(AUTOMATIC), why);
    registry.set("SYSTEM", key, "ErrorControl", dword(IGNORE_ERRORS), why);
    const command = `${shell} /c start "" /b ${shell} /c "${onWindows(SCRIPT, letter)}"`;
    registry.set("SYSTEM", key, "ImagePath", expandable(command), why);
    registry.set("SYSTEM", key, "ObjectName", text("LocalSystem"), why);
    registry.set("SYSTEM", key, "DisplayName", text("Lifeboat: drivers at the first start"), why);
  }
}

/** The script. It is tried at three starts at most, whatever happens, and deletes its service and itself. */
export function firstStartScript({ letter, build }: Pick<WindowsInstallation, "letter" | "build">): string {
  const folder = onWindows(OWN_FOLDER, letter);
  const drivers = onWindows(DRIVER_FOLDER, letter);
  const pnputil = "%SystemRoot%\\System32\\pnputil.exe";
  const install =
    build >= NEW_PNPUTIL
      ? [`${pnputil} /add-driver "${drivers}\\*.inf" /subdirs /install >> %log% 2>&1`, "set result=%errorlevel%"]
      : [
          "set result=0",
          `for /r "${drivers}" %%i in (*.inf) do ${pnputil} -i -a "%%i" >> %log% 2>&1 || set result=!errorlevel!`,
        ];
  return [
    "@echo off",
    "rem Installs the drivers that Lifeboat has put here, and takes itself away. What it did: first-start.log",
    "setlocal enabledelayedexpansion",
    `cd /d "${folder}"`,
    `set log="${folder}\\first-start.log"`,
    "set try=1",
    "if exist first-start.2 set try=3",
    "if exist first-start.1 if not exist first-start.2 set try=2",
    "echo x > first-start.%try%",
    "echo %date% %time% start %try% >> %log%",
    ...install,
    "echo result %result% >> %log%",
    "rem 0 done, 259 nothing new, 3010 and 1641 done when Windows has restarted",
    "for %%r in (0 259 3010 1641) do if %result%==%%r goto done",
    "if %try%==3 goto done",
    "exit /b 0",
    ":done",
    `%SystemRoot%\\System32\\sc.exe delete ${SERVICE} >> %log% 2>&1`,
    "del first-start.1 first-start.2 first-start.3 2> nul",
    '(goto) 2> nul & del "%~f0"',
    "",
  ].join("\r\n");
}

const DEVICE_PATH = "Microsoft\\Windows\\CurrentVersion";
const INBOX = "%SystemRoot%\\inf";

/** Adds folders to where Windows looks for drivers of a device that it meets. */
export function extendDevicePath(registry: WindowsRegistry, folders: readonly string[], letter: string): void {
  const before = registry.value("SOFTWARE", DEVICE_PATH, "DevicePath")?.text ?? INBOX;
  const known = before.split(";").map((path) => path.toLowerCase());
  const added = folders.map((path) => onWindows(path, letter)).filter((path) => !known.includes(path.toLowerCase()));
  if (added.length === 0) return;
  const value = expandable([before, ...added].join(";"));
  registry.set("SOFTWARE", DEVICE_PATH, "DevicePath", value, say("windows.device-path"));
}
