import { LifeboatError } from "#base/errors.ts";
import type { MountOutcome } from "#rescue/shares/run-mount.ts";
import { describeShare, describeUser, type FileShare } from "#rescue/shares/share.ts";

/** What the kernel's SMB client wrote into its log of a server's answer (fs/smb/client/smb2maperror.c). */
const SMB_ANSWERS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/STATUS_LOGON_FAILURE|STATUS_WRONG_PASSWORD|STATUS_NO_SUCH_USER/, "no such user, or another password"],
  [/STATUS_ACCOUNT_LOCKED_OUT/, "the account is locked after too many wrong passwords"],
  [/STATUS_ACCOUNT_DISABLED/, "the account is switched off"],
  [/STATUS_PASSWORD_(EXPIRED|MUST_CHANGE)/, "the password has expired and must be changed first"],
  [/STATUS_(INVALID_LOGON_HOURS|INVALID_WORKSTATION|LOGON_TYPE_NOT_GRANTED)/, "the account must not be used from here"],
];

/**
 * What a failed mount means, in the words of its cause. The server was reached before, so what is left is between it
 * and the user.
 * @param kernelLog the kernel's lines of the attempt, where SMB says more than its error numbers
 */
export function explainFailure(share: FileShare, outcome: MountOutcome, kernelLog: string): LifeboatError {
  switch (share.kind) {
    case "smb":
      return explainSmb(share, outcome, kernelLog);
    case "nfs":
      return explainNfs(share, outcome);
    case "sftp":
      return explainSftp(share, outcome);
  }
}

const missing = (share: FileShare) =>
  new LifeboatError("SHARE_MISSING", { server: share.server, share: describeShare(share) });
const forbidden = (share: FileShare) =>
  new LifeboatError("SHARE_FORBIDDEN", {
    ...{ server: share.server, share: describeShare(share), user: describeUser(share) },
  });
const denied = (share: FileShare, reason: string) =>
  new LifeboatError("SHARE_DENIED", { server: share.server, user: describeUser(share), reason });
const failed = (share: FileShare, { output, status }: MountOutcome) =>
  new LifeboatError("SHARE_FAILED", { server: share.server, reason: output || `its tool ended with status ${status}` });

/** "mount error(13): Permission denied" (mount.cifs.c): errno in brackets. */
function explainSmb(share: FileShare, outcome: MountOutcome, kernelLog: string): LifeboatError {
  const errno = Number(/mount error\((\d+)\)/.exec(outcome.output)?.[1]);
  const [, reason] = SMB_ANSWERS.find(([pattern]) => pattern.test(kernelLog)) ?? [];
  if (reason !== undefined) return denied(share, reason);
  if (/STATUS_BAD_NETWORK_NAME/.test(kernelLog) || errno === 2) return missing(share);
  if (errno === 13 && /STATUS_ACCESS_DENIED/.test(kernelLog)) return forbidden(share);
  if (errno === 13) return denied(share, "no such user, or another password");
  if (errno === 95 || errno === 112)
    return new LifeboatError("SHARE_FAILED", {
      server: share.server,
      reason: "it speaks only SMB 1, which is not safe and is not spoken here; switch on SMB 2 or 3 there",
    });
  return failed(share, outcome);
}

/** utils/mount/error.c of nfs-utils. */
function explainNfs(share: FileShare, outcome: MountOutcome): LifeboatError {
  const { output } = outcome;
  if (/access denied by server|Permission denied|Operation not permitted/.test(output)) return forbidden(share);
  if (/No such file or directory/.test(output)) return missing(share);
  if (/Protocol not supported|requested NFS version .*not supported|Program not registered|not supported/.test(output))
    return new LifeboatError("SHARE_FAILED", {
      server: share.server,
      reason: "it does not speak this version of NFS; choose the other one",
    });
  return failed(share, outcome);
}

/** ssh(1) and sshfs. */
function explainSftp(share: FileShare, outcome: MountOutcome): LifeboatError {
  const { output } = outcome;
  const folder = share.kind === "sftp" ? share.path : "";
  if (/Permission denied|Too many authentication failures/.test(output))
    return denied(share, "no such user, another password, or it takes no passwords at all");
  if (/Host key verification failed/.test(output))
    return new LifeboatError("SHARE_HOST_KEY_CHANGED", { server: share.server, fingerprint: "see the server" });
  if (/: No such file or directory|: Not a directory/.test(output))
    return new LifeboatError("SHARE_FOLDER_MISSING", { server: share.server, folder });
  if (/subsystem request failed|Connection reset by peer/.test(output))
    return new LifeboatError("SHARE_FAILED", {
      server: share.server,
      reason: "it lets this user in, but offers no SFTP to them",
    });
  return failed(share, outcome);
}
