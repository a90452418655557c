/** As an image names the volumes inside one another: "unlocked > vg0/root". @param outer empty for a partition */
export const nameInside = (outer: string, name: string): string => (outer === "" ? name : `${outer} > ${name}`);
