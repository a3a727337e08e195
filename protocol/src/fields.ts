import Type from "typebox";

/** Text that people read on one line: no control characters, which would travel into terminals and tables. */
export function Line(options: { minLength?: number; maxLength?: number; description?: string } = {}) {
  return Type.String({ maxLength: 255, ...options, pattern: "^[^\\p{Cc}\\p{Cs}]*$" });
}

/** The id of a row whose ids are counted, as the database keeps it. */
export function SerialId(options: { description?: string } = {}) {
  return Type.Integer({ ...options, minimum: 1, maximum: 2 ** 31 - 1 });
}

export const DateTime = Type.String({ format: "date-time" });

export function Nullable<const S extends Type.TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

/** What lists take to be read page by page. */
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 1024, description: "The next_cursor of the page before." })),
};

export const nextCursor = {
  next_cursor: Nullable(Type.String({ description: "Where the next page begins; null on the last." })),
};
