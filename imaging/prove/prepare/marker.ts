/** What the copied system is given so that it says on the serial port how far it is, by its own account. */

export const MARK = "LIFEBOAT-PROOF";
export const SCRIPT_PATH = "etc/lifeboat-boot-proof";
export const UNIT_NAME = "lifeboat-boot-proof.service";

/** Without default dependencies it begins with systemd itself, and says what is when nothing goes on (systemd.unit(5)). */
export const UNIT = `[Unit]
Description=Lifeboat boot proof (in a throw-away copy of this disk only)
DefaultDependencies=no
IgnoreOnIsolate=yes

[Service]
Type=simple
ExecStart=/bin/sh /${SCRIPT_PATH}
`;

/** Targets that a start comes to, whether it goes well or not (systemd.special(7)). */
export const WANTED_BY = ["sysinit.target", "emergency.target", "rescue.target"] as const;

const SAY = `exec 1>/dev/ttyS0 2>/dev/null 0</dev/null || exit 0
say() { printf '\\r\\n${MARK} %s\\r\\n' "$*"; }
host() { cat /proc/sys/kernel/hostname; }
`;

/** Says what changed, every three seconds, until systemd calls the start finished; and once more after that. */
export const SYSTEMD_SCRIPT = `#!/bin/sh
${SAY}
say "host=$(host)"
before=
while :; do
  state=$(systemctl is-system-running)
  active=$(systemctl list-units --plain --no-legend --state=active --type=target \\
    multi-user.target graphical.target emergency.target rescue.target | cut -d' ' -f1 | tr '\\n' ,)
  login=$(systemctl list-units --plain --no-legend --state=active --type=service \\
    'getty@*' 'serial-getty@*' 'autovt@*' 'console-getty.service' 'container-getty@*' | cut -d' ' -f1 | tr '\\n' ,)
  display=$(systemctl show --property=Id,ActiveState display-manager.service | tr '\\n' ' ' \\
    | sed -n 's/.*Id=\\([^ ]*\\) .*ActiveState=active.*/\\1/p')
  failed=$(systemctl list-units --plain --no-legend --state=failed | cut -d' ' -f1 | head -n 20 | tr '\\n' ,)
  now="state=$state targets=$active login=$login display=$display failed=$failed"
  [ "$now" = "$before" ] || say "$now"
  before=$now
  case $state in running | degraded | maintenance) break ;; esac
  sleep 3
done
sleep 2
say "$now"
`;

/** For what begins by /etc/inittab: it is run when the last entry before it has ended. */
export const INIT_SCRIPT = `#!/bin/sh
${SAY}
say "host=$(host)"
say "state=init targets= login= display= failed="
`;

/** A line at the end of an inittab(5); busybox has fields of its own in it (busybox: examples/inittab). */
export function changeInittab(text: string): string {
  const isBusybox = text.split("\n").some((line) => /^\s*[^:#]*::(sysinit|respawn|wait|once):/.test(line));
  const id = isBusybox ? "::once" : "lbp:2345:once";
  return `${text.replace(/\n*$/, "\n")}${id}:/bin/sh /${SCRIPT_PATH}\n`;
}

/** What the copied system has said of itself. All of it is somebody else's text. */
export interface SystemState {
  readonly host: string | undefined;
  /** As `systemctl is-system-running` says: "running", "degraded", "starting"; "init" for a start by inittab. */
  readonly state: string | undefined;
  readonly targets: readonly string[];
  /** Units that show a login. */
  readonly login: readonly string[];
  /** The unit that shows a desktop, or its login. */
  readonly display: string | undefined;
  readonly failed: readonly string[];
}

export const NO_STATE: SystemState = {
  ...{ host: undefined, state: undefined, display: undefined },
  ...{ targets: [], login: [], failed: [] },
};

const MOST_UNITS = 50;
const MOST_NAME = 128;

/** The state after one more line; the same object when the line is none of ours. */
export function readMark(line: string, before: SystemState): SystemState {
  const at = line.indexOf(`${MARK} `);
  if (at < 0) return before;
  const fields = new Map(
    line
      .slice(at + MARK.length + 1)
      .split(" ")
      .map((word): [string, string] => [word.split("=", 1)[0] ?? "", word.slice(word.indexOf("=") + 1)]),
  );
  const text = (name: string) => fields.get(name)?.slice(0, MOST_NAME) || undefined;
  const names = (name: string) =>
    (fields.get(name) ?? "")
      .split(",")
      .filter((unit) => unit !== "")
      .slice(0, MOST_UNITS)
      .map((unit) => unit.slice(0, MOST_NAME));
  if (fields.has("host")) return { ...before, host: text("host") };
  if (!fields.has("state")) return before;
  return {
    ...before,
    ...{ state: text("state"), display: text("display") },
    ...{ targets: names("targets"), login: names("login"), failed: names("failed") },
  };
}
