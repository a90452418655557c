import { readFile } from "node:fs/promises";

/** Written by the session before it lets go of its rights (rescue/kiosk/session). */
const PID_FILE = "/run/lifeboat/kiosk-pid";

/** Ends what draws on the screen; init starts it anew, with the keyboard layout of now. Nothing happens where there is no kiosk. */
export async function restartKiosk(file = PID_FILE, kill: (pid: number) => unknown = process.kill): Promise<void> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    kill(pid);
  } catch {
    // It has ended by itself, and is being started.
  }
}
