import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

const PATH = "/etc/iscsi/initiatorname.iscsi";
const NVME = ["/etc/nvme/hostnqn", "/etc/nvme/hostid"];
/** Debian's open-iscsi makes a name where this stands; others make one where there is no file. */
const DEBIAN = "GenerateName=yes\n";

/** By their names, storage on the network lets machines in: two with one name write to the same disks. */
export async function planInitiator(draft: Draft): Promise<void> {
  const name = /^\s*InitiatorName=(\S+)/m.exec((await draft.text(PATH)) ?? "")?.[1];
  if (name !== undefined) {
    const why = say("identity.iscsi");
    if (await draft.has("/etc/debian_version")) await draft.write(PATH, DEBIAN, why);
    else await draft.remove(PATH, why);
    draft.notes.push(say("identity.iscsi-told", { name }));
  }
  for (const path of NVME) if (await draft.has(path)) draft.notes.push(say("identity.nvme", { path }));
}
