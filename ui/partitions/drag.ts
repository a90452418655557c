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
    let isSideways: boolean | undefined;
    element.setPointerCapture(event.pointerId);
    const listening = new AbortController();
    const { signal } = listening;
    const follow = (clientX: number) => {
      editor.draft.value = { key, ...dragged(limited(editor, one), hold, ((clientX - from) / width) * disk.size) };
    };
    const move = ({ clientX }: PointerEvent) => {
      isMoving ||= Math.abs(clientX - from) >= LEAST_PX;
      if (!isMoving) return;
      editor.selected.value = key;
      follow(clientX);
    };
    // Else Chromium makes a fling of it, though it scrolls nothing, and the next tap stops the fling instead of choosing.
    const keep = (touch: TouchEvent) => {
      const { clientX, clientY } = touch.touches[0] ?? event;
      isSideways ??= Math.abs(clientX - from) > Math.abs(clientY - event.clientY);
      if (isSideways) touch.preventDefault();
    };
    const put = ({ clientX }: PointerEvent) => {
      listening.abort();
      if (!isMoving) return;
      follow(clientX);
      ignoreClick(element);
      const draft = editor.draft.value;
      if (draft) editor.put(one, { start: draft.start, size: draft.size });
    };
    const cancel = () => {
      listening.abort();
      editor.draft.value = undefined;
    };
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("touchmove", keep, { signal });
    element.addEventListener("pointerup", put, { signal });
    element.addEventListener("pointercancel", cancel, { signal });
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
