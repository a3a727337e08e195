import type { ReactNode } from "react";
import { Failure } from "../parts/failure.tsx";
import { AccountContext, useSignedIn } from "../session/account.ts";
import { SignIn } from "../session/sign-in.tsx";

/** The console for whoever has signed in, and the sign-in page, at the same address, for everybody else. */
export function Entrance({ children }: { readonly children: ReactNode }): ReactNode {
  const { account, error } = useSignedIn();
  if (account === null) return <SignIn />;
  if (account !== undefined) return <AccountContext value={account}>{children}</AccountContext>;
  return <main className="sign-in">{error !== null && <Failure error={error} />}</main>;
}
