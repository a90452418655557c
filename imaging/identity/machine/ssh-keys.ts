import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/ssh";
const UNITS = "/etc/systemd/system";
const NAME = "lifeboat-ssh-keys.service";
/** Units by which distributions make keys that are missing: Fedora's and Debian's, Arch's, SUSE's. */
const MAKERS = ["sshd-keygen.target", "sshd-keygen@.service", "sshd-keygen.service", "sshdgenkeys.service"];

/** Removes itself: what it did once is never to be done again. */
const UNIT = `[Unit]
Description=Make SSH host keys for this machine (by Lifeboat)
Before=ssh.service sshd.service

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A
ExecStartPost=/bin/rm -f ${UNITS}/multi-user.target.wants/${NAME} ${UNITS}/${NAME}
`;

/** Two machines with the same keys can pass for each other. Debian makes keys when its package is installed, and not again. */
export async function planSshKeys(draft: Draft): Promise<void> {
  const keys = await draft.files(FOLDER, (name) => /^ssh_host_\w+_key(\.pub|-cert\.pub)?$/.test(name));
  if (keys.length === 0) return;
  if (!(await draft.has("/usr/bin/ssh-keygen"))) {
    draft.problems.push(say("identity.ssh-kept"));
    return;
  }
  for (const path of keys) await draft.remove(path, say("identity.ssh-key"));
  await planNewKeys(draft);
  const early = [
    ...(await draft.tree.list("/etc/dropbear/initramfs")),
    ...(await draft.tree.list("/etc/dropbear-initramfs")),
  ];
  if (early.some((name) => /host_key$/.test(name))) draft.notes.push(say("identity.dropbear"));
}

async function planNewKeys(draft: Draft): Promise<void> {
  const folders = ["/usr/lib/systemd/system", "/lib/systemd/system"];
  const hasSystemd = (await draft.has("/usr/lib/systemd/systemd")) || (await draft.has("/lib/systemd/systemd"));
  if (!hasSystemd) {
    // No one way to do something once: now, with the random numbers of this machine.
    draft.run(["ssh-keygen", "-A"], say("identity.ssh-now"));
    return;
  }
  for (const folder of folders)
    for (const unit of MAKERS) {
      const made = await draft.text(`${folder}/${unit}`);
      // Debian 13's is for the first start of all, which this will not be (machine-id.ts).
      const isForFirst = made !== undefined && /^\s*ConditionFirstBoot=/m.test(made);
      if (made !== undefined && !isForFirst && !(await isMasked(draft, unit))) return;
    }
  // SUSE's sshd makes them itself before it starts.
  for (const folder of folders)
    if (/^ExecStartPre=.*(sshd-gen-keys-start|ssh-keygen -A)/m.test((await draft.text(`${folder}/sshd.service`)) ?? ""))
      return;
  const why = say("identity.ssh-once");
  await draft.write(`${UNITS}/${NAME}`, UNIT, why, 0o644);
  draft.link(`${UNITS}/multi-user.target.wants/${NAME}`, `../${NAME}`, why);
}

/** Switched off by a link to /dev/null, or by an empty file. */
const isMasked = async (draft: Draft, unit: string): Promise<boolean> =>
  (await draft.tree.real(`${UNITS}/${unit}`)) === "/dev/null";
