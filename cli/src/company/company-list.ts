import { listCompanies } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { limitOption } from "../session/limit-option.ts";

export const companyListCommand = () =>
  cloudCommand(
    "list",
    "list companies",
    (command) => command.addOption(limitOption()),
    async (session, { limit, json }: JsonOption & { limit: number }) => {
      const companies = await readPages(
        (query) => session.call(listCompanies, { query }),
        (page) => page.companies,
        limit,
      );
      printRows(companies, json, [
        { title: "ID", text: ({ company_id }) => String(company_id), align: "right" },
        { title: "NAME", text: ({ name }) => name },
        { title: "SHARE", text: ({ share }) => String(share), align: "right" },
        { title: "MEMBERS", text: ({ members }) => String(members), align: "right" },
        { title: "CREATED", text: ({ created_at }) => moment(created_at) },
      ]);
    },
  );
