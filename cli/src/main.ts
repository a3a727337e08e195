#!/usr/bin/env node
import { Command } from "commander";
import { devCommand } from "./dev.ts";

const program = new Command("corbenic")
  .description("A self-hosted cloud for photonic quantum computing")
  .addCommand(devCommand());

await program.parseAsync();
