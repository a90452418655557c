import type { Sentence } from "#base/sentence.ts";
import type { LinuxContent, MountReference } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Names of whole disks that the kernel gives in the order in which it finds them. */
const BY_KERNEL = /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk)([a-z]+|\d+)/;

/** Whether the names by which a system calls its volumes still mean them. */
export const linuxNames: SystemRule<LinuxContent> = (context) =>
  context.system.references.filter(({ isOptional }) => !isOptional).flatMap((one) => oneName(context, one));

function oneName(context: SystemContext<LinuxContent>, reference: MountReference): Finding[] {
  const { content, system, wish } = context;
  const { folder, device, isFound } = reference;
  const what =
    folder === "root="
      ? say("verdict.root-name", { name: device })
      : say("verdict.mount-name", { folder, name: device });
  const planned = wish.universal === true;
  if (/^\/dev\/disk\/by-(id|path)\//.test(device))
    return [{ ...changes(say("verdict.name-old-disk", { what })), planned }];
  const named = BY_KERNEL.exec(device);
  if (named) return byKernel(context, what, named);
  if (isFound === false) {
    const isOpen = content.closed.length === 0;
    const isRoot = folder === "root=" || folder === "/";
    if (isRoot && isOpen)
      return [{ code: "ROOT_MISSING", severity: "blocks", ...say("verdict.root-missing", { what }) }];
    const elsewhere = say(isRoot ? "verdict.root-elsewhere" : "verdict.volume-elsewhere", { what });
    return [{ code: "VOLUME_ELSEWHERE", severity: "unknown", ...elsewhere }];
  }
  const tableType = wish.tableType ?? content.tableType;
  if (/^PARTUUID=|by-partuuid/i.test(device) && tableType !== content.tableType && system.kind === "linux")
    return [{ ...changes(say("verdict.name-old-table", { what })), planned }];
  return [];
}

const NAMED_BY_UUID = asNext(say("next.names"), "Use --universal: the names become UUIDs");

const changes = (sentence: Sentence): Finding => ({
  code: "NAME_OF_OLD_DISK",
  severity: "change",
  ...sentence,
  ...NAMED_BY_UUID,
  mend: "universal",
});

/** "/dev/sda2" is what the first disk of its kind has there, whichever that is at the next start. */
function byKernel(
  { machine, target, wish }: SystemContext<LinuxContent>,
  what: Sentence,
  [, kind, place]: RegExpExecArray,
): Finding[] {
  const planned = wish.universal === true;
  const here = /^(sd|hd|vd|xvd|nvme|mmcblk)/.exec(target.name)?.[1];
  if (here !== undefined && here !== kind)
    return [{ ...changes(say("verdict.name-other-here", { what, disk: target.name })), planned }];
  const rivals = machine.disks.filter(({ name, removable }) => name.startsWith(kind ?? "") && !removable).length;
  const isFirst = place === "a" || place === "0";
  if (here !== undefined && isFirst && rivals === 1) return [];
  return [
    {
      code: "NAME_UNSURE",
      severity: "unknown",
      ...say("verdict.name-unsure", { what }),
      ...NAMED_BY_UUID,
      mend: "universal",
      planned,
    },
  ];
}
