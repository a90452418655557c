import { aborted, type StreamEvent } from "#base/http/event-stream.ts";
import type { ConsoleEvent } from "./contract/events.ts";

/** Events that are kept for those who connect again. */
const MOST_KEPT = 500;

/** What happens, for all who watch. A reader that is slow gets the newest, and is told that it missed some. */
export class EventHub {
  readonly #kept: { readonly id: number; readonly data: ConsoleEvent }[] = [];
  #next: number;
  #changed = Promise.withResolvers<void>();

  /** @param first number of the first event: a server that starts again goes on above those of before */
  constructor(first: number = Date.now()) {
    this.#next = first;
  }

  tell(event: ConsoleEvent): void {
    this.#kept.push({ id: this.#next++, data: event });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** @param after id of the last event that was seen; undefined: from now on */
  async *from(after: number | undefined, closed: AbortSignal): AsyncGenerator<StreamEvent> {
    const ended = aborted(closed);
    let seen = after ?? this.#next - 1;
    if (seen >= this.#next) seen = this.#next - 1; // of a server with another clock
    while (!closed.aborted) {
      const changed = this.#changed.promise;
      const oldest = this.#kept[0]?.id ?? this.#next;
      if (seen < oldest - 1) {
        seen = oldest - 1;
        yield { id: seen, data: { kind: "missed" } satisfies ConsoleEvent };
      }
      for (const event of this.#kept.filter(({ id }) => id > seen)) {
        // While the last one was sent more may have come than is kept.
        seen = event.id;
        yield event;
        if (closed.aborted) return;
      }
      if (seen >= this.#next - 1) await Promise.race([changed, ended]);
    }
  }
}
