import { listCompanies, listUsers } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { Panel } from "../parts/page.tsx";
import { useAnswer } from "../queries.ts";
import { NewUser } from "./new-user.tsx";
import { UserTable } from "./user-table.tsx";

/** The accounts of the cloud. */
export function UsersSection(): ReactNode {
  const [text, setText] = useState("");
  const users = useAnswer(listUsers, { query: { limit: 200, ...(text === "" ? {} : { text }) } });
  const companies = useAnswer(listCompanies, { query: { limit: 200 } });
  const choices = [
    ["", "none"],
    ...(companies.data?.companies.map(({ company_id, name }) => [String(company_id), name] as const) ?? []),
  ] as const;
  return (
    <>
      <NewUser companies={choices} />
      <Panel
        title="Accounts"
        aside={
          <input
            type="search"
            aria-label="Search accounts"
            placeholder="Search email or name"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        }
      >
        <Answered query={users}>
          {(answer) => <UserTable users={answer.users} companies={choices} />}
        </Answered>
      </Panel>
    </>
  );
}
