import { getHealth, type ResponseOf } from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import type { CloudContext } from "./cloud-context.ts";

/** Asks a cloud whether it is well, once. @throws {CloudError} when nothing answers that is a cloud */
export function readHealth(
  context: CloudContext,
  { signal }: CallOptions = {},
): Promise<ResponseOf<typeof getHealth>> {
  return new Api(context, getHealth.path).call(getHealth, undefined, { signal }, { attempts: 1 });
}
