import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { terminalClosed } from "#ui/api/routes.ts";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Page } from "#ui/parts/page.tsx";
import { remembered } from "#ui/shell/preferences.ts";
import type { OpenTerminal } from "#ui/terminal/open-terminal.ts";

const FONT_SIZES = [12, 14, 16, 20, 24, 32] as const;
const USUAL_FONT = 14;

/** A shell on the rescue computer. It ends with the page. */
export function TerminalPage(): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const way = useRef<HTMLButtonElement>(null);
  const terminal = useRef<OpenTerminal>(undefined);
  const closed = useSignal<number | undefined>(undefined);
  const attempt = useSignal(0);
  const fontSize = useSignal(Number(remembered.get("terminal-font") ?? USUAL_FONT));
  const screenReader = useSignal(remembered.get("terminal-reader") === "yes");
  useEffect(() => {
    let isLeft = false;
    closed.value = undefined;
    void import("#ui/terminal/open-terminal.ts").then(({ openTerminal }) => {
      if (isLeft || !place.current) return;
      const hooks = {
        onLeave() {
          way.current?.focus();
          announce(t("terminal.left"));
        },
        onClosed(code: number) {
          closed.value = code;
          way.current?.focus();
        },
      };
      const options = { fontSize: fontSize.value, screenReader: screenReader.value, label: t("terminal.input") };
      terminal.current = openTerminal(place.current, hooks, options);
      terminal.current.focus();
    });
    return () => {
      isLeft = true;
      terminal.current?.dispose();
      terminal.current = undefined;
    };
  }, [attempt.value]);
  const scale = (by: 1 | -1) => {
    const at = FONT_SIZES.findIndex((size) => size >= fontSize.value);
    fontSize.value = FONT_SIZES[Math.max(0, Math.min(FONT_SIZES.length - 1, at + by))] ?? USUAL_FONT;
    remembered.set("terminal-font", String(fontSize.value));
    terminal.current?.setFontSize(fontSize.value);
  };
  // Where the browser does not let a page do it, Ctrl+Shift+C and Ctrl+Shift+V do.
  const copy = () => navigator.clipboard?.writeText(terminal.current?.selection() ?? "").catch(() => {});
  const paste = async () => {
    const text = await navigator.clipboard?.readText().catch(() => "");
    if (text) terminal.current?.paste(text);
    terminal.current?.focus();
  };
  return (
    <Page title={t("terminal.title")} lead={t("terminal.lead")} footer={null}>
      <div class="actions">
        <Button innerRef={way} onPress={() => terminal.current?.focus()}>
          {t("terminal.enter")}
        </Button>
        <Button onPress={copy}>{t("terminal.copy")}</Button>
        <Button onPress={paste}>{t("terminal.paste")}</Button>
        <Button onPress={() => scale(-1)} label={`A−: ${t("terminal.smaller")}`}>
          A−
        </Button>
        <Button onPress={() => scale(1)} label={`A+: ${t("terminal.larger")}`}>
          A+
        </Button>
        <Check
          id="screen-reader"
          label={t("terminal.reader")}
          checked={screenReader.value}
          onChange={(on) => {
            screenReader.value = on;
            remembered.set("terminal-reader", on ? "yes" : "no");
            terminal.current?.setScreenReader(on);
          }}
        />
      </div>
      {closed.value !== undefined && (
        <Alert kind={closed.value === terminalClosed.ended ? "info" : "warning"} title={closedText(closed.value)} live>
          <div class="actions">
            <Button
              kind="primary"
              onPress={() => {
                attempt.value += 1;
              }}
            >
              {t("terminal.again")}
            </Button>
          </div>
        </Alert>
      )}
      <div class="shell" ref={place} key={attempt.value} />
    </Page>
  );
}

function closedText(code: number): string {
  if (code === terminalClosed.ended) return t("terminal.ended");
  if (code === terminalClosed.tooMany) return t("terminal.too-many");
  return t(code === terminalClosed.failed ? "terminal.failed" : "terminal.lost");
}
