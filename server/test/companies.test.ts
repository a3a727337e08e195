import {
  addMember,
  call,
  createCompany,
  deleteCompany,
  deleteUser,
  getCompany,
  getPlatform,
  getUser,
  grantPermission,
  listAuditEvents,
  listCompanies,
  listMembers,
  listPermissions,
  type Permission,
  putPermission,
  removeMember,
  updateCompany,
  withdrawPermission,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { announcePlatform } from "../src/platforms/platform-store.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

describeOnBoth("companies and permissions", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
  });
  afterAll(() => cloud.close());

  const create = (name: string, share?: number) =>
    call(createCompany, admin.login, { body: share === undefined ? { name } : { name, share } });

  test("a company has a name of its own and a share", async () => {
    const company = await create("Corning");
    expect(company).toMatchObject({ name: "Corning", share: 1, members: 0 });
    expect(await codeOf(create("CORNING"))).toBe("company_exists");
    expect(await codeOf(create("Small", 0.09))).toBe("invalid_request");
    expect((await create("Smallest", 0.1)).share).toBe(0.1);
    const params = { id: company.company_id };
    const changed = await call(updateCompany, admin.login, { params, body: { share: 2.5 } });
    expect(changed).toEqual({ ...company, share: 2.5 });
    expect(await codeOf(call(updateCompany, admin.login, { params, body: { name: "smallest" } }))).toBe(
      "company_exists",
    );
    const { companies } = await call(listCompanies, admin.login, { query: { text: "corn" } });
    expect(companies).toEqual([changed]);
    const query = { object: `company:${company.company_id}` };
    expect((await call(listAuditEvents, admin.login, { query })).events).toMatchObject([
      { action: "company.update", before: { share: 1 }, after: { share: 2.5 } },
      { action: "company.create" },
    ]);
  });

  test("members move from company to company, and a company with members is not deleted", async () => {
    const [left, right] = [await create("Left"), await create("Right")];
    const { userId } = await cloud.addAccount();
    const at = ({ company_id: id }: { company_id: number }) => ({ params: { id, user_id: userId } });
    expect(await call(addMember, admin.login, at(left))).toMatchObject({ company_id: left.company_id });
    expect(await call(addMember, admin.login, at(right))).toMatchObject({ company_id: right.company_id });
    const members = async (company: { company_id: number }) =>
      (await call(listMembers, admin.login, { params: { id: company.company_id } })).users.map(
        ({ user_id }) => user_id,
      );
    expect([await members(left), await members(right)]).toEqual([[], [userId]]);
    const remove = (company: { company_id: number }) =>
      call(deleteCompany, admin.login, { params: { id: company.company_id } });
    expect(await codeOf(remove(left))).toBe("done");
    const refused = await remove(right).catch((problem) => problem);
    expect(refused).toMatchObject({ code: "company_has_members", status: 409, detail: { members: 1 } });
    expect(refused.message).toBe("1 account belongs to Right: it can be deleted when none does.");
    expect(await codeOf(call(removeMember, admin.login, at(left)))).toBe("company_not_found");
    await call(removeMember, admin.login, at(right));
    expect(await codeOf(call(removeMember, admin.login, at(right)))).toBe("user_not_found");
    const { company_id } = await call(getUser, admin.login, { params: { id: userId } });
    expect(company_id).toBeNull();
    expect(await codeOf(remove(right))).toBe("done");
    expect(await codeOf(call(getCompany, admin.login, { params: { id: right.company_id } }))).toBe(
      "company_not_found",
    );
  });

  test("a company whose members were deleted can be deleted", async () => {
    const company = await create("Leaving");
    const { userId } = await cloud.addAccount();
    await call(addMember, admin.login, { params: { id: company.company_id, user_id: userId } });
    await call(deleteUser, admin.login, { params: { id: userId } });
    const params = { id: company.company_id };
    expect(await call(getCompany, admin.login, { params })).toMatchObject({ members: 0 });
    expect(await codeOf(call(deleteCompany, admin.login, { params }))).toBe("done");
  });

  test("a permission holds from the next request on, and ends with the next one", async () => {
    const account = await cloud.addAccount({ permitted: false });
    const pair = { user_id: account.userId, platform_id: cloud.platformId };
    const read = () => codeOf(call(getPlatform, account.jobs, { params: { name: "sim:test" } }));
    expect(await read()).toBe("platform_not_found");
    expect(await call(grantPermission, admin.login, { body: pair })).toEqual({
      ...pair,
      email: account.email,
      platform_name: "sim:test",
    });
    expect(await read()).toBe("done");
    expect(await codeOf(call(putPermission, admin.login, { body: pair }))).toBe("done");
    await call(withdrawPermission, admin.login, { query: pair });
    expect(await read()).toBe("platform_not_found");
    expect(await codeOf(call(withdrawPermission, admin.login, { query: pair }))).toBe("permission_not_found");
    const query = { object: `user:${account.userId}` };
    const { events } = await call(listAuditEvents, admin.login, { query });
    expect(events.map(({ action }) => action)).toEqual(["permission.withdraw", "permission.grant"]);
    const nobody = { ...pair, user_id: 999_999 };
    expect(await codeOf(call(grantPermission, admin.login, { body: nobody }))).toBe("user_not_found");
    const nowhere = { ...pair, platform_id: crypto.randomUUID() };
    expect(await codeOf(call(grantPermission, admin.login, { body: nowhere }))).toBe("platform_not_found");
  });

  test("people see their own permissions, and administrators everybody's, page by page", async () => {
    const account = await cloud.addAccount();
    for (const name of ["sim:a", "sim:b"]) {
      const specs = { available_commands: ["probs"] };
      const platform_id = await announcePlatform(cloud.database.pool, { name, type: "simulator", specs });
      await call(grantPermission, admin.login, { body: { user_id: account.userId, platform_id } });
    }
    const own = await call(listPermissions, account.jobs, { query: { user_id: cloud.owner.userId } });
    expect(own.permissions.map(({ platform_name }) => platform_name).sort()).toEqual([
      "sim:a",
      "sim:b",
      "sim:test",
    ]);
    expect(new Set(own.permissions.map(({ user_id }) => user_id))).toEqual(new Set([account.userId]));
    const seen: Permission[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query: { limit: number; cursor?: string } = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page: { permissions: Permission[]; next_cursor: string | null } = await call(
        listPermissions,
        admin.login,
        { query },
      );
      seen.push(...page.permissions);
      cursor = page.next_cursor;
    }
    const { rows } = await cloud.database.pool.query(
      "select count(*)::int as all from platform_permissions p join users u on u.id = p.user_id where u.deleted_at is null",
    );
    expect(seen).toHaveLength(rows[0].all);
    expect(new Set(seen.map((row) => `${row.user_id} ${row.platform_id}`)).size).toBe(seen.length);
    expect((await call(listPermissions, admin.jobs, {})).permissions).toEqual([]);
  });
});
