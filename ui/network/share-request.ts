import type { Place, PlaceRequest } from "#rescue/api/contract.ts";

export type ShareKind = "smb" | "nfs" | "sftp" | "s3";

/** A share as it is being written. What its kind has no use for stays as it was typed. */
export interface ShareDraft {
  readonly kind: ShareKind;
  readonly name: string;
  /** Of a bucket the address of its server: "https://objects.example.org"; "" is Amazon's. */
  readonly server: string;
  /** Of SMB; of a bucket the bucket. */
  readonly share: string;
  readonly path: string;
  readonly region: string;
  /** Of a bucket the id of its access key. */
  readonly user: string;
  /** Of a bucket the secret of its access key. */
  readonly password: string;
  readonly readOnly: boolean;
}

export const EMPTY_SHARE: ShareDraft = {
  ...{ kind: "smb", name: "", server: "", share: "", path: "", region: "", user: "", password: "", readOnly: false },
};

/** What the server is asked for. */
export function requestOf(draft: ShareDraft): PlaceRequest {
  return { place: placeOf(draft), ...(draft.password !== "" && { password: draft.password }) };
}

function placeOf({ kind, readOnly, ...draft }: ShareDraft): Place {
  const [server, share, path] = [draft.server.trim(), draft.share.trim(), draft.path.trim()];
  const [user, region] = [draft.user.trim(), draft.region.trim()];
  const name = draft.name.trim() || (kind === "s3" ? share : server);
  const common = { name, readOnly };
  switch (kind) {
    case "smb":
      return { kind, ...common, server, share, folder: path, password: "ask", ...(user !== "" && { user }) };
    case "nfs":
      return { kind, ...common, server, path, version: "4" };
    case "sftp":
      return { kind, ...common, server, port: 22, path, user, password: "ask" };
    case "s3":
      return {
        ...{ kind, ...common, bucket: share, folder: path, accessKeyId: user, password: "ask" },
        ...(server !== "" && { endpoint: server }),
        ...(region !== "" && { region }),
      };
  }
}
