export const settings = {
  "settings.title": "Settings",
  "settings.language": "Language",
  "settings.language-lead": "For this screen. What you have typed or chosen stays.",
  "settings.keyboard": "Keyboard",
  "settings.keyboard-layout": "Layout",
  "settings.keyboard-use": "Use this layout",
  "settings.keyboard-restarts": "The screen goes dark for some seconds. A job that is running goes on.",
  "settings.keyboard-busy": "Changing…",
  "settings.keyboard-test": "Try it here",
  "settings.keyboard-hint":
    "Type the letters and signs of a password, to see what the keys give. Nothing of it is kept.",
  "settings.keyboard-remote":
    "It is set on the screen of the rescue computer; here the keyboard of this computer is used.",
  "settings.colours": "Colours",
  "theme.auto": "As this computer wants it",
  "theme.light": "Light",
  "theme.dark": "Dark",
  "theme.contrast": "High contrast",
  "settings.text-size": "Size of text",
  // percent: "125%"
  "settings.text-size-of": (p: { percent: string }) => `${p.percent} of the usual size`,
  "settings.about": "About this system",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Packages of",
  "settings.kept": "The language and the keyboard are remembered on the rescue stick, where it can be written to.",
};
