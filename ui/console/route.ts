/** Where one is in the console: "#/machine/12", "#/deployment/Lab". */
export type Route =
  | { readonly page: "machines" | "deployments" | "new" | "server" | "people" | "account" }
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

/** An address that names nothing is of the machines. */
export function routeOf(hash: string): Route {
  const [place = "", what = ""] = hash.replace(/^#?\/?/, "").split("/");
  if (place === "machine" && what !== "") return { page: "machine", id: decoded(what) };
  if (place === "deployment" && what !== "") return { page: "deployment", name: decoded(what) };
  if (place === "deployments" && what === "new") return { page: "new" };
  if (place === "account") return { page: "account" };
  return { page: Object.hasOwn(PLACES, place) ? PLACES[place as keyof typeof PLACES] : "machines" };
}

export function addressOf(route: Route): string {
  if (route.page === "machine") return `#/machine/${encodeURIComponent(route.id)}`;
  if (route.page === "deployment") return `#/deployment/${encodeURIComponent(route.name)}`;
  return route.page === "new" ? "#/deployments/new" : `#/${route.page}`;
}

export type SectionName = "machines" | "deployments" | "server" | "people" | "account";

/** The part of the console that a page belongs to. */
export function sectionOf({ page }: Route): SectionName {
  if (page === "machine") return "machines";
  return page === "deployment" || page === "new" ? "deployments" : page;
}
