import type { Diagnosis } from "../diagnosis.ts";
import { type Evidence, isOver, lastStart } from "../evidence.ts";

/** It has its menu, and did not go on from there. */
export function menus({ timeline, now }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const at = start.findLastIndex(({ kind }) => kind === "menu");
  const last = start[at];
  if (last?.kind !== "menu" || start.slice(at).some(({ kind }) => kind === "kernel" || kind === "up")) return [];
  if (last.what === "refused") return [refused(last)];
  if (!isOver(start, now)) return [];
  if (last.what === "shown")
    return [
      {
        ...{ code: "WAITS_AT_MENU", certainty: "sure" },
        seen: `It has the menu ${last.title}, and nothing was chosen.`,
        means: "It waits for somebody at its keyboard: the menu has no timeout, or somebody stopped it.",
        next: "Choose at the machine, or give the menu a `timeout` and a `default` in the file of `--menu`.",
      },
    ];
  // A disk, an ISO or another server's script tells nothing of itself.
  if (last.starts !== "linux") return [];
  return [
    {
      ...{ code: "KERNEL_NOT_ASKED", certainty: "sure" },
      seen: `It chose ${last.title} from its menu, and never asked for the kernel of it.`,
      means: "Its loader stopped: it says why on the machine's screen.",
      next: "Look at the machine's screen.",
    },
  ];
}

function refused({ title, reason }: { readonly title: string; readonly reason?: string | undefined }): Diagnosis {
  const seen = `It chose ${title} from its menu, and was refused: ${reason}.`;
  if (reason === "too little memory")
    return {
      ...{ code: "TOO_LITTLE_MEMORY", certainty: "sure", seen },
      means: "What is started from the network lies in memory, and that is not enough for it; nothing was loaded.",
      next: "Start it from a stick, which needs less, add memory, or correct `memory` of this entry in the file of `--menu`.",
    };
  return {
    ...{ code: "MENU_REFUSED", certainty: "sure", seen },
    means: "The entry asks for a name and a password, and got none of its users'.",
    next: "Try again: after some mistakes one has to wait, up to five minutes. `lifeboat pxe password` makes what stands for a new password in the file of `--menu`.",
  };
}
