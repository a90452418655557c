import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { FileShare } from "#rescue/shares/share.ts";

/** How a share is mounted: plain data. Passwords are in `files` and `input` only, never in arguments, which ps shows. */
export interface MountPlan {
  /** Written for root alone before, and removed after the mount. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly tool: string;
  readonly args: readonly string[];
  /** For the tool's standard input. */
  readonly input?: string;
  /** Where a helper of the tool writes what it has to say. */
  readonly log?: string;
}

export interface MountPlaces {
  /** An empty folder. */
  readonly point: string;
  /** A folder of our own, in memory; its path has neither spaces nor commas. */
  readonly work: string;
}

type Of<K extends FileShare["kind"]> = Extract<FileShare, { kind: K }>;

/** What lies on a share is data: no program and no device of it is ours. */
const HARMLESS = ["nosuid", "nodev", "noexec"];

/** @throws SHARE_UNSUITABLE for what the tools have no way to be told */
export function planMount(share: FileShare, password: string | undefined, places: MountPlaces): MountPlan {
  switch (share.kind) {
    case "smb":
      return planSmb(share, password, places);
    case "nfs":
      return planNfs(share, places);
    case "sftp":
      return planSftp(share, password ?? "", places);
  }
}

/** The kernel and mount.cifs hand options on as one text with commas in it; a password may have some, they are doubled there. */
function withoutCommas(fields: Readonly<Record<string, string | undefined>>): void {
  for (const [field, value] of Object.entries(fields))
    if (value?.includes(","))
      throw new LifeboatError("SHARE_UNSUITABLE", { field, problem: "SMB cannot be told a name with a comma" });
}

/** mount.cifs(8). Everything is shown as root's, as the rights that count are those of the server. */
function planSmb(
  { server, share, user, domain, readOnly }: Of<"smb">,
  password: string | undefined,
  places: MountPlaces,
) {
  withoutCommas({ share, user, domain });
  const credentials = join(places.work, "credentials");
  const options = [
    readOnly ? "ro" : "rw",
    ...HARMLESS,
    ...["iocharset=utf8", "uid=0", "gid=0", "forceuid", "forcegid", "file_mode=0600", "dir_mode=0700"],
    // A server that went away is noticed after some 20 seconds, and then a job can wait for it.
    ...["soft", "echo_interval=10"],
    ...(user === undefined ? ["guest"] : [`credentials=${credentials}`]),
  ];
  const lines = [
    `username=${user}`,
    `password=${password ?? ""}`,
    ...(domain === undefined ? [] : [`domain=${domain}`]),
  ];
  return {
    files: user === undefined ? [] : [{ path: credentials, content: `${lines.join("\n")}\n` }],
    tool: "mount.cifs",
    args: [`//${server}/${share}`, places.point, "-o", options.join(",")],
  };
}

/** nfs(5). No locks: they would need two more daemons for version 3, and nobody else writes our files. */
function planNfs({ server, path, version, readOnly }: Of<"nfs">, { point }: MountPlaces): MountPlan {
  const host = server.includes(":") ? `[${server}]` : server;
  const options = [
    readOnly ? "ro" : "rw",
    ...HARMLESS,
    ...(version === "3" ? ["vers=3", "nolock", "tcp", "mountproto=tcp"] : ["vers=4"]),
    // Tenths of a second: a server that went away is an error after some 20 seconds, and then a job can wait for it.
    ...["soft", "timeo=100", "retrans=2", "retry=0"],
  ];
  return { files: [], tool: "mount.nfs", args: [`${host}:${path}`, point, "-o", options.join(",")] };
}

/**
 * sshfs(1), ssh_config(5). Server and user stand in a file, so that nothing that people wrote is an argument with a meaning of its own;
 * only the path is. As an argument ssh takes no user with a quote or a semicolon in it.
 */
function planSftp(
  { server, port, user, path, hostKey, readOnly }: Of<"sftp">,
  password: string,
  { point, work }: MountPlaces,
): MountPlan {
  if (user.includes("${"))
    throw new LifeboatError("SHARE_UNSUITABLE", { field: "user", problem: "ssh takes no user with ${ in it" });
  if (hostKey === undefined) throw new Error("a server is connected after its key is known");
  const config = join(work, "ssh_config");
  const knownHosts = join(work, "known_hosts");
  // On the terminal that sshfs makes for it, to type the password into, its ssh would be heard by nobody.
  const log = join(work, "ssh.log");
  const options = [
    ...[readOnly ? "ro" : "rw", ...HARMLESS, "password_stdin", "reconnect", "idmap=user", "uid=0", "gid=0"],
    ...["umask=0077", "max_conns=1", `ssh_command=ssh -E ${log}`],
  ];
  return {
    files: [
      { path: config, content: sshConfig({ server, port, user, knownHosts }) },
      { path: knownHosts, content: `lifeboat ${hostKey}\n` },
    ],
    tool: "sshfs",
    args: ["-F", config, "-o", options.join(","), `lifeboat:${path}`, point],
    input: `${password}\n`,
    log,
  };
}

interface SshServer {
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly knownHosts: string;
}

/** A percent sign begins a token (ssh_config(5), TOKENS), and is doubled. Between quotes a backslash keeps what follows it. */
const sshConfig = ({ server, port, user, knownHosts }: SshServer): string =>
  `Host lifeboat
  HostName ${server.replaceAll("%", "%%")}
  Port ${port}
  User "${user.replaceAll("%", "%%").replaceAll(/["\\]/g, "\\$&")}"
  HostKeyAlias lifeboat
  UserKnownHostsFile ${knownHosts}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  PreferredAuthentications keyboard-interactive,password
  PubkeyAuthentication no
  NumberOfPasswordPrompts 1
  ConnectTimeout 10
  ServerAliveInterval 5
  ServerAliveCountMax 3
`;
