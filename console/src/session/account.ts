import { endSession, getSelf, type User } from "@corbenic/sdk/endpoints";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ask, isSignedOut } from "../cloud.ts";
import { keyOf } from "../queries.ts";

/** Who has signed in; null for nobody, undefined until that is known. */
export function useSignedIn(): { account: User | null | undefined; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: keyOf(getSelf),
    queryFn: ({ signal }) =>
      ask(getSelf, { signal }).catch((failed: unknown) => {
        if (isSignedOut(failed)) return null;
        throw failed;
      }),
    staleTime: 60_000,
  });
  return { account: data, error };
}

export const AccountContext = createContext<User | undefined>(undefined);

/** The account that has signed in, for everything behind the sign-in page. */
export function useAccount(): User {
  const account = useContext(AccountContext);
  if (account === undefined) throw new TypeError("Nobody has signed in: useAccount is for pages behind it");
  return account;
}

/** Ends the session, and forgets all that was read in it. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: () => ask(endSession, {}),
    onSettled: () => {
      client.setQueryData(keyOf(getSelf), null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== getSelf.operationId });
    },
  });
  return () => leaving.mutate();
}
