import { LifeboatError } from "#base/errors.ts";
import { type Place, placeSecret } from "#base/medium/place.ts";
import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { MustBeRescue, ServiceDeps } from "#rescue/api/service-routes.ts";
import { isShare, placeId, type Share } from "#rescue/shares/share.ts";

/** Shares of other machines: listed, tried, added, connected. */
export function placeRoutes(serve: Serve, deps: ServiceDeps, mustBeRescue: MustBeRescue): void {
  const { services, rescan } = deps;
  const { settings, secrets, shares } = services;
  const refuse = () => mustBeRescue("nothing is mounted on it");
  const view = async () => (await shares.list()).map((state) => ({ ...state }));
  serve(api.places, view);
  serve(api.testPlace, ({ place, password }) => {
    refuse();
    return shares.test(shareOf(place), password);
  });
  serve(api.setPlace, async ({ place, password }) => {
    refuse();
    const share = shareOf(place);
    const id = placeId(share);
    await shares.disconnect(id);
    await settings.change({ places: [...settings.current.places.filter(({ name }) => name !== share.name), share] });
    const use = placeSecret(share);
    if (use && password !== undefined) await secrets.learn({ [use.name]: password });
    await shares.connect(id);
    await rescan();
    return view();
  });
  serve(api.removePlace, async (_request, { placeId: id }) => {
    refuse();
    await shares.disconnect(id);
    await settings.change({ places: settings.current.places.filter((place) => placeId(place) !== id) });
    await rescan();
    return view();
  });
  serve(api.connectPlace, async (_request, { placeId: id }) => {
    refuse();
    await shares.connect(id);
    await rescan();
    return view();
  });
  serve(api.disconnectPlace, async (_request, { placeId: id }) => {
    refuse();
    await shares.disconnect(id);
    await rescan();
    return view();
  });
}

function shareOf(place: Place): Share {
  if (isShare(place)) return place;
  throw new LifeboatError("REQUEST_INVALID", {
    path: "place.kind",
    problem: "only smb, nfs, sftp and s3 can be connected",
  });
}
