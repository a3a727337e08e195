import { quote } from "../model/index.ts";

/** The path of what stands under a key, which may be any text, or an index. */
export function under(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return /^\w{1,40}$/.test(key) ? `${path}.${key}` : `${path}[${quote(key.slice(0, 40))}]`;
}
