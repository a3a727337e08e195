const depthMax = 32;

/**
 * What the database could not keep as JSON as it was sent: too much, nested too deeply, or text that is not Unicode
 * or has a NUL in it.
 * @param path names the value in the sentences
 */
export function findUnstorable(
  value: unknown,
  path: string,
  bytesMax: number,
): { path: string; message: string }[] {
  const fault = (where: string, message: string) => [{ path: where, message: `${where} ${message}.` }];
  const left: { value: unknown; path: string; depth: number }[] = [{ value, path, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value: part, path: where, depth } = next;
    if (depth > depthMax) return fault(path, `is nested more than ${depthMax} levels deep`);
    if (typeof part === "string" && !isText(part))
      return fault(where, "has a NUL or half a surrogate pair in it");
    if (typeof part !== "object" || part === null) continue;
    for (const [key, inner] of Object.entries(part)) {
      if (!isText(key)) return fault(where, "has a key with a NUL or half a surrogate pair in it");
      left.push({ value: inner, path: `${where}.${key.slice(0, 64)}`, depth: depth + 1 });
    }
  }
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes <= bytesMax ? [] : fault(path, `takes ${bytes} bytes, more than ${bytesMax}`);
}

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
