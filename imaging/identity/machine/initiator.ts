import type { Draft } from "#imaging/installed/draft.ts";

const PATH = "/etc/iscsi/initiatorname.iscsi";
const NVME = ["/etc/nvme/hostnqn", "/etc/nvme/hostid"];
/** Debian's open-iscsi makes a name where this stands; others make one where there is no file. */
const DEBIAN = "GenerateName=yes\n";

/** By their names, storage on the network lets machines in: two with one name write to the same disks. */
export async function planInitiator(draft: Draft): Promise<void> {
  const name = /^\s*InitiatorName=(\S+)/m.exec((await draft.text(PATH)) ?? "")?.[1];
  if (name !== undefined) {
    const text = "Lets the system give itself a new name for iSCSI at its next start";
    if (await draft.has("/etc/debian_version")) await draft.write(PATH, DEBIAN, text);
    else await draft.remove(PATH, text);
    draft.notes.push(`Storage that lets in ${name} over iSCSI has to be told the new name`);
  }
  for (const path of NVME)
    if (await draft.has(path)) draft.notes.push(`${path} stays: it is this system's name for NVMe over a network`);
}
