import { Platform, User } from "@corbenic/sdk";
import { After, AfterAll, Before, defineParameterType, setDefaultTimeout } from "@cucumber/cucumber";
import type { Stage } from "./world.ts";

setDefaultTimeout(60_000);

defineParameterType({
  name: "actor",
  regexp: /the administrator|"[^"]*"/,
  transformer: (text: string) => text,
});
defineParameterType({ name: "state", regexp: /\|[\d,]+>/, transformer: (text: string) => text });

/** One login serves the whole run: the administrator of a deployment is not to be logged in a hundred times. */
let administrator: User | undefined;

Before(async function (this: Stage) {
  if (administrator === undefined) {
    const { adminEmail: email, adminPassword: password } = this.parameters;
    const admin = new User({ email, password, isAdmin: true });
    await admin.log(this.context);
    administrator = admin;
  }
  this.admin = administrator;
  Platform.ADMIN = administrator;
});

/** Removes what the scenario made, the last first, and tells of all that could not be removed. */
After(async function (this: Stage) {
  Platform.ADMIN = this.admin;
  const failures: Error[] = [];
  for (const step of this.undo.splice(0).reverse()) {
    await step().catch((error: Error) => failures.push(error));
  }
  if (failures.length > 0) {
    const reasons = failures.map(({ message }) => message).join("; ");
    throw new AggregateError(failures, `The scenario left something behind: ${reasons}`);
  }
});

AfterAll(async () => {
  await administrator?.logOut();
});
