import { ipv4Number, isWithin, networkOfCidr } from "../../net/ipv4.ts";
import type { SubnetConfig } from "./subnet-config.ts";

export interface SubnetShare {
  readonly config: SubnetConfig;
  /** The network that it is of: "10.0.0.1/24". */
  readonly cidr: string;
}

/**
 * What a network without a name is for each of several interfaces: pools, reservations and the router belong where their addresses are, the
 * rest is the same for all. Of one interface it is the whole, right or wrong.
 */
export function sharesOf(
  config: SubnetConfig,
  cidrs: readonly string[],
  complain: (problem: string) => void,
): SubnetShare[] {
  const [only] = cidrs;
  if (only !== undefined && cidrs.length === 1) return [{ config, cidr: only }];
  const { pools, exclude, reservations, router } = config;
  const addresses = [...pools, ...exclude, ...reservations.map(({ address }) => address)];
  if (router !== undefined) addresses.push(router);
  for (const one of addresses)
    if (!cidrs.some((cidr) => isOf(cidr, one)))
      complain(`${one} is in the network of none of the interfaces (${cidrs.join(", ")})`);
  return cidrs
    .filter((cidr) => addresses.some((one) => isOf(cidr, one)))
    .map((cidr) => ({
      cidr,
      config: {
        ...config,
        pools: pools.filter((one) => isOf(cidr, one)),
        exclude: exclude.filter((one) => isOf(cidr, one)),
        reservations: reservations.filter(({ address }) => isOf(cidr, address)),
        router: router !== undefined && isOf(cidr, router) ? router : undefined,
      },
    }));
}

/** @param text an address, or a range, by its first one */
const isOf = (cidr: string, text: string): boolean =>
  isWithin(networkOfCidr(cidr), ipv4Number(text.split("-")[0] as string));
