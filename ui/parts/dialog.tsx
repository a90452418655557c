import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

/** Of a dialog, by what is on the button that opens it. */
export const titleOf = (button: string): string => button.replace(/\s?…$/, "");

/** A modal question. The element itself keeps the focus inside and closes on Esc; the safe answer has it first. */
export function Dialog(props: {
  readonly title: string;
  /** Takes all the room there is: for something to read. */
  readonly wide?: boolean | undefined;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
}): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLButtonElement>(".dialog__actions button")?.focus({ preventScroll: true });
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog${props.wide ? " dialog--wide" : ""}`}
      aria-labelledby={titleId}
      onClose={props.onClose}
    >
      <h2 id={titleId}>{props.title}</h2>
      {props.children}
      <div class="dialog__actions">{props.actions}</div>
    </dialog>
  );
}
