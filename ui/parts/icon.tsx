import type { JSX } from "preact";

/** Own drawings on a 24-unit grid, stroke only, so that they take the colour of the text beside them. */
const shapes = {
  check: "M4 12.5 9.5 18 20 6.5",
  cross: "M6 6 18 18M18 6 6 18",
  warning: "M12 3.5 22 20.5H2ZM12 10v5M12 17.8v.4",
  info: "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19ZM12 11v6M12 7.2v.4",
  question: "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19ZM9 9.5a3 3 0 1 1 3 3.5v1.5M12 17.3v.4",
  stop: "M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8ZM8.5 8.5l7 7M15.5 8.5l-7 7",
  disk: "M3 5.5h18v13H3ZM3 14.5h18M16.5 16.5h2",
  stick: "M8 9.5h8v12H8ZM9.5 2.5h5v7h-5ZM12 5.5v.1",
  file: "M5.5 2.5h9l4.5 4.5v14.5h-13.5ZM14 2.5V7.5h5",
  refresh: "M20 12a8 8 0 1 1-2.4-5.7M20.5 3v4.5H16",
  power: "M12 3v8M6.5 6.5a8 8 0 1 0 11 0",
  save: "M12 3v12M7 10.5l5 5 5-5M4 20.5h16",
  menu: "M3.5 6h17M3.5 12h17M3.5 18h17",
  home: "M3 11.5 12 4l9 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6",
  restore: "M5.5 3.5h13v6h-13ZM12 13v8M8 17.5l4 4 4-4",
  capture: "M5.5 14.5h13v6h-13ZM12 11V3M8 7l4-4 4 4",
  clone: "M3.5 3.5h11v11h-11ZM9.5 14.5v6h11v-11h-6",
  boot: "M6 3.5 19 12 6 20.5Z",
  images: "M3.5 7h13v13.5h-13ZM7 3.5h13.5V17M6.5 12h7M6.5 16h5",
  share: "M4 4h7v5H4ZM13 15h7v5h-7ZM7.5 9v8.5H13",
  partitions: "M2.5 6.5h19v11h-19ZM9 6.5v11M15.5 6.5v11",
  network: "M9 3.5h6v5H9ZM3 15.5h6v5H3ZM15 15.5h6v5h-6ZM12 8.5v3.5M6 15.5V12h12v3.5",
  terminal: "M3 4.5h18v15H3ZM7 9l3.5 3L7 15M12.5 15.5h4.5",
  undo: "M9 5 4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3",
  redo: "M15 5l5 5-5 5M20 10H10a6 6 0 0 0 0 12h3",
  settings: "M4 7h9M17 7h3M13 4.5v5M4 17h3M11 17h9M7 14.5v5",
  machine: "M3 4.5h18v11H3ZM9 15.5v4M15 15.5v4M6.5 19.5h11",
  server: "M4 3.5h16v7H4ZM4 13.5h16v7H4ZM7.5 7h.1M7.5 17h.1",
  people:
    "M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  person: "M12 3.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  pause: "M8 5v14M16 5v14",
  clock: "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19ZM12 7v5.5l3.5 2",
  run: "M7 4.5 19 12 7 19.5Z",
  lock: "M5 11h14v10H5ZM8 11V7.5a4 4 0 0 1 8 0V11",
} as const;
export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={shapes[name]} />
  </svg>
);

/** A lifebuoy: the ring with its four bands. */
export const Logo = (): JSX.Element => (
  <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <circle class="logo__ring" cx="16" cy="16" r="10" />
    <path class="logo__band" d="M16 1.5v9M16 21.5v9M1.5 16h9M21.5 16h9" />
  </svg>
);
