import { isPoint } from "#imaging/image/header.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { pointName, repositoryOf } from "#imaging/repository/layout.ts";
import { type Lease, takeLease } from "#imaging/repository/lease.ts";
import { openRepository } from "#imaging/repository/repository.ts";

/**
 * Keeps the data of a point where it is while it is read: to be taken before the image is opened. An image file needs
 * none. @throws what readHeader and openRepository throw
 */
export async function leaseImage(path: string): Promise<Lease | undefined> {
  if (!isPoint(await readHeader(path))) return undefined;
  return takeLease(await openRepository(repositoryOf(path)), "read", pointName(path));
}
