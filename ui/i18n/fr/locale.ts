export const frLocale = "fr";
