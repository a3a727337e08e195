import { addMember, removeMember } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { companyIdOf, userIdOf } from "../session/find.ts";

export const companyAddMemberCommand = () =>
  cloudCommand(
    "add-member",
    "make an account a member of a company, and of no other",
    (command) => command.argument("<company>", "id or name").argument("<user>", "id or email"),
    async (session, company: string, user: string, { json }: JsonOption) => {
      const params = { id: await companyIdOf(session, company), user_id: await userIdOf(session, user) };
      printDone(await session.call(addMember, { params }), json, `${user} is a member of ${company}.`);
    },
  );

export const companyRemoveMemberCommand = () =>
  cloudCommand(
    "remove-member",
    "take an account out of a company",
    (command) => command.argument("<company>", "id or name").argument("<user>", "id or email"),
    async (session, company: string, user: string, { json }: JsonOption) => {
      const params = { id: await companyIdOf(session, company), user_id: await userIdOf(session, user) };
      printDone(await session.call(removeMember, { params }), json, `${user} is no member of ${company}.`);
    },
  );
