import { join } from "node:path";
import { Api, CloudContext, User } from "@corbenic/sdk";
import type { CallInput, Endpoint, ResponseOf } from "@corbenic/sdk/endpoints";
import type { Command } from "commander";
import { NotLoggedInError } from "../exit-codes.ts";
import { userDirectory } from "../settings/config-file.ts";
import { valuesOf } from "../settings/with-settings.ts";
import { type LoginFile, loginFile } from "./logins.ts";

/** A cloud, and what a command asks of it. */
export interface Session {
  readonly context: CloudContext;
  readonly url: string;
  /** The token of this session, as the objects of the SDK take it. */
  readonly user: User;
  readonly logins: LoginFile;
  call<const E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>;
}

/** The settings that every command takes which talks to a cloud. */
export const sessionSettings = ["url", "token"] as const;

/** @throws {NotLoggedInError} when it is asked for a token and there is none */
export function openSession(command: Command): Session {
  const { url, token } = valuesOf(command, sessionSettings);
  const context = new CloudContext(url);
  const logins = loginFile(join(userDirectory(process.env), "logins.json"));
  const credential = () => {
    const found = token ?? logins.read(context.url)?.token;
    if (found === undefined) {
      throw new NotLoggedInError(
        `Nobody is logged in to ${context.url}: use \`corbenic login\`, or give a token with --token.`,
      );
    }
    return found;
  };
  return {
    context,
    url: context.url,
    logins,
    get user() {
      return User.withJobToken(credential());
    },
    call: (endpoint, input) => new Api(context, endpoint.path).call(endpoint, credential(), input),
  };
}
