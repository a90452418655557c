import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import type { TerminalMessage } from "#rescue/api/contract.ts";
import { terminalPath } from "#ui/api/routes.ts";
import { adoptStyles } from "#ui/terminal/adopt-styles.ts";

/** A shell of the rescue system on the page. This file is fetched when the page is come to: xterm is larger than all else together. */
export interface OpenTerminal {
  setFontSize(pixels: number): void;
  setScreenReader(on: boolean): void;
  focus(): void;
  selection(): string;
  paste(text: string): void;
  dispose(): void;
}

export interface TerminalHooks {
  /** F6: the keyboard is to go elsewhere, as Tab belongs to the shell (WCAG 2.1.2). */
  onLeave(): void;
  /** It is over, with the reason of `terminalClosed` or what the browser says. */
  onClosed(code: number): void;
}

export function openTerminal(
  parent: HTMLElement,
  hooks: TerminalHooks,
  options: { readonly fontSize: number; readonly screenReader: boolean; readonly label: string },
): OpenTerminal {
  const terminal = new Terminal({
    ...{ fontSize: options.fontSize, screenReaderMode: options.screenReader },
    ...{ fontFamily: '"DejaVu Sans Mono", monospace', scrollback: 5000, cursorBlink: false },
    theme: { background: "#101418", foreground: "#f2f4f6", cursor: "#ffffff", selectionBackground: "#2f5f8f" },
    minimumContrastRatio: 4.5,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  const removeStyles = adoptStyles(() => terminal.open(parent));
  terminal.textarea?.setAttribute("aria-label", options.label);
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${terminalPath}`);
  socket.binaryType = "arraybuffer";
  const send = (message: TerminalMessage) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const resize = () => {
    fit.fit();
    send({ type: "size", columns: terminal.cols, rows: terminal.rows });
  };
  socket.onopen = resize;
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => terminal.write(new Uint8Array(data));
  socket.onclose = ({ code }) => hooks.onClosed(code);
  terminal.onData((data) => send({ type: "input", data }));
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.key !== "F6") return true;
    if (event.type === "keydown") hooks.onLeave();
    event.preventDefault();
    return false;
  });
  const observer = new ResizeObserver(resize);
  observer.observe(parent);
  return {
    setFontSize(pixels) {
      terminal.options.fontSize = pixels;
      resize();
    },
    setScreenReader(on) {
      terminal.options.screenReaderMode = on;
    },
    focus: () => terminal.focus(),
    selection: () => terminal.getSelection(),
    paste: (text) => terminal.paste(text),
    dispose() {
      observer.disconnect();
      socket.onclose = null;
      socket.close();
      terminal.dispose();
      removeStyles();
    },
  };
}
