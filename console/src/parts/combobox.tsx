import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./combobox.css";

interface ComboboxProps {
  readonly label: string;
  /** What stands for no value, as the first that can be chosen. */
  readonly none: string;
  /** Empty for none. */
  readonly value: string;
  /** The values that fit what was searched for last, undefined while they are still to come. */
  readonly found: readonly string[] | undefined;
  /** Called with what is typed. */
  readonly onSearch: (text: string) => void;
  /** Called with a value, or with nothing for none. */
  readonly onChoose: (value: string) => void;
}

/** One of more values than fit a list: found by typing a part of it, chosen by arrows and Enter or by pointing. */
export function Combobox({ label, none, value, found, onSearch, onChoose }: ComboboxProps): ReactNode {
  const id = useId();
  /** Undefined while the list is closed. */
  const [text, setText] = useState<string>();
  const [pointed, setPointed] = useState(0);
  const isOpen = text !== undefined;
  const options = found === undefined ? [] : text === "" ? ["", ...found] : found;
  const idOf = (at: number) => `${id}-${at}`;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is typed next takes the place of the value.
    if (!isOpen && value !== "" && document.activeElement === input.current) input.current?.select();
  }, [isOpen, value]);

  const search = (typed: string | undefined) => {
    setText(typed);
    setPointed(0);
    onSearch(typed?.trim() ?? "");
  };
  const choose = (option: string | undefined) => {
    search(undefined);
    if (option !== undefined) onChoose(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps !== undefined) {
      event.preventDefault();
      if (!isOpen) search("");
      else if (options.length > 0) setPointed((pointed + steps + options.length) % options.length);
    } else if (isOpen && event.key === "Enter") {
      event.preventDefault();
      if (options.length > 0) choose(options[pointed]);
    } else if (isOpen && event.key === "Escape") {
      event.preventDefault();
      choose(undefined);
    }
  };
  return (
    <span className="combobox">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-activedescendant={isOpen && options.length > 0 ? idOf(pointed) : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        placeholder={isOpen && value !== "" ? value : none}
        value={text ?? value}
        onChange={({ target }) => search(target.value)}
        onFocus={({ target }) => target.select()}
        onClick={() => isOpen || search("")}
        onBlur={() => choose(undefined)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className="combobox-list">
          <div id={id} role="listbox" aria-label={`${label}: found`}>
            {options.map((option, at) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus
              <div
                key={option}
                id={idOf(at)}
                role="option"
                tabIndex={-1}
                aria-selected={at === pointed}
                ref={at === pointed ? intoView : undefined}
                // The focus stays where one types.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
              >
                {option === "" ? none : option}
              </div>
            ))}
          </div>
          {found === undefined && <p className="quiet-text">Searching …</p>}
          {found?.length === 0 && text !== "" && <p className="quiet-text">None has “{text}” in its name.</p>}
        </div>
      )}
    </span>
  );
}

function intoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: "nearest" });
}
