import type { Body } from "#rescue/api/client.ts";
import { ask } from "#rescue/console-menu/ask.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import type { Terminal } from "#rescue/console-menu/terminal.ts";

const m = messages.shares;
type Request = Body<"setPlace">;
type Field = (lead: string, name: string, isSecret?: boolean) => Promise<string | undefined>;

export const SHARE_KINDS = ["smb", "nfs", "sftp", "s3"] as const;
type Kind = (typeof SHARE_KINDS)[number];

/** Each field by itself; Escape in one of them ends it all. */
export async function askForShare(terminal: Terminal, kind: Kind): Promise<Request | undefined> {
  const field: Field = (lead, name, isSecret = false) =>
    ask(terminal, { title: m[kind], lead: [lead], field: name, isSecret });
  const name = await field(m.name, m.nameField);
  if (!name) return undefined;
  if (kind === "s3") return await askForBucket(field, name);
  const server = await field(m.server, m.serverField);
  if (!server) return undefined;
  if (kind === "nfs") {
    const path = await field(m.path, m.pathField);
    return path ? { place: { kind, name, server, path } } : undefined;
  }
  if (kind === "smb") {
    const share = await field(m.share, m.shareField);
    const user = share && (await field(m.user, m.userField));
    if (!share || user === undefined) return undefined;
    if (user === "") return { place: { kind, name, server, share } };
    const password = await field(m.password, m.passwordField, true);
    return password === undefined ? undefined : withPassword({ kind, name, server, share, user }, password);
  }
  const user = await field(m.sshUser, m.userField);
  const path = user && (await field(m.sftpPath, m.pathField));
  if (!user || path === undefined) return undefined;
  const password = await field(m.password, m.passwordField, true);
  return password === undefined ? undefined : withPassword({ kind, name, server, user, path }, password);
}

async function askForBucket(field: Field, name: string): Promise<Request | undefined> {
  const endpoint = await field(m.endpoint, m.endpointField);
  if (endpoint === undefined) return undefined;
  const region = await field(m.region, m.regionField);
  if (region === undefined) return undefined;
  const bucket = await field(m.bucket, m.bucketField);
  const folder = bucket && (await field(m.bucketFolder, m.folderField));
  if (!bucket || folder === undefined) return undefined;
  const accessKeyId = await field(m.accessKey, m.accessKeyField);
  const secret = accessKeyId && (await field(m.secretKey, m.secretKeyField, true));
  if (!accessKeyId || secret === undefined) return undefined;
  const server = { ...(endpoint !== "" && { endpoint }), ...(region !== "" && { region }) };
  return withPassword({ kind: "s3", name, ...server, bucket, folder, accessKeyId }, secret);
}

const withPassword = (place: Request["place"], password: string): Request => ({
  place,
  ...(password !== "" && { password }),
});
