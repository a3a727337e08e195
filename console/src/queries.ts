import type { CallInput, Endpoint, ResponseOf } from "@corbenic/sdk/endpoints";
import {
  type DefaultError,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { ask } from "./cloud.ts";

/** What the answer to a question is kept under: all of one operation begin alike. */
export function keyOf(endpoint: Endpoint, input?: unknown): readonly unknown[] {
  return input === undefined ? [endpoint.operationId] : [endpoint.operationId, input];
}

interface AskOptions {
  readonly enabled?: boolean;
  /** Asked again this often, for what no event tells of. */
  readonly everyMs?: number;
}

/** The answer of a reading operation, kept and shared by all that ask the same. */
export function useAnswer<const E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  { enabled = true, everyMs }: AskOptions = {},
): UseQueryResult<ResponseOf<E>, DefaultError> {
  return useQuery<ResponseOf<E>>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => ask(endpoint, { ...input, signal }),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}

/** A changing operation; what it makes out of date is asked anew. */
export function useChange<const E extends Endpoint>(
  endpoint: E,
  outdated: readonly Endpoint[],
): UseMutationResult<ResponseOf<E>, DefaultError, CallInput<E>> {
  const client = useQueryClient();
  return useMutation<ResponseOf<E>, DefaultError, CallInput<E>>({
    mutationFn: (input) => ask(endpoint, input),
    onSuccess: async () => {
      await Promise.all(outdated.map((each) => client.invalidateQueries({ queryKey: keyOf(each) })));
    },
  });
}
