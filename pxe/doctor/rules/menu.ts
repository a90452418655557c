import { why } from "../../machines/told.ts";
import { say } from "../../words/words.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { type Evidence, isOver, lastStart } from "../evidence.ts";

/** It has its menu, and did not go on from there. */
export function menus({ timeline, now }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const at = start.findLastIndex(({ kind }) => kind === "menu");
  const last = start[at];
  if (last?.kind !== "menu" || start.slice(at).some(({ kind }) => kind === "kernel" || kind === "up")) return [];
  const { title } = last;
  if (last.what === "refused") return [refused({ title, reason: last.reason })];
  if (!isOver(start, now)) return [];
  if (last.what === "shown")
    return [
      {
        ...{ code: "WAITS_AT_MENU", certainty: "sure" },
        seen: say("seen.WAITS_AT_MENU", { title }),
        ...{ means: say("means.WAITS_AT_MENU"), next: say("do.WAITS_AT_MENU") },
      },
    ];
  // A disk, an ISO or another server's script tells nothing of itself.
  if (last.starts !== "linux") return [];
  return [
    {
      ...{ code: "KERNEL_NOT_ASKED", certainty: "sure" },
      seen: say("seen.KERNEL_NOT_ASKED-menu", { title }),
      ...{ means: say("means.KERNEL_NOT_ASKED-menu"), next: say("do.KERNEL_NOT_ASKED-menu") },
    },
  ];
}

function refused({ title, reason = "" }: { readonly title: string; readonly reason: string | undefined }): Diagnosis {
  const seen = say("seen.menu-refused", { title, reason: why({ reason }) });
  if (reason === "too little memory")
    return {
      ...{ code: "TOO_LITTLE_MEMORY", certainty: "sure", seen },
      ...{ means: say("means.TOO_LITTLE_MEMORY-menu"), next: say("do.TOO_LITTLE_MEMORY-menu") },
    };
  return {
    ...{ code: "MENU_REFUSED", certainty: "sure", seen },
    ...{ means: say("means.MENU_REFUSED"), next: say("do.MENU_REFUSED") },
  };
}
