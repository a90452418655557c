import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What has come in answer to a press: scrolled to, where it lies outside of what is seen. */
export function InView(props: { readonly children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => element.current?.scrollIntoView({ block: "nearest" }), []);
  return <div ref={element}>{props.children}</div>;
}
