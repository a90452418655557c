import type { Credentials } from "#imaging/bucket/bucket-place.ts";

/** AWS' credentials file: sections of profiles; without any section it is one. */
export function credentialsIn(text: string, profile: string): Credentials | undefined {
  const found = new Map<string, string>();
  let section = profile;
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[\s*(.+?)\s*\]\s*$/.exec(line)?.[1] ?? section;
    const [, name, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (section === profile && name !== undefined && value !== undefined) found.set(name.toLowerCase(), value);
  }
  const [accessKeyId, secretAccessKey] = [found.get("aws_access_key_id"), found.get("aws_secret_access_key")];
  const sessionToken = found.get("aws_session_token");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
