export const ruLocale = "ru";
