import type { LinuxContent, MountReference } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";

/** Names of whole disks that the kernel gives in the order in which it finds them. */
const BY_KERNEL = /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk)([a-z]+|\d+)/;

/** Whether the names by which a system calls its volumes still mean them. */
export const linuxNames: SystemRule<LinuxContent> = (context) =>
  context.system.references.filter(({ isOptional }) => !isOptional).flatMap((one) => oneName(context, one));

function oneName(context: SystemContext<LinuxContent>, reference: MountReference): Finding[] {
  const { content, system, wish } = context;
  const { folder, device, isFound } = reference;
  const what = folder === "root=" ? "The boot menu calls the root" : `It mounts ${folder} as`;
  const planned = wish.universal === true;
  if (/^\/dev\/disk\/by-(id|path)\//.test(device))
    return [{ ...changes(`${what} ${device}, which names the old disk or the old place of it`), planned }];
  const named = BY_KERNEL.exec(device);
  if (named) return byKernel(context, `${what} ${device}`, named);
  if (isFound === false) {
    const isOpen = content.closed.length === 0;
    const isRoot = folder === "root=" || folder === "/";
    const text = `${what} ${device}, which is on no volume of this disk that could be looked at`;
    if (isRoot && isOpen) return [{ code: "ROOT_MISSING", severity: "blocks", text }];
    const starts = isRoot
      ? "it starts only if that is found"
      : "it does not start as usual unless that is on another disk of the machine";
    return [{ code: "VOLUME_ELSEWHERE", severity: "unknown", text: `${text}: ${starts}` }];
  }
  const tableType = wish.tableType ?? content.tableType;
  if (/^PARTUUID=|by-partuuid/i.test(device) && tableType !== content.tableType && system.kind === "linux")
    return [
      { ...changes(`${what} ${device}, and the new kind of partition table gives partitions other ids`), planned },
    ];
  return [];
}

const NAMED_BY_UUID = {
  next: "Let the names become UUIDs",
  command: "Use --universal: the names become UUIDs",
};

const changes = (text: string): Finding => ({
  code: "NAME_OF_OLD_DISK",
  severity: "change",
  text,
  ...NAMED_BY_UUID,
  mend: "universal",
});

/** "/dev/sda2" is what the first disk of its kind has there, whichever that is at the next start. */
function byKernel(
  { machine, target, wish }: SystemContext<LinuxContent>,
  what: string,
  [, kind, place]: RegExpExecArray,
): Finding[] {
  const planned = wish.universal === true;
  const here = /^(sd|hd|vd|xvd|nvme|mmcblk)/.exec(target.name)?.[1];
  if (here !== undefined && here !== kind)
    return [{ ...changes(`${what}; here that disk is ${target.name}`), planned }];
  const rivals = machine.disks.filter(({ name, removable }) => name.startsWith(kind ?? "") && !removable).length;
  const isFirst = place === "a" || place === "0";
  if (here !== undefined && isFirst && rivals === 1) return [];
  return [
    {
      code: "NAME_UNSURE",
      severity: "unknown",
      text: `${what}, which can be another disk of this machine`,
      ...NAMED_BY_UUID,
      mend: "universal",
      planned,
    },
  ];
}
