Feature: Cancellation
  Who owns a job can cancel it, and administrators can cancel any.

  Background:
    Given the platform "lab" with a worker
    And the user "Ada" with a job token
    And "Ada" may use "lab"
    And "Ada" has submitted the job "first" to "lab"

  Scenario: A waiting job is canceled at once
    When "Ada" cancels the job "first"
    Then the job "first" is canceled

  Scenario: A canceled job is given to no worker
    When "Ada" cancels the job "first"
    And the worker of "lab" tries to fetch a job
    Then it is refused as "no_job_waiting"

  @core
  Scenario: A running job is canceled when its worker stops
    Given the worker of "lab" has fetched a job
    When "Ada" cancels the job "first"
    Then the job "first" is cancel_requested
    And the worker of "lab" is told to stop
    When the worker of "lab" fails with "stopped"
    Then the job "first" is canceled

  Scenario: A result that came before the worker heard of the cancellation counts
    Given the worker of "lab" has fetched a job
    When "Ada" cancels the job "first"
    And the worker of "lab" finishes the job with Hong-Ou-Mandel's result
    Then the job "first" is completed

  Scenario: Canceling twice is no mistake
    When "Ada" cancels the job "first"
    And "Ada" cancels the job "first"
    Then the job "first" is canceled

  Scenario: A job that is completed can no longer be canceled
    Given the worker of "lab" has fetched a job
    And the worker of "lab" has finished the job with Hong-Ou-Mandel's result
    When "Ada" tries to cancel the job "first"
    Then it is refused as "job_already_over"

  Scenario: Another user cannot cancel it
    Given the user "Grace" with a job token
    When "Grace" tries to cancel the job "first"
    Then it is refused as "job_not_found"
    And the job "first" is waiting

  Scenario: An administrator cancels many jobs at once
    Given "Ada" has submitted the job "second" to "lab"
    When the administrator cancels the jobs "first, second"
    Then the job "first" is canceled
    And the job "second" is canceled

  Scenario: Jobs that are over do not keep others from being canceled
    Given "Ada" has submitted the job "second" to "lab"
    And "Ada" has canceled the job "first"
    When the administrator cancels the jobs "first, second"
    Then the job "second" is canceled

  Scenario: A user does not cancel many jobs at once
    Given "Ada" has logged in
    When "Ada" tries to cancel the jobs "first"
    Then the objects refuse it before anything is asked

  Scenario: The jobs of a deleted user do not run
    When the administrator deletes the user "Ada"
    And the worker of "lab" tries to fetch a job
    Then it is refused as "no_job_waiting"
