import type { JSX } from "preact";
import type { Entry } from "#pxe/console/contract.ts";
import { c } from "#ui/console/i18n/index.ts";
import { isTrouble, stagesOf } from "#ui/console/machines/stages.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { entryDetail, entryIcon, entryTitle } from "#ui/console/machines/words.ts";
import { format } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

/** How far the last start came. @param props.timeline the oldest first */
export function Stages({ timeline }: { timeline: readonly Entry[] }): JSX.Element {
  return (
    <ol class="stages">
      {stagesOf(timeline).map(({ stage, at, isTrouble: isBad }) => (
        <li
          key={stage}
          class={`stages__item${at === undefined ? "" : isBad ? " stages__item--trouble" : " stages__item--done"}`}
        >
          <Icon name={at === undefined ? "clock" : isBad ? "warning" : "check"} />
          <span class="stages__name">{c(`stage.${stage}`)}</span>
          <span class="stages__at">
            {at === undefined ? c("stage.not-yet") : format.time(new Date(at).toISOString())}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Detail({ entry }: { entry: Entry }): JSX.Element {
  const { text, lang } = entryDetail(entry);
  return (
    <p class="timeline__detail" lang={lang}>
      {text}
    </p>
  );
}

/** All that is known to have happened, the newest first. */
export function Timeline({ timeline }: { timeline: readonly Entry[] }): JSX.Element {
  if (timeline.length === 0) return <p class="muted">{c("timeline.none")}</p>;
  return (
    <ol class="timeline">
      {timeline.toReversed().map((entry, at) => (
        <li key={timeline.length - at} class={`timeline__item${isTrouble(entry) ? " timeline__item--trouble" : ""}`}>
          <Icon name={entryIcon(entry)} />
          <div class="timeline__text">
            <p>
              <strong>{entryTitle(entry)}</strong> <span class="muted">{when(entry.at)}</span>
            </p>
            <Detail entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}
