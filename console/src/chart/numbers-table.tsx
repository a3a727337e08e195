import { type ReactNode, useState } from "react";
import { Scrollable } from "../parts/scrollable.tsx";

interface NumbersTableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** Asked for only when the table is opened: a drawing may stand for a hundred thousand numbers. */
  readonly rows: () => readonly (readonly string[])[];
}

const cellsMost = 5_000;

/** What a drawing shows, as numbers: for those who read better than they look, with eyes or without. */
export function NumbersTable({ label, head, rows }: NumbersTableProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details className="numbers" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>As a table</summary>
      {open && <Opened label={label} head={head} rows={rows} />}
    </details>
  );
}

function Opened({ label, head, rows }: NumbersTableProps): ReactNode {
  const all = rows();
  const shown = all.slice(0, Math.max(1, Math.floor(cellsMost / head.length)));
  return (
    <>
      <Scrollable className="numbers-scroll" label={`${label}, scrolls`}>
        <table aria-label={label}>
          <thead>
            <tr>
              {head.map((title) => (
                <th key={title} scope="col" className="numeric">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(([first, ...others], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={i}>
                <th scope="row" className="numeric">
                  {first}
                </th>
                {others.map((text, k) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={k} className="numeric">
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {shown.length < all.length && (
        <p className="quiet-text">
          The first {shown.length.toLocaleString("en")} of {all.length.toLocaleString("en")} lines: the CSV
          file has all.
        </p>
      )}
    </>
  );
}
