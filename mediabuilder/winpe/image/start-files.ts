import type { Addition } from "./additions.ts";

/** Folder of ours in Windows PE, whose drive is X. */
export const PROGRAM_FOLDER = "/Lifeboat";
export const DRIVER_FOLDER = `${PROGRAM_FOLDER}/Drivers`;
const OWN = "%SystemDrive%\\Lifeboat";

const batch = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join("");

/**
 * What starts with Windows PE: winpeshl.exe does what winpeshl.ini says and nothing else, so neither Setup nor the recovery's
 * menu, nor a startnet.cmd of somebody else ("Winpeshl.ini Reference", Microsoft).
 */
const WINPESHL = batch(["[LaunchApps]", '%SYSTEMROOT%\\System32\\cmd.exe, /k "%SYSTEMROOT%\\System32\\startnet.cmd"']);

const STARTNET = batch([
  "@echo off",
  "rem Made by Lifeboat. Runs when Windows PE is up; when its window is closed, Windows PE restarts.",
  "title Lifeboat",
  "echo Lifeboat: starting the network and the drivers of this medium",
  "wpeinit",
  `if exist "${OWN}\\Drivers" for /r "${OWN}\\Drivers" %%i in (*.inf) do drvload "%%i"`,
  "rem Where this medium is, so that it is not taken for a target.",
  "wpeutil UpdateBootInfo >nul",
  `set "PATH=${OWN};%PATH%"`,
  `set "LIFEBOAT_STATE=${OWN}\\State"`,
  `cd /d "${OWN}"`,
  `call "${OWN}\\serve.cmd"`,
]);

const STATE = `${OWN}\\State`;
const SERVER = [
  `"${OWN}\\node.exe" "${OWN}\\rescue-server.js" --ui "${OWN}\\ui" --settings "${OWN}\\settings.json"`,
  `--run "${STATE}\\run" --reports "${STATE}\\reports" --undo "${STATE}\\undo" --log "${STATE}\\server.log"`,
].join(" ");

/**
 * The server has a window of its own, which shows the addresses and the code for a browser of another computer: Windows PE has none. Its
 * firewall would keep that out.
 */
const SERVE = batch([
  "@echo off",
  `if not exist "${STATE}\\run" mkdir "${STATE}\\run"`,
  "wpeutil DisableFirewall >nul",
  `start "Lifeboat server" cmd /k "${SERVER}"`,
  "echo.",
  "echo   The pages are for a browser of another computer: see the other window.",
  "echo   lifeboat disk list          the disks of this machine",
  "echo   lifeboat --help             everything else",
  "echo.",
]);

const LIFEBOAT = batch(["@echo off", '"%~dp0node.exe" "%~dp0lifeboat.js" %*']);

/** The pages are open to the network behind a code, as nothing else can show them. */
const SETTINGS = `${JSON.stringify({ version: 1, remoteAccess: { pages: "pairing" } }, undefined, 2)}\n`;

/** Scripts and settings of ours, beside the programs. */
export const startFiles = (): Addition[] => [
  { path: "/Windows/System32/winpeshl.ini", content: WINPESHL },
  { path: "/Windows/System32/startnet.cmd", content: STARTNET },
  { path: `${PROGRAM_FOLDER}/serve.cmd`, content: SERVE },
  { path: `${PROGRAM_FOLDER}/lifeboat.cmd`, content: LIFEBOAT },
  { path: `${PROGRAM_FOLDER}/settings.json`, content: SETTINGS },
];
