import type { RebuiltKernel } from "#imaging/universal/linux/kernels.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { loadableDrivers } from "#imaging/universal/linux/storage-drivers.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/initramfs-tools";
const HOOK = `${FOLDER}/hooks/lifeboat-storage`;
/** Debian's installer writes its choice into conf.d/driver-policy, which is read behind initramfs.conf. */
const MODULES = /^([ \t]*MODULES=)(["']?)(?!most\b)\w+\2/gm;

/**
 * A hook, not a list in the file `modules`: what stands there is loaded at every start, needed or not (initramfs-tools(7)),
 * and of what a hook adds udev loads what the machine has. Names that a kernel does not have are passed over.
 */
const hook = (drivers: readonly string[]): string => `#!/bin/sh
# By Lifeboat: drivers for the disks of other machines, so that this system starts on them too.
PREREQ=""
prereqs() { echo "$PREREQ"; }
case "$1" in
prereqs)
	prereqs
	exit 0
	;;
esac
. /usr/share/initramfs-tools/hook-functions
for driver in ${drivers.join(" ")}; do
	manual_add_modules "$driver"
done
`;

/** Debian's and Ubuntu's way (initramfs.conf(5), update-initramfs(8)). */
export async function planInitramfsTools({ draft }: LinuxContext, kernels: readonly RebuiltKernel[]): Promise<void> {
  for (const path of [`${FOLDER}/initramfs.conf`, ...(await draft.files(`${FOLDER}/conf.d`))])
    await draft.edit(path, say("linux.modules-most"), (text) => text.replace(MODULES, "$1most"));
  const drivers = [...new Set(kernels.flatMap(({ kernel }) => loadableDrivers(kernel)))];
  await draft.write(HOOK, hook(drivers), say("linux.hook"), 0o755);
  // -c: with -u a system says no whose administrator switched updates off, or that has no start file yet. -t: releases of
  // before 2018 do not write over a file that somebody else made.
  for (const { kernel, why } of kernels) draft.run(["update-initramfs", "-c", "-t", "-k", kernel.version], why);
}
