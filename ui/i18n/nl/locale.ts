export const nlLocale = "nl";
