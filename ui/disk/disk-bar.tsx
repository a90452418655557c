import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type DrawnLayout, type Fate, type Segment, type Selection, segmentsOf } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";

/** Narrower than this a part could be neither seen nor hit. Also in disk-bar.css. */
const SMALLEST_PX = 24;
const NAME_PX = 60;
/** Before the first measurement, and where nothing is laid out. */
const ASSUMED_WIDTH_PX = 720;

/** What of a partition the pointer has: all of it, or one of its ends. */
export type Hold = "body" | "start" | "end";
/** @param width of the bar, in the pixels of the pointer */
export type Grab = (
  event: PointerEvent & { currentTarget: HTMLElement },
  key: string,
  hold: Hold,
  width: number,
) => void;

/** One disk as a bar, and the mark when parts of it had to be drawn too wide. The table below holds the same as text. */
export function DiskBar(props: {
  readonly layout: DrawnLayout;
  /** What becomes of its partitions. */
  readonly fate: Fate;
  readonly caption?: string | undefined;
  /** Bytes of the longer of two bars that stand together: both are drawn to the same scale. */
  readonly scale?: number | undefined;
  /** The partition that is marked, here and in the table of the same disk; absent where there is no such table. */
  readonly selection?: Selection | undefined;
  /** One of many in a list: lower, and without words. */
  readonly isSmall?: boolean;
  /** Parts can be moved and resized by the pointer. What it does can be done by keyboard elsewhere. */
  readonly onGrab?: Grab | undefined;
}): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(ASSUMED_WIDTH_PX);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width || ASSUMED_WIDTH_PX));
    if (bar.current) observer.observe(bar.current);
    return () => observer.disconnect();
  }, []);
  const segments = segmentsOf(props.layout, props.fate);
  const total = props.layout.size;
  const pixels = (s: Segment) => (s.bytes / total) * width;
  const share = props.scale ? (total / props.scale) * 100 : 100;
  const widened = segments.some((s) => pixels(s) < SMALLEST_PX);
  return (
    <div class="disk">
      {props.caption && (
        <p class="disk__caption">
          <strong>{props.caption}</strong> <span>{format.diskSize(total)}</span>
        </p>
      )}
      <div
        class={`disk__bar${props.isSmall ? " disk__bar--small" : ""}${props.onGrab ? " disk__bar--held" : ""}`}
        aria-hidden="true"
        ref={bar}
        style={{ width: `${share}%` }}
      >
        {segments.map((s) => (
          <BarSegment
            key={s.key}
            segment={s}
            pixels={pixels(s)}
            selection={props.selection}
            onGrab={props.onGrab && ((event, hold) => props.onGrab?.(event, s.key, hold, width))}
          />
        ))}
      </div>
      {widened && !props.isSmall && <p class="disk__scale">{t("disk.not-to-scale")}</p>}
    </div>
  );
}

/** For the pointer only: what a press marks is the row of the table, which holds the same number as text. */
function BarSegment(props: {
  readonly segment: Segment;
  readonly pixels: number;
  readonly selection: Selection | undefined;
  readonly onGrab: ((event: PointerEvent & { currentTarget: HTMLElement }, hold: Hold) => void) | undefined;
}): JSX.Element {
  const { segment, pixels, selection, onGrab } = props;
  const { usedBytes, bytes, role, number, label } = segment;
  const isSelected = selection?.value === segment.key;
  const narrow = pixels < SMALLEST_PX && role !== "free";
  return (
    <button
      type="button"
      tabIndex={-1}
      class={`segment segment--${role}${isSelected ? " segment--selected" : ""}${onGrab && role !== "free" ? " segment--held" : ""}`}
      onPointerDown={(event) => {
        const hold = event.target instanceof HTMLElement ? event.target.dataset["hold"] : undefined;
        if (role !== "free") onGrab?.(event, hold === "start" || hold === "end" ? hold : "body");
      }}
      onClick={() => {
        if (selection) selection.value = selection.value === segment.key ? undefined : segment.key;
      }}
      style={{ flexGrow: bytes }}
      title={`${label}, ${format.bytes(bytes)}`}
    >
      <span class="segment__text">
        <span class="segment__name">
          {number} {pixels >= NAME_PX && label}
        </span>
        {pixels >= NAME_PX && <span class="segment__size">{format.bytes(bytes)}</span>}
        {narrow && <span class="segment__size">≠</span>}
      </span>
      {usedBytes !== undefined && (
        <span class="segment__used" style={{ width: `${Math.min(100, (usedBytes / bytes) * 100)}%` }} />
      )}
      {onGrab && role !== "free" && pixels >= NAME_PX && (
        <>
          <span class="segment__edge segment__edge--start" data-hold="start" />
          <span class="segment__edge segment__edge--end" data-hold="end" />
        </>
      )}
      {onGrab && role !== "free" && isSelected && (
        <>
          <span class="segment__knob segment__knob--start" data-hold="start">
            ↔
          </span>
          <span class="segment__knob segment__knob--end" data-hold="end">
            ↔
          </span>
        </>
      )}
    </button>
  );
}
