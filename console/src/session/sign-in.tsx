import { beginSession, bootstrap, getSelf, resetPassword } from "@corbenic/sdk/endpoints";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { ask } from "../cloud.ts";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Mark } from "../parts/mark.tsx";
import { keyOf } from "../queries.ts";
import "./sign-in.css";

type Way = "password" | "reset" | "first";

const ways: Readonly<Record<Way, { title: string; action: string; hint: string }>> = {
  password: {
    title: "Sign in",
    action: "Sign in",
    hint: "The first start of a local cloud prints the administrator's email and password.",
  },
  reset: {
    title: "Set a new password",
    action: "Set password and sign in",
    hint: "An administrator hands out a secret, good once and for an hour, with which you set a new password.",
  },
  first: {
    title: "First administrator",
    action: "Create administrator and sign in",
    hint: "A server that has no administrator yet prints a secret when it starts, good once and for an hour.",
  },
};

/** Where one comes in: with a password, or with a secret that makes one. */
export function SignIn(): ReactNode {
  const [way, setWay] = useState<Way>("password");
  const client = useQueryClient();
  const entering = useMutation({
    mutationFn: async ({ email, password, secret }: Entered) => {
      if (way === "reset") await ask(resetPassword, { body: { secret, password } });
      if (way === "first") await ask(bootstrap, { body: { secret, email, password } });
      await ask(beginSession, { body: { email, password } });
    },
    onSuccess: () => client.resetQueries({ queryKey: keyOf(getSelf) }),
  });
  useEffect(() => {
    document.title = `${ways[way].title} · Corbenic`;
  }, [way]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    entering.mutate({
      email: text("email"),
      password: String(form.get("password") ?? ""),
      secret: text("secret"),
    });
  };
  return (
    <main className="sign-in">
      <form className="panel" onSubmit={submit} key={way}>
        <div className="brand">
          <Mark /> <span>Corbenic</span>
        </div>
        <h1>{ways[way].title}</h1>
        {way !== "password" && (
          <Field label="Secret">
            {(ids) => <input {...ids} name="secret" required autoComplete="off" spellCheck={false} />}
          </Field>
        )}
        <Field label="Email">
          {(ids) => <input {...ids} name="email" type="email" required autoComplete="username" />}
        </Field>
        <Field label={way === "password" ? "Password" : "New password"}>
          {(ids) => (
            <input
              {...ids}
              name="password"
              type="password"
              required
              autoComplete={way === "password" ? "current-password" : "new-password"}
            />
          )}
        </Field>
        <Failure error={entering.error} />
        <button type="submit" className="primary" disabled={entering.isPending}>
          {ways[way].action}
        </button>
        <p className="hint">{ways[way].hint}</p>
        <nav className="row other-ways" aria-label="Other ways to sign in">
          {(Object.keys(ways) as Way[])
            .filter((each) => each !== way)
            .map((each) => (
              <button
                type="button"
                className="link"
                key={each}
                onClick={() => {
                  entering.reset();
                  setWay(each);
                }}
              >
                {ways[each].title}
              </button>
            ))}
        </nav>
      </form>
    </main>
  );
}

interface Entered {
  readonly email: string;
  readonly password: string;
  readonly secret: string;
}
