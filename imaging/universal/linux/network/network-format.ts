import type { Draft } from "#imaging/installed/draft.ts";
import type { CardUse, Fate } from "#imaging/universal/linux/network/card.ts";

/** One of the ways in which systems write down their network. */
export interface NetworkFormat {
  /** Cards that are named in it. @param isCard whether a name is one of a card, not of a bridge, a VLAN or a tunnel */
  find(draft: Draft, isCard: (name: string) => boolean): Promise<CardUse[]>;
  /** Writes it for the new cards. Names stay: the new card gets the old one's (give-name.ts). */
  adapt(draft: Draft, fateOf: (use: Pick<CardUse, "name" | "mac">) => Fate): Promise<void>;
}
