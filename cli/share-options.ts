import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type Place, placeSecret } from "#base/medium/place.ts";
import { credentialsIn } from "#cli/credentials-file.ts";
import { readPassword, readTextFile } from "#cli/password-input.ts";
import { port } from "#cli/peer-address.ts";
import type { Credentials } from "#imaging/bucket/bucket-place.ts";
import { api, type PlaceRequest } from "#rescue/api/contract.ts";

/** With the options of the whole command line that are about buckets. */
export interface ShareOptions {
  smb?: string;
  nfs?: string;
  sftp?: string;
  s3?: string;
  s3Endpoint?: string;
  s3Region?: string;
  s3PathStyle?: boolean;
  s3Credentials?: string;
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
    .addOption(new Option("--smb <server>", "a Windows or NAS share on this server").conflicts(["nfs", "sftp", "s3"]))
    .addOption(new Option("--nfs <server>", "an NFS export of this server").conflicts(["smb", "sftp", "s3"]))
    .addOption(new Option("--sftp <server>", "a folder of this SSH server").conflicts(["smb", "nfs", "s3"]))
    .addOption(new Option("--s3 <bucket>", "a bucket of object storage at --s3-endpoint").conflicts(["smb", "nfs"]))
    .option("--share <name>", "SMB: the share")
    .option("--folder <path>", "SMB, S3: a folder in it")
    .option("--path <path>", "NFS: the exported path; SFTP: the folder")
    .option("--user <name>", "SMB (without: as guest), SFTP; S3: the id of the access key")
    .option("--domain <name>", "SMB: of the user")
    .addOption(new Option("--port <n>", "SFTP: the server's port").argParser(port))
    .option("--host-key <key>", 'SFTP: the server\'s key, "ssh-ed25519 AAAA..."')
    .addOption(new Option("--nfs-version <n>", "NFS: 4 or 3").choices(["3", "4"]))
    .option("--read-only", "write nothing there")
    .option("--password-file <file>", "the user's password, the access key's secret; - is standard input");

/** A share as the options name it, with its password. @throws USAGE, PASSWORD_MISSING, OPEN_FAILED */
export async function placeOf(name: string, options: ShareOptions): Promise<PlaceRequest> {
  const { s3, s3Credentials, passwordFile: file, readOnly, user: given } = options;
  const key = s3 === undefined || s3Credentials === undefined ? undefined : await keyIn(s3Credentials);
  const user = given ?? key?.accessKeyId;
  if (s3 !== undefined && user === undefined)
    throw new LifeboatError("USAGE", { problem: "name the bucket's access key by --user or --s3-credentials" });
  const fields = fieldsOf({ ...options, ...(user !== undefined && { user }) });
  const place = parse({ name, ...(readOnly && { readOnly: true }), ...fields });
  if (!placeSecret(place)) return { place };
  if (key?.accessKeyId === user && key) return { place, password: key.secretAccessKey };
  const what = `the ${s3 === undefined ? "password" : "secret"} of ${user}`;
  return { place, password: await readPassword({ what, option: "--password-file", file }) };
}

/** @throws OPEN_FAILED, USAGE */
async function keyIn(file: string): Promise<Credentials> {
  const key = credentialsIn(await readTextFile(file), "default");
  if (!key) throw new LifeboatError("USAGE", { problem: `${file} has no aws_access_key_id and aws_secret_access_key` });
  // It would open nothing any more when the place is connected the next time.
  if (key.sessionToken !== undefined)
    throw new LifeboatError("USAGE", { problem: `the access key in ${file} is good for one session only` });
  return key;
}

function fieldsOf({
  smb,
  nfs,
  sftp,
  s3,
  share,
  folder,
  path,
  user,
  domain,
  port: portNumber,
  hostKey,
  nfsVersion,
  ...options
}: ShareOptions): object {
  const given = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (smb !== undefined) return given({ kind: "smb", server: smb, share, folder, user, domain });
  if (nfs !== undefined) return given({ kind: "nfs", server: nfs, path, version: nfsVersion });
  if (sftp !== undefined) return given({ kind: "sftp", server: sftp, port: portNumber, path, user, hostKey });
  const { s3Endpoint: endpoint, s3Region: region, s3PathStyle: pathStyle } = options;
  if (s3 !== undefined)
    return given({ kind: "s3", bucket: s3, folder, endpoint, region, pathStyle, accessKeyId: user });
  throw new LifeboatError("USAGE", { problem: "name a server with --smb, --nfs or --sftp, or a bucket with --s3" });
}

function parse(fields: object): Place {
  const { data, error } = api.testPlace.body.safeParse({ place: fields });
  if (data) return data.place;
  const [issue] = error?.issues ?? [];
  const field = issue?.path.slice(1).join(".") ?? "";
  throw new LifeboatError("USAGE", { problem: `${field}: ${issue?.message ?? "cannot be used"}` });
}
