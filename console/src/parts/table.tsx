import type { ReactNode } from "react";
import { Scrollable } from "./scrollable.tsx";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** What a narrow screen can do without: it is told elsewhere, such as on the page that the row leads to. */
  readonly lesser?: true;
}

/** Rows as a table. On a narrow screen each row is a card, with the titles of its columns beside what they hold. */
export function Table<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}): ReactNode {
  const { label, columns, rows, keyOf } = props;
  return (
    <Scrollable className="table-scroll" label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={classOf(column)}>
                {column.title === "" ? <span className="unseen">Actions</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.title} className={classOf(column)} data-title={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

function classOf<Row>({ title, numeric, lesser }: Column<Row>): string | undefined {
  const names = [numeric && "numeric", lesser && "lesser", title === "" && "actions"].filter(Boolean);
  return names.length === 0 ? undefined : names.join(" ");
}
