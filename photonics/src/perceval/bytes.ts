/**
 * Base64 and zlib are the only things that the wire formats need of the machine they run on. `#bytes` of package.json
 * is Node's own where there is one, and otherwise what every browser has.
 */
export type Inflated =
  | { readonly kind: "text"; readonly text: string }
  /** It becomes longer than allowed. */
  | { readonly kind: "too-large" }
  /** Bytes stand behind the end of the data. */
  | { readonly kind: "followed"; readonly rest: number }
  /** The bytes inflate, but not to UTF-8. */
  | { readonly kind: "not-utf8"; readonly cause: unknown };
