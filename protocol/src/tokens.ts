import Type from "typebox";
import { alias, type Endpoint, endpoint } from "./endpoint.ts";
import { DateTime, Line, Nullable, SerialId } from "./fields.ts";
import { Priority } from "./users.ts";

/**
 * Job tokens, under the paths and in the shapes of the public contract. Bodies are tolerant, as clients of other
 * versions send them: what is not named here has no effect.
 */
const tolerant = { additionalProperties: true } as const;
const optional = <S extends Type.TSchema>(schema: S) => Type.Optional(Nullable(schema));

const Label = Line({
  minLength: 1,
  description: "Unlike that of every other token of the account. The token's first characters if left out.",
});

/** A pattern of platform names: `sim:slos`, `sim:*`, `*`. */
const PlatformPattern = Type.String({ pattern: "^[a-z0-9:._*-]{1,67}$", examples: ["sim:*"] });

const Scopes = {
  platforms: optional(
    Type.Array(PlatformPattern, {
      minItems: 1,
      maxItems: 100,
      description: "The platforms it may use; all of the account's if left out.",
    }),
  ),
  shots_max: optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Shots that a job may ask for.",
    }),
  ),
  jobs_max: optional(
    Type.Integer({
      minimum: 1,
      maximum: 2 ** 31 - 1,
      description: "Jobs that may be submitted with it, in all.",
    }),
  ),
  read_only: optional(
    Type.Boolean({ description: "Whether it reads only, and submits and cancels nothing." }),
  ),
};

const seen = {
  label: Type.String(),
  user_id: Type.Integer(),
  priority: Nullable(Type.Integer({ description: "Null for that of the account." })),
  platforms: Nullable(Type.Array(Type.String())),
  shots_max: Nullable(Type.Integer()),
  jobs_max: Nullable(Type.Integer()),
  read_only: Type.Boolean(),
  count: Type.Integer({ description: "Requests made with it, as of the last minute." }),
  created_date: DateTime,
  expiration_date: Nullable(DateTime),
  last_used_time: Nullable(DateTime),
  last_used_address: Nullable(Type.String()),
  is_revoked: Type.Boolean(),
};

const shown = "Its first characters: the token itself was shown when it was made, and never again.";

export const ListedToken = Type.Object({
  id: Type.Integer(),
  key: Type.String({ description: shown }),
  ...seen,
});
export type ListedToken = Type.Static<typeof ListedToken>;

export const Token = Type.Object({
  id: Type.Integer(),
  token: Type.String({ description: shown }),
  ...seen,
  valid: Type.Boolean({ description: "Whether it can be used at this moment." }),
  email: Type.String(),
  user_priority: Type.Integer(),
  company_id: Nullable(Type.Integer()),
  company_name: Nullable(Type.String()),
  is_apikey: Type.Boolean(),
  is_explorer_token: Type.Boolean(),
  last_used_duration: Nullable(Type.Integer({ description: "Seconds since it was last used." })),
});
export type Token = Type.Static<typeof Token>;

const Done = Type.Object({ message: Type.String() });
const logins = { tag: "Job tokens", callers: ["user", "admin"], problemFormat: "perceval" } as const;
const anyOfAccount = { ...logins, callers: ["job_token", "user", "admin"] } as const;

export const generateToken = endpoint({
  ...logins,
  operationId: "generateToken",
  misfitStatus: 422,
  method: "POST",
  path: "/api/tokens",
  summary: "Generate a job token for one's own account",
  description: "The answer is the only time that the token is shown.",
  body: Type.Object(
    {
      label: optional(Label),
      duration: optional(
        Type.Integer({
          minimum: 1,
          maximum: 365 * 86_400,
          description: "Seconds it lives: 30 days if left out.",
        }),
      ),
      priority: optional(Priority),
      user_id: optional(Type.Integer({ description: "The account that has logged in, if given." })),
      is_explorer_token: optional(Type.Boolean({ description: "Without effect: clients send it." })),
      ...Scopes,
    },
    tolerant,
  ),
  response: Type.Object({ token: Type.String(), token_id: Type.Integer(), duration: Type.Integer() }),
  problems: ["label_taken", "priority_too_high", "not_allowed"],
});

export const listTokens = endpoint({
  ...logins,
  operationId: "listTokens",
  misfitStatus: 422,
  method: "GET",
  path: "/api/tokens",
  summary: "List one's job tokens; for administrators also somebody else's",
  query: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 0 })),
    user_id: Type.Optional(SerialId({ description: "Administrators: the tokens of this account." })),
    all: Type.Optional(Type.Boolean({ description: "Administrators: the tokens of every account." })),
    include_expired: Type.Optional(Type.Boolean({ default: true })),
    include_revoked: Type.Optional(Type.Boolean({ default: true })),
  }),
  response: Type.Array(ListedToken),
  problems: ["not_allowed", "user_not_found"],
});

const one = {
  path: "/api/tokens/{token_id}",
  params: Type.Object({ token_id: SerialId() }),
} as const;

export const getToken = endpoint({
  ...anyOfAccount,
  ...one,
  operationId: "getToken",
  method: "GET",
  summary: "Read a job token",
  description: "A job token reads itself only; administrators who have logged in read everybody's.",
  response: Token,
  problems: ["token_not_found"],
});

export const updateToken = endpoint({
  ...logins,
  ...one,
  operationId: "updateToken",
  misfitStatus: 422,
  method: "PUT",
  summary: "Change a job token's label, priority or scopes",
  description: "What is left out stays; null takes a bound away.",
  body: Type.Object({ label: optional(Label), priority: optional(Priority), ...Scopes }, tolerant),
  response: Done,
  problems: ["token_not_found", "label_taken", "priority_too_high"],
});

const byKey = {
  bodyForms: ["json", "form"],
  body: Type.Object(
    {
      token: Type.Optional(Type.String({ maxLength: 255, description: "The whole token." })),
      token_id: Type.Optional(
        Type.Union([SerialId(), Type.String({ pattern: "^\\d{1,9}$" })], {
          description: "Its id, where the token is not at hand.",
        }),
      ),
    },
    { ...tolerant, anyOf: [{ required: ["token"] }, { required: ["token_id"] }] },
  ),
  response: Done,
} as const;

export const revokeToken = endpoint({
  ...anyOfAccount,
  ...byKey,
  operationId: "revokeToken",
  misfitStatus: 422,
  method: "POST",
  path: "/api/tokens/revoke",
  summary: "Revoke a job token, from its next request on",
  description:
    "A job token revokes itself only; administrators who have logged in revoke everybody's. Its owner may reopen it: what is to be gone for good is deleted.",
  problems: ["unknown_tokens"],
});

export const reopenToken = endpoint({
  ...logins,
  ...byKey,
  operationId: "reopenToken",
  misfitStatus: 422,
  method: "POST",
  path: "/api/tokens/reopen",
  summary: "Make a revoked job token good again until it expires",
  problems: ["unknown_tokens"],
});

export const deleteTokensByIds = endpoint({
  ...logins,
  operationId: "deleteTokensByIds",
  misfitStatus: 422,
  method: "POST",
  path: "/api/tokens/delete-by-ids",
  summary: "Delete job tokens by their ids: all of them, or none if one is unknown",
  body: Type.Object({ token_ids: Type.Array(SerialId(), { minItems: 1, maxItems: 1000 }) }, tolerant),
  response: Done,
  problems: ["unknown_tokens"],
});

export const deleteTokensByKeys = endpoint({
  ...logins,
  operationId: "deleteTokensByKeys",
  misfitStatus: 422,
  method: "POST",
  path: "/api/tokens/delete",
  summary: "Delete job tokens by themselves: all of them, or none if one is unknown",
  body: Type.Object(
    { tokens: Type.Array(Type.String({ maxLength: 255 }), { minItems: 1, maxItems: 1000 }) },
    tolerant,
  ),
  response: Done,
  problems: ["unknown_tokens"],
});

export const TokenUsage = Type.Object({
  token_id: Type.Integer(),
  total_jobs: Type.Integer(),
  usage: Type.Array(
    Type.Object({
      platform_name: Type.String(),
      nb_jobs: Type.Integer(),
      duration_seconds: Type.Integer({ description: "Seconds that the jobs ran." }),
      credits: Type.Number({ description: "Nothing is billed: 0." }),
      free_credits: Type.Number({ description: "Nothing is billed: 0." }),
    }),
  ),
});
export type TokenUsage = Type.Static<typeof TokenUsage>;

export const getTokenUsage = endpoint({
  ...anyOfAccount,
  operationId: "getTokenUsage",
  misfitStatus: 422,
  method: "GET",
  path: "/api/tokens/usage/report",
  summary: "Report the jobs submitted with job tokens, for each platform",
  description: "A job token reports of itself only; administrators who have logged in of everybody's.",
  query: Type.Object({
    token_ids: Type.Optional(
      Type.Union([
        Type.String({
          pattern: "^(null|\\[?\\s*\\d{1,9}(\\s*,\\s*\\d{1,9})*\\s*\\]?)?$",
          maxLength: 12_000,
          description: "Such as 1,2,3 or [1,2,3]; all of one's own if left out.",
        }),
        Type.Array(Type.String({ pattern: "^\\d{1,9}$" }), { maxItems: 1000 }),
      ]),
    ),
    start_time: Type.Optional({ ...DateTime, description: "Only jobs submitted at this time or later." }),
    end_time: Type.Optional({ ...DateTime, description: "Only jobs submitted before this time." }),
  }),
  response: Type.Array(TokenUsage),
  problems: ["unknown_tokens"],
});

/** The same operations under `/api/auth/…`, and under the names before those. */
const auth = <const E extends Endpoint>(endpoint: E): E =>
  alias(endpoint, {
    operationId: `${endpoint.operationId}Auth`,
    path: endpoint.path.replace("/api/", "/api/auth/"),
  });
const older = <const E extends Endpoint>(endpoint: E, path: string): E =>
  alias(endpoint, { operationId: `${endpoint.operationId}Old`, path, deprecated: true });

export const generateTokenAuth = auth(generateToken);
export const listTokensAuth = auth(listTokens);
export const getTokenAuth = auth(getToken);
export const updateTokenAuth = auth(updateToken);
export const revokeTokenAuth = auth(revokeToken);
export const reopenTokenAuth = auth(reopenToken);
export const deleteTokensByIdsAuth = auth(deleteTokensByIds);
export const deleteTokensByKeysAuth = alias(deleteTokensByKeys, {
  operationId: "deleteTokensByKeysAuth",
  path: "/api/auth/tokens/delete",
  deprecated: true,
});
export const generateTokenOld = older(generateToken, "/api/auth/token/generate");
export const getTokenOld = older(getToken, "/api/auth/token/{token_id}");
export const revokeTokenOld = older(revokeToken, "/api/auth/token/revoke");
export const deleteTokensByKeysOld = older(deleteTokensByKeys, "/api/auth/token/delete");
