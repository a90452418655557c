import type { EditedPartition } from "#rescue/api/contract.ts";
import type { Grab } from "#ui/disk/disk-bar.tsx";
import { segmentKey } from "#ui/disk/segments.ts";
import type { Partitions } from "#ui/partitions/partitions.ts";
import { dragged } from "#ui/partitions/place.ts";

/** A finger is never quite still. */
const LEAST_PX = 4;

/** What the pointer does to a bar: a part follows it while it is held, and is put where it is let go. */
export const grab =
  (editor: Partitions): Grab =>
  (event, key, hold, width) => {
    const disk = editor.answer.value.value?.after;
    const one = disk?.partitions.find((other) => segmentKey(other) === key);
    if (!disk || !one || event.button !== 0) return;
    const element = event.currentTarget;
    const from = event.clientX;
    let isMoving = false;
    element.setPointerCapture(event.pointerId);
    const listening = new AbortController();
    const on = (name: "pointermove" | "pointerup" | "pointercancel", act: (event: PointerEvent) => void) =>
      element.addEventListener(name, (passed) => act(passed as PointerEvent), { signal: listening.signal });
    const follow = (clientX: number) => {
      editor.draft.value = { key, ...dragged(limited(editor, one), hold, ((clientX - from) / width) * disk.size) };
    };
    on("pointermove", ({ clientX }) => {
      isMoving ||= Math.abs(clientX - from) >= LEAST_PX;
      if (!isMoving) return;
      editor.selected.value = key;
      follow(clientX);
    });
    on("pointerup", ({ clientX }) => {
      listening.abort();
      if (!isMoving) return;
      follow(clientX);
      ignoreClick(element);
      const draft = editor.draft.value;
      if (draft) editor.put(one, { start: draft.start, size: draft.size });
    });
    on("pointercancel", () => {
      listening.abort();
      editor.draft.value = undefined;
    });
  };

/** Its limits may have been told since it was taken. */
const limited = (editor: Partitions, one: EditedPartition): EditedPartition => {
  const known = editor.partition.value;
  return known !== undefined && known.source === one.source ? { ...one, ...limitsOf(known) } : one;
};

const limitsOf = ({ least, most }: EditedPartition): Pick<EditedPartition, "least" | "most"> => ({
  ...(least !== undefined && { least }),
  ...(most !== undefined && { most }),
});

/** The click that comes of a drag is no choice. It comes at once, or, of a finger, not at all: the next one is meant. */
function ignoreClick(element: Element): void {
  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, signal });
  setTimeout(() => listening.abort());
}
