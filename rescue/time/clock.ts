import { readdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** How the clock was set last. `rtc`: not at all, it goes as the machine's own one does. */
export interface ClockState {
  readonly source: "rtc" | "network" | "manual";
  readonly server?: string;
  /** By how much it was wrong before. */
  readonly wrongBySeconds?: number;
}

export interface ClockDeps {
  /** What DHCP has told of time servers: files of rescue/network/dhcp-script. */
  readonly namesFolder: string;
  readonly run?: (tool: string, args: readonly string[]) => Promise<string>;
  /** Where the time zone of all programs is. */
  readonly localTime?: string;
}

/** Debian's part of the public pool, for machines whose network names no time server. */
export const PUBLIC_SERVERS = ["0.debian.pool.ntp.org", "1.debian.pool.ntp.org"];
const ZONES = "/usr/share/zoneinfo";
const MOST_SECONDS = 20;

const runClockTool = (tool: string, args: readonly string[]) => runTool(tool, args, "set the clock");

/**
 * The clock of the rescue system. The machine's own clock (RTC) is never written: the systems on its disks have their own idea of
 * it, Windows that it shows local time.
 */
export class Clock {
  readonly #deps: Required<ClockDeps>;
  #state: ClockState = { source: "rtc" };

  constructor(deps: ClockDeps) {
    this.#deps = { run: runClockTool, localTime: "/etc/localtime", ...deps };
  }

  get state(): ClockState {
    return this.#state;
  }

  /** For programs that show local times. */
  async setTimeZone(zone: string): Promise<void> {
    const { localTime } = this.#deps;
    await rm(localTime, { force: true });
    await symlink(join(ZONES, zone), localTime);
  }

  async setTime(time: Date): Promise<void> {
    const before = Date.now();
    await this.#deps.run("date", ["--utc", "--set", `@${(time.getTime() / 1000).toFixed(3)}`]);
    this.#state = { source: "manual", wrongBySeconds: (time.getTime() - before) / 1000 };
  }

  /**
   * Sets the clock once from time servers: those that are given, else DHCP's, else the public ones (chronyd(8), -q).
   * @throws TIME_NOT_SET
   */
  async sync(given: readonly string[] = []): Promise<ClockState> {
    const servers = given.length > 0 ? given : await this.#serversOfDhcp();
    const asked = servers.length > 0 ? servers : PUBLIC_SERVERS;
    const lines = asked.map((server) => `server ${server} iburst maxsamples 4`);
    const output = await this.#deps
      .run("sh", [
        ...["-c", 'exec chronyd "$@" 2>&1', "chronyd"],
        "-q",
        "-t",
        String(MOST_SECONDS),
        "-u",
        "root",
        "cmdport 0",
        "pidfile /run/lifeboat-chronyd.pid",
        ...lines,
      ])
      .catch((cause) => {
        throw new LifeboatError("TIME_NOT_SET", { servers: asked.join(", ") }, { cause });
      });
    const wrongBy = Number(/System clock wrong by (-?[\d.]+) seconds/.exec(output)?.[1]);
    this.#state = {
      ...{ source: "network", server: asked.join(", ") },
      ...(Number.isFinite(wrongBy) && { wrongBySeconds: wrongBy }),
    };
    return this.#state;
  }

  async #serversOfDhcp(): Promise<string[]> {
    const { namesFolder } = this.#deps;
    const names = await readdir(namesFolder).catch((): string[] => []);
    const texts = await Promise.all(names.map((name) => readFile(join(namesFolder, name), "utf8").catch(() => "")));
    return [
      ...new Set(
        texts
          .join("\n")
          .matchAll(/^ntp (\S+)$/gm)
          .map(([, server]) => server as string),
      ),
    ];
  }
}
