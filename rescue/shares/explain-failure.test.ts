import { expect, test } from "vitest";
import { Place } from "#base/medium/place.ts";
import { explainFailure } from "#rescue/shares/explain-failure.ts";
import type { FileShare } from "#rescue/shares/share.ts";

const KINDS: Readonly<Record<string, object>> = {
  smb: { kind: "smb", share: "images", user: "anna" },
  nfs: { kind: "nfs", path: "/srv/images" },
  sftp: { kind: "sftp", user: "anna", path: "images" },
};
const explain = (kind: string, output: string, kernelLog = "", status = 32) =>
  explainFailure(Place.parse({ name: "x", server: "nas", ...KINDS[kind] }) as FileShare, { status, output }, kernelLog);

const CIFS = (status: string) => `[   12.0] CIFS: Status code returned 0xc000006d ${status}`;
test.each([
  ["smb", "mount error(13): Permission denied", CIFS("STATUS_LOGON_FAILURE"), "SHARE_DENIED"],
  ["smb", "mount error(13): Permission denied", CIFS("STATUS_ACCOUNT_LOCKED_OUT"), "SHARE_DENIED"],
  ["smb", "mount error(13): Permission denied", CIFS("STATUS_ACCESS_DENIED"), "SHARE_FORBIDDEN"],
  ["smb", "mount error(13): Permission denied", "", "SHARE_DENIED"],
  ["smb", "mount error(2): No such file or directory", "", "SHARE_MISSING"],
  ["smb", "mount error(2): No such file or directory", CIFS("STATUS_BAD_NETWORK_NAME"), "SHARE_MISSING"],
  ["smb", "mount error(95): Operation not supported", "", "SHARE_FAILED"],
  ["nfs", "mount.nfs: access denied by server while mounting nas:/srv/images", "", "SHARE_FORBIDDEN"],
  [
    "nfs",
    "mount.nfs: mounting nas:/srv/images failed, reason given by server: No such file or directory",
    "",
    "SHARE_MISSING",
  ],
  ["nfs", "mount.nfs: requested NFS version or transport protocol is not supported", "", "SHARE_FAILED"],
  ["sftp", "anna@nas: Permission denied (publickey,password).\nread: Connection reset by peer", "", "SHARE_DENIED"],
  ["sftp", "lifeboat:images: No such file or directory", "", "SHARE_FOLDER_MISSING"],
  ["sftp", "Host key verification failed.\nread: Connection reset by peer", "", "SHARE_HOST_KEY_CHANGED"],
  ["sftp", "subsystem request failed on channel 0\nread: Connection reset by peer", "", "SHARE_FAILED"],
])("%s: %s %s is %s", (kind, output, log, code) => expect(explain(kind, output, log).code).toBe(code));

test("what is not known is told in the tool's own words", () => {
  expect(explain("smb", "mount error(5): Input/output error").message).toContain("mount error(5)");
  expect(explain("nfs", "", "", -1).message).toContain("ended with status -1");
});
