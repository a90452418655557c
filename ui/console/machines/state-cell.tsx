import type { JSX } from "preact";
import type { Entry } from "#pxe/console/contract.ts";
import { c } from "#ui/console/i18n/index.ts";
import { isTrouble } from "#ui/console/machines/stages.ts";
import { entryIcon, entryTitle } from "#ui/console/machines/words.ts";
import { format } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

export const when = (at: number): string =>
  at === 0 ? c("machines.never-seen") : format.dateTime(new Date(at).toISOString());

/** What a machine did last, and when. @param props.seen when it was seen, for who has done nothing that is known */
export function StateCell({ entry, seen }: { entry: Entry | undefined; seen: number }): JSX.Element {
  if (!entry) return <span class="muted">{when(seen)}</span>;
  return (
    <>
      <span class={`state${isTrouble(entry) ? " state--trouble" : ""}`}>
        <Icon name={entryIcon(entry)} />
        <span>{entryTitle(entry)}</span>
      </span>
      <span class="table__sub">{when(entry.at)}</span>
    </>
  );
}
