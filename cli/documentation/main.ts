// Makes anew what docs/cli.md says of the program and shows of it in a terminal (tmux): npm run cli:docs
import { parseArgs } from "node:util";
import { readPage, withParts, writePage } from "./page.ts";
import { reference } from "./reference.ts";
import { takeScreens } from "./screens.ts";

const { values } = parseArgs({ options: { "without-screens": { type: "boolean", default: false } } });
const screens = values["without-screens"] ? new Map<string, string>() : await takeScreens();
writePage(withParts(readPage(), new Map([...reference(), ...screens])));
