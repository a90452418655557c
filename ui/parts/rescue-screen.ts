import type { System } from "#rescue/api/contract.ts";

/** This page is on the screen of the rescue machine itself, and not in the browser of another computer. */
export const onRescueScreen = (system: Pick<System, "isRescue"> | undefined): boolean =>
  system?.isRescue === true && ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
