/** Whether the database refused a statement because of this constraint or unique index. */
export function violates(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "23505" || error.code === "23503") &&
    "constraint" in error &&
    error.constraint === constraint
  );
}
