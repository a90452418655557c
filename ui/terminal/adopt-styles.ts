/**
 * Runs what makes style elements, as xterm does when it opens: they would be refused, as our pages allow no styles that stand in them
 * (base/http/security.ts). Their text becomes style sheets that are adopted, which the policy allows: no text of a page can make one.
 * @returns what takes them away again
 */
export function adoptStyles(open: () => void): () => void {
  const sheets: CSSStyleSheet[] = [];
  const create = document.createElement.bind(document);
  const createElement = (name: string): HTMLElement =>
    name === "style" ? standIn(create("span"), sheets) : create(name);
  Object.defineProperty(document, "createElement", { value: createElement, configurable: true });
  try {
    open();
  } finally {
    Reflect.deleteProperty(document, "createElement"); // its prototype's is there again
  }
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  };
}

/** An element whose text is a style sheet, now and whenever it is changed. */
function standIn(element: HTMLElement, sheets: CSSStyleSheet[]): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheets.push(sheet);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  element.hidden = true;
  let text = "";
  return Object.defineProperty(element, "textContent", {
    get: () => text,
    set(value: string) {
      text = value;
      sheet.replaceSync(value);
    },
  });
}
