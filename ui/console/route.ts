/** Where one is in the console: "#/machine/12", "#/deployment/Lab", "#/deployments/new/12,13". */
export type Route =
  | { readonly page: "machines" | "deployments" | "server" | "people" | "account" }
  /** With the machines that were chosen before. */
  | { readonly page: "new"; readonly machines: readonly number[] }
  | { readonly page: "machine"; readonly id: string }
  | { readonly page: "deployment"; readonly name: string };

const PLACES = { machines: "machines", deployments: "deployments", server: "server", people: "people" } as const;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const idsIn = (text: string): number[] =>
  text
    .split(",")
    .filter((id) => /^[1-9]\d{0,9}$/.test(id))
    .map(Number);

/** An address that names nothing is of the machines. */
export function routeOf(hash: string): Route {
  const [place = "", what = "", rest = ""] = hash.replace(/^#?\/?/, "").split("/");
  if (place === "machine" && what !== "") return { page: "machine", id: decoded(what) };
  if (place === "deployment" && what !== "") return { page: "deployment", name: decoded(what) };
  if (place === "deployments" && what === "new") return { page: "new", machines: idsIn(rest) };
  if (place === "account") return { page: "account" };
  return { page: Object.hasOwn(PLACES, place) ? PLACES[place as keyof typeof PLACES] : "machines" };
}

export function addressOf(route: Route): string {
  if (route.page === "machine") return `#/machine/${encodeURIComponent(route.id)}`;
  if (route.page === "deployment") return `#/deployment/${encodeURIComponent(route.name)}`;
  if (route.page !== "new") return `#/${route.page}`;
  return ["#/deployments/new", ...(route.machines.length > 0 ? [route.machines.join(",")] : [])].join("/");
}

export type SectionName = "machines" | "deployments" | "server" | "people" | "account";

/** The part of the console that a page belongs to. */
export function sectionOf({ page }: Route): SectionName {
  if (page === "machine") return "machines";
  return page === "deployment" || page === "new" ? "deployments" : page;
}
