import { signal } from "@preact/signals";
import type { JSX } from "preact";

const message = signal("");

/** Says something to users of a screen reader when they have finished what they are doing. */
export const announce = (text: string): void => {
  message.value = text;
};

export const Announcer = (): JSX.Element => (
  <div class="visually-hidden" aria-live="polite" aria-atomic="true">
    {message.value}
  </div>
);
