Feature: Priorities and fair shares
  Jobs of higher priority run first. Among equal ones nobody waits behind all the jobs of another.

  Background:
    Given the platform "lab" with a worker

  @core
  Scenario: A job of higher priority runs before one that came earlier
    Given the user "Ada" of priority 2 may use "lab"
    And the user "Grace" of priority 5 may use "lab"
    When "Ada" submits the job "ordinary" to "lab"
    And "Grace" submits the job "urgent" to "lab"
    Then the worker of "lab" fetches the jobs "urgent, ordinary"

  Scenario: Jobs of one user run in the order in which they came
    Given the user "Ada" of priority 2 may use "lab"
    When "Ada" submits the jobs "one, two, three" to "lab"
    Then the worker of "lab" fetches the jobs "one, two, three"

  Scenario: A user with many jobs does not keep another waiting
    Given the user "Ada" of priority 2 may use "lab"
    And the user "Grace" of priority 2 may use "lab"
    When "Ada" submits the jobs "one, two, three, four" to "lab"
    And "Grace" submits the job "only" to "lab"
    Then the job "only" is among the first 3 that the worker of "lab" fetches

  Scenario: A changed priority counts for the jobs that follow
    Given the user "Ada" of priority 2 may use "lab"
    And the user "Grace" of priority 2 may use "lab"
    When "Ada" submits the job "early" to "lab"
    And the administrator changes the priority of "Grace" to 6
    And "Grace" submits the job "late" to "lab"
    Then the worker of "lab" fetches the jobs "late, early"
