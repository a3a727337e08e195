import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { auditListCommand } from "./audit/audit-list.ts";
import { auditVerifyCommand } from "./audit/audit-verify.ts";
import { backupCommand } from "./backup.ts";
import { bootstrapCommand } from "./bootstrap.ts";
import { companyCreateCommand } from "./company/company-create.ts";
import { companyDeleteCommand } from "./company/company-delete.ts";
import { companyListCommand } from "./company/company-list.ts";
import { companyAddMemberCommand, companyRemoveMemberCommand } from "./company/company-member.ts";
import { companyUpdateCommand } from "./company/company-update.ts";
import { configShowCommand } from "./config-show.ts";
import { devCommand } from "./dev.ts";
import { doctorCommand } from "./doctor.ts";
import { jobCancelCommand } from "./job/job-cancel.ts";
import { jobListCommand } from "./job/job-list.ts";
import { jobRerunCommand } from "./job/job-rerun.ts";
import { jobResultCommand } from "./job/job-result.ts";
import { jobShowCommand } from "./job/job-show.ts";
import { jobSubmitCommand } from "./job/job-submit.ts";
import { jobWatchCommand } from "./job/job-watch.ts";
import { keyCreateCommand } from "./key/key-create.ts";
import { keyDeleteCommand } from "./key/key-delete.ts";
import { keyListCommand } from "./key/key-list.ts";
import { keyRotateCommand } from "./key/key-rotate.ts";
import { loginCommand } from "./login.ts";
import { logoutCommand } from "./logout.ts";
import { permissionGrantCommand } from "./permission/permission-grant.ts";
import { permissionListCommand } from "./permission/permission-list.ts";
import { permissionWithdrawCommand } from "./permission/permission-withdraw.ts";
import { platformDeleteCommand } from "./platform/platform-delete.ts";
import { platformListCommand } from "./platform/platform-list.ts";
import { platformMaintainCommand } from "./platform/platform-maintain.ts";
import { platformRegisterCommand } from "./platform/platform-register.ts";
import { platformShowCommand } from "./platform/platform-show.ts";
import { platformUpdateCommand } from "./platform/platform-update.ts";
import { restoreCommand } from "./restore.ts";
import { serveCommand } from "./serve.ts";
import { statusCommand } from "./status.ts";
import { tokenCreateCommand } from "./token/token-create.ts";
import { tokenDeleteCommand } from "./token/token-delete.ts";
import { tokenListCommand } from "./token/token-list.ts";
import { tokenReopenCommand } from "./token/token-reopen.ts";
import { tokenRevokeCommand } from "./token/token-revoke.ts";
import { userDemoteCommand, userPromoteCommand } from "./user/user-administrator.ts";
import { userCreateCommand } from "./user/user-create.ts";
import { userDeleteCommand } from "./user/user-delete.ts";
import { userListCommand } from "./user/user-list.ts";
import { userResetPasswordCommand } from "./user/user-reset-password.ts";
import { userShowCommand } from "./user/user-show.ts";
import { userUpdateCommand } from "./user/user-update.ts";
import { version } from "./version.ts";
import { waitReadyCommand } from "./wait-ready.ts";
import { workerCommand } from "./worker.ts";

/** Every command: a noun with its verbs, or a verb of its own. */
export function createProgram(): Command {
  const program = new Command("corbenic")
    .description("A self-hosted cloud for photonic quantum computing")
    .option("--config <file>", "a configuration file instead of ./corbenic.json (CORBENIC_CONFIG)")
    .version(version, "-v, --version")
    .showHelpAfterError("(corbenic --help lists the commands)")
    .exitOverride();

  program.commandsGroup("Running a cloud:");
  for (const command of [
    devCommand(),
    serveCommand(),
    workerCommand(),
    bootstrapCommand(),
    backupCommand(),
    restoreCommand(),
    doctorCommand(),
  ]) {
    program.addCommand(command);
  }
  program.commandsGroup("Using a cloud:");
  for (const command of [loginCommand(), logoutCommand(), statusCommand(), waitReadyCommand()]) {
    program.addCommand(command);
  }
  program.addCommand(
    noun("job", "jobs: submit, follow, read, cancel", [
      jobSubmitCommand(),
      jobListCommand(),
      jobShowCommand(),
      jobWatchCommand(),
      jobResultCommand(),
      jobCancelCommand(),
      jobRerunCommand(),
    ]),
  );
  program.addCommand(
    noun("token", "job tokens, with which programs submit and read jobs", [
      tokenCreateCommand(),
      tokenListCommand(),
      tokenRevokeCommand(),
      tokenReopenCommand(),
      tokenDeleteCommand(),
    ]),
  );
  program.addCommand(
    noun("platform", "platforms, which jobs are sent to", [
      platformListCommand(),
      platformShowCommand(),
      platformRegisterCommand(),
      platformUpdateCommand(),
      platformMaintainCommand(),
      platformDeleteCommand(),
    ]),
  );
  program.commandsGroup("Administering a cloud:");
  program.addCommand(
    noun("user", "accounts", [
      userCreateCommand(),
      userListCommand(),
      userShowCommand(),
      userUpdateCommand(),
      userPromoteCommand(),
      userDemoteCommand(),
      userResetPasswordCommand(),
      userDeleteCommand(),
    ]),
  );
  program.addCommand(
    noun("company", "companies, which platforms are shared between", [
      companyCreateCommand(),
      companyListCommand(),
      companyUpdateCommand(),
      companyAddMemberCommand(),
      companyRemoveMemberCommand(),
      companyDeleteCommand(),
    ]),
  );
  program.addCommand(
    noun("key", "worker keys", [
      keyCreateCommand(),
      keyListCommand(),
      keyRotateCommand(),
      keyDeleteCommand(),
    ]),
  );
  program.addCommand(
    noun("permission", "who may use which platform", [
      permissionGrantCommand(),
      permissionListCommand(),
      permissionWithdrawCommand(),
    ]),
  );
  program.addCommand(noun("audit", "what people changed", [auditListCommand(), auditVerifyCommand()]));
  program.commandsGroup("This program:");
  program.addCommand(noun("config", "settings and where they come from", [configShowCommand()]));
  tab(program, { completionCommandName: "completion" });
  inherit(program);
  return program;
}

/** Commander hands errors to whoever called only for commands that were told so. */
function inherit(command: Command): void {
  for (const each of command.commands) {
    each.copyInheritedSettings(command);
    inherit(each);
  }
}

function noun(name: string, description: string, verbs: readonly Command[]): Command {
  const command = new Command(name).description(description);
  for (const verb of verbs) command.addCommand(verb);
  return command;
}
