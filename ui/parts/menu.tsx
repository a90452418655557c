import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "#ui/parts/icon.tsx";

export interface MenuItem {
  readonly label: string;
  readonly onChoose: () => unknown;
  /** Something is lost by it. */
  readonly isDanger?: boolean;
}

/** By the header above and the footer below. */
const COVERED = 64;
const GAP = 8;
/** Two entries and a half: it can be seen that there are more. */
const LEAST = 110;

/** A button that opens a list of actions: arrow keys, Home and End go through it, Esc leaves it (WAI-ARIA, Menu Button). */
export function Menu(props: {
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
  /** It stands at the right: the list ends where it does. */
  readonly isAtEnd?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  /** Pixels that there are for the list, above the button when negative. */
  const [room, setRoom] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!open || !button.current || !list.current) return;
    const { top, bottom } = button.current.getBoundingClientRect();
    const [above, below] = [top - COVERED - GAP, innerHeight - COVERED - GAP - bottom];
    setRoom(list.current.scrollHeight > below && above > below ? -above : below);
  }, [open]);
  useEffect(() => {
    if (!open) return;
    list.current?.querySelector("button")?.focus();
    const leave = (event: Event) => {
      const isInside = event.target instanceof Node && list.current?.parentElement?.contains(event.target);
      if (!isInside) setOpen(false);
    };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (to !== undefined) items.at(to >= items.length ? 0 : to)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class={`menu${props.isAtEnd ? " menu--end" : ""}`}>
      <button
        ref={button}
        type="button"
        class="button button--plain"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name={props.icon} />
        <span>{props.children}</span>
      </button>
      {open && (
        <div
          ref={list}
          class={`menu__list${room < 0 ? " menu__list--above" : ""}`}
          role="menu"
          id={id}
          tabIndex={-1}
          style={{ maxHeight: `${Math.max(LEAST, Math.abs(room))}px` }}
          onKeyDown={press}
        >
          {props.items.map(({ label, onChoose, isDanger }) => (
            <button
              key={label}
              type="button"
              role="menuitem"
              class={`menu__item${isDanger ? " menu__item--danger" : ""}`}
              onClick={() => {
                close();
                void onChoose();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
