Feature: Permissions
  A user can use a platform when an administrator has said so.

  Background:
    Given the platform "lab" with a worker
    And the user "Ada" with a job token

  Scenario: A user who may use a platform sees it
    Given "Ada" may use "lab"
    When "Ada" reads the platform "lab"
    Then the platform tells "Ada" its commands

  Scenario: A user who may not use a platform does not see it
    When "Ada" tries to read the platform "lab"
    Then it is refused as "platform_not_found"

  @core
  Scenario: A user who may not use a platform cannot send it jobs
    When "Ada" tries to submit a job to "lab"
    Then it is refused as "platform_not_found"

  Scenario: A platform that may not be used is as unknown as one that does not exist
    When "Ada" tries to submit a job to "lab"
    And "Ada" tries to submit a job to a platform that does not exist
    Then both refusals have the same code

  Scenario: A user who may use a platform can send it jobs
    Given "Ada" may use "lab"
    When "Ada" submits the job "first" to "lab"
    Then the job "first" is waiting

  Scenario: Permissions can be given with the account
    When the administrator creates the user "Grace" who may use "lab"
    And "Grace" logs in
    And "Grace" makes a job token
    And "Grace" submits the job "first" to "lab"
    Then the job "first" is waiting

  Scenario: One user's permission is not another's
    Given the user "Grace" with a job token
    And "Ada" may use "lab"
    When "Grace" tries to submit a job to "lab"
    Then it is refused as "platform_not_found"

  Scenario: Only an administrator gives permissions
    Given "Ada" has logged in
    When "Ada" tries to let themselves use "lab"
    Then it is refused

  Scenario: Giving a permission twice changes nothing
    Given "Ada" may use "lab"
    And "Ada" may use "lab"
    When "Ada" submits the job "first" to "lab"
    Then the job "first" is waiting
