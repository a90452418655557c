import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { Place } from "#base/medium/place.ts";
import { readPassword } from "#cli/password-input.ts";
import { port } from "#cli/peer-address.ts";
import { api, type PlaceRequest } from "#rescue/api/contract.ts";

export interface ShareOptions {
  smb?: string;
  nfs?: string;
  sftp?: string;
  share?: string;
  path?: string;
  folder?: string;
  user?: string;
  domain?: string;
  port?: number;
  hostKey?: string;
  nfsVersion?: "3" | "4";
  readOnly?: boolean;
  passwordFile?: string;
}

export const addShareOptions = (command: Command): Command =>
  command
    .addOption(new Option("--smb <server>", "a Windows or NAS share on this server").conflicts(["nfs", "sftp"]))
    .addOption(new Option("--nfs <server>", "an NFS export of this server").conflicts(["smb", "sftp"]))
    .addOption(new Option("--sftp <server>", "a folder of this SSH server").conflicts(["smb", "nfs"]))
    .option("--share <name>", "SMB: the share")
    .option("--folder <path>", "SMB: a folder in the share")
    .option("--path <path>", "NFS: the exported path; SFTP: the folder")
    .option("--user <name>", "SMB (without: as guest), SFTP")
    .option("--domain <name>", "SMB: of the user")
    .addOption(new Option("--port <n>", "SFTP: the server's port").argParser(port))
    .option("--host-key <key>", 'SFTP: the server\'s key, "ssh-ed25519 AAAA..."')
    .addOption(new Option("--nfs-version <n>", "NFS: 4 or 3").choices(["3", "4"]))
    .option("--read-only", "write nothing there")
    .option("--password-file <file>", "the user's password; - is standard input");

/** A share as the options name it, with its password. @throws USAGE, PASSWORD_MISSING */
export async function placeOf(name: string, options: ShareOptions): Promise<PlaceRequest> {
  const place = parse({ name, ...(options.readOnly && { readOnly: true }), ...fieldsOf(options) });
  const needsPassword = (place.kind === "smb" || place.kind === "sftp") && place.user !== undefined;
  if (!needsPassword) return { place };
  const what = `the password of ${place.user}`;
  const password = await readPassword({ what, option: "--password-file", file: options.passwordFile });
  return { place, password };
}

function fieldsOf({
  smb,
  nfs,
  sftp,
  share,
  folder,
  path,
  user,
  domain,
  port: portNumber,
  hostKey,
  nfsVersion,
}: ShareOptions): object {
  const given = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (smb !== undefined) return given({ kind: "smb", server: smb, share, folder, user, domain });
  if (nfs !== undefined) return given({ kind: "nfs", server: nfs, path, version: nfsVersion });
  if (sftp !== undefined) return given({ kind: "sftp", server: sftp, port: portNumber, path, user, hostKey });
  throw new LifeboatError("USAGE", { problem: "name a server with --smb, --nfs or --sftp" });
}

function parse(fields: object): Place {
  const { data, error } = api.testPlace.body.safeParse({ place: fields });
  if (data) return data.place;
  const [issue] = error?.issues ?? [];
  const field = issue?.path.slice(1).join(".") ?? "";
  throw new LifeboatError("USAGE", { problem: `${field}: ${issue?.message ?? "cannot be used"}` });
}
