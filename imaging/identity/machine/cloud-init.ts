import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

const STATE = [
  "/var/lib/cloud/instance",
  "/var/lib/cloud/data/instance-id",
  "/var/lib/cloud/data/previous-instance-id",
];
const KEEP_NAME = "/etc/cloud/cloud.cfg.d/99_lifeboat-hostname.cfg";

/** cloud-init sets up a machine once, and knows by these that it did. As `cloud-init clean`, but logs and scripts stay. */
export async function planCloudInit(draft: Draft, hasNewName: boolean): Promise<void> {
  if ((await draft.has("/etc/cloud/cloud-init.disabled")) || !(await draft.has("/etc/cloud/cloud.cfg"))) return;
  let wasSetUp = false;
  for (const path of STATE) {
    const at = path.lastIndexOf("/");
    if (!(await draft.tree.list(path.slice(0, at))).includes(path.slice(at + 1))) continue;
    wasSetUp = true;
    await draft.remove(path, say("identity.cloud-init"));
  }
  if (!wasSetUp) return;
  draft.notes.push(say("identity.cloud-init-again"));
  if (hasNewName)
    await draft.write(KEEP_NAME, "# By Lifeboat\npreserve_hostname: true\n", say("identity.cloud-init-name"), 0o644);
}
