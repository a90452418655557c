import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { MustBeRescue, ServiceDeps } from "#rescue/api/service-routes.ts";

/** Cards, addresses, Wi-Fi. */
export function networkRoutes(serve: Serve, { services, refresh }: ServiceDeps, mustBeRescue: MustBeRescue): void {
  const { settings, network } = services;
  const view = async () => {
    const { entries, links, dns, searchDomains } = await network.view();
    return {
      settings: settings.current.network,
      entries: [...entries],
      links: [...links],
      dns: [...dns],
      searchDomains: [...searchDomains],
    };
  };
  serve(api.network, view);
  serve(api.setNetwork, async (request) => {
    mustBeRescue("its network stays as it is");
    await settings.change({ network: request.network });
    await network.apply();
    refresh();
    return view();
  });
  serve(api.scanWifi, () => {
    mustBeRescue("its network stays as it is");
    return network.scan();
  });
}
