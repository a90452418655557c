import type { JSX } from "preact";
import type { MemberView } from "#pxe/console/contract.ts";
import { needsAttention, percentOf, shownState } from "#ui/console/deployments/attention.ts";
import { stateIcons } from "#ui/console/deployments/words.ts";
import { c } from "#ui/console/i18n/index.ts";
import { format } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

/** One machine on the wall: what it is called, how it is, how far it is. The state is said by words, sign and border. */
export function Tile({ member, onOpen }: { member: MemberView; onOpen: () => void }): JSX.Element {
  const state = shownState(member);
  const percent = percentOf(member);
  const kind = needsAttention(member) ? " tile-member--bad" : state === "done" ? " tile-member--done" : "";
  return (
    <button type="button" class={`tile-member${kind}`} onClick={onOpen}>
      <span class="tile-member__head">
        <Icon name={stateIcons[state]} />
        <span class="tile-member__name">{member.name}</span>
      </span>
      <span class="tile-member__state">
        <span>{c(`member.${state}`)}</span>
        {state !== "cancelled" && <span class="tile-member__percent">{format.percent(percent / 100)}</span>}
      </span>
      <progress class="tile-member__bar" aria-hidden="true" value={percent} max={100} />
    </button>
  );
}
