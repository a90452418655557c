import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { titled } from "#ui/parts/brand.ts";

export interface PageProps {
  /** Over the heading: where the user is. */
  readonly above?: ComponentChildren;
  readonly title: string;
  /** The window's title; the heading unless something shorter says more. */
  readonly documentTitle?: string | undefined;
  readonly lead?: ComponentChildren;
  /** Beside the heading. */
  readonly tools?: ComponentChildren;
  readonly footer: ComponentChildren;
  /** The page itself puts the focus somewhere better than the heading. */
  readonly ownFocus?: boolean | undefined;
  readonly children?: ComponentChildren;
}

/** One question: heading, content, and the footer with Back and Next. Each new page starts at its heading. */
export function Page(props: PageProps): JSX.Element {
  const end = useRef<HTMLDivElement>(null);
  const moreBelow = useBelowTheFold(end);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    if (!props.ownFocus) heading.current?.focus({ preventScroll: true });
  }, [props.ownFocus]);
  useLayoutEffect(() => {
    document.title = props.documentTitle ?? titled(props.title);
  }, [props.documentTitle, props.title]);
  return (
    <>
      <main class="main" id="content" tabIndex={-1}>
        {props.above}
        <div class="page-head">
          <div class="page-head__text">
            <h1 ref={heading} tabIndex={-1}>
              {props.title}
            </h1>
            {props.lead && <p class="lead">{props.lead}</p>}
          </div>
          {props.tools}
        </div>
        {props.children}
        <div ref={end} class="page-end" />
      </main>
      <footer class={`footer${props.footer ? "" : " footer--empty"}`}>
        {moreBelow && (
          <p class="footer__more" aria-hidden="true">
            {t("app.more-below")} ↓
          </p>
        )}
        {props.footer}
      </footer>
    </>
  );
}

/** The height of the footer, which stays in place over the end of the screen. */
const FOOTER = 64;

/** Whether the element lies below what the screen shows: without a scrollbar, nothing else tells. */
function useBelowTheFold(element: { readonly current: HTMLElement | null }): boolean {
  const [below, setBelow] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        // Of several changes since the last call, the newest counts.
        const entry = entries.at(-1);
        setBelow(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top > 0);
      },
      { rootMargin: `0px 0px -${FOOTER}px 0px` },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return below;
}

/** A titled part of a page. */
export function Section(props: {
  readonly title: string;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <section class={`section ${props.class ?? ""}`} aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </section>
  );
}
