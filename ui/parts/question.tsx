import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";

/**
 * A page whose answer changes nothing yet: a form, so that Enter goes on as everywhere else.
 * Next is never dead: pressed too early, it says what is missing.
 */
export function Question(props: {
  readonly above?: ComponentChildren;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly tools?: ComponentChildren;
  readonly missing: string | undefined;
  /** Next was pressed too early: the page puts the focus where the answer goes. */
  readonly onMissing?: (() => void) | undefined;
  readonly onNext: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  const form = useId();
  const [asked, setAsked] = useState(false);
  const { missing, onBack } = props;
  useEffect(() => {
    if (!missing) setAsked(false);
  }, [missing]);
  const next = (event: Event) => {
    event.preventDefault();
    if (!missing) return props.onNext();
    setAsked(true);
    props.onMissing?.();
  };
  const footer = (
    <>
      {onBack && <Button onPress={onBack}>{t("nav.back")}</Button>}
      <p class="footer__missing" role="status" id={`${form}-missing`}>
        {asked && missing}
      </p>
      <Button
        kind="primary"
        submits={form}
        blocked={missing !== undefined}
        describedBy={`${form}-missing`}
        onPress={() => {}}
      >
        {t("nav.next")}
      </Button>
    </>
  );
  return (
    <Page above={props.above} title={props.title} lead={props.lead} tools={props.tools} footer={footer}>
      <form id={form} onSubmit={next} noValidate>
        {props.children}
      </form>
    </Page>
  );
}
