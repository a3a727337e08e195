Feature: Jobs
  A user submits a job, watches it and reads its results.

  Background:
    Given the platform "lab" with a worker
    And the user "Ada" with a job token
    And "Ada" may use "lab"

  Scenario: A job that was submitted waits
    When "Ada" submits the job "first" to "lab"
    Then the job "first" has an id
    And the job "first" is waiting
    And "Ada" sees the progress 0 of the job "first"

  @core
  Scenario: A job goes from creation to result
    When "Ada" submits the job "first" to "lab"
    And the worker of "lab" fetches a job
    And the worker of "lab" finishes the job with Hong-Ou-Mandel's result
    Then the job "first" is completed
    And "Ada" reads the result of the job "first": two photons in one mode or in the other

  Scenario: A job is read back as it was submitted
    When "Ada" submits the job "first" to "lab"
    Then "Ada" reads back the name and the platform of the job "first"

  Scenario: A job can be submitted with a login token
    Given "Ada" has logged in
    When "Ada" submits the job "first" to "lab" with the login token
    Then the job "first" is waiting

  Scenario: Results are not there before the job is over
    Given "Ada" has submitted the job "first" to "lab"
    When "Ada" tries to read the results of the job "first"
    Then it is refused as "job_not_finished"

  Scenario: A job that failed has no results
    Given "Ada" has submitted the job "first" to "lab"
    And the worker of "lab" has fetched a job
    And the worker of "lab" has failed with "the laser is off"
    When "Ada" tries to read the results of the job "first"
    Then it is refused as "job_has_no_result"

  Scenario: Waiting for a job that fails tells why
    Given "Ada" has submitted the job "first" to "lab"
    And the worker of "lab" has fetched a job
    And the worker of "lab" has failed with "the laser is off"
    When "Ada" waits for the job "first"
    Then waiting ends with the reason "the laser is off"

  Scenario: A job is watched from waiting to completed
    Given "Ada" has submitted the job "first" to "lab"
    When "Ada" watches the job "first" while the worker of "lab" runs it
    Then "Ada" saw it waiting, running and completed, in this order

  Scenario: A job that is sent twice with one key is one job
    When "Ada" submits one job to "lab" twice with the same idempotency key
    Then both have the same id

  Scenario: A key that was used for one job is good for no other
    Given "Ada" has submitted a job to "lab" with the idempotency key "one"
    When "Ada" tries to submit another job to "lab" with the idempotency key "one"
    Then it is refused as "idempotency_key_reused"

  Scenario: A job that failed can be run again
    Given "Ada" has submitted the job "first" to "lab"
    And the worker of "lab" has fetched a job
    And the worker of "lab" has failed with "the laser is off"
    When "Ada" runs the job "first" again as "second"
    Then the job "second" is waiting
    And the job "first" is error, because "the laser is off"

  Scenario: A job that did not fail is not run again
    Given "Ada" has submitted the job "first" to "lab"
    When "Ada" tries to run the job "first" again
    Then it is refused as "job_not_failed"

  Scenario: Another user does not see the job
    Given the user "Grace" with a job token
    And "Ada" has submitted the job "first" to "lab"
    When "Grace" tries to read the job "first"
    Then it is refused as "job_not_found"

  Scenario: Another user does not see the results
    Given the user "Grace" with a job token
    And "Ada" has submitted the job "first" to "lab"
    When "Grace" tries to read the results of the job "first"
    Then it is refused as "job_not_found"

  Scenario: Another's job is as unknown as one that does not exist
    Given the user "Grace" with a job token
    And "Ada" has submitted the job "first" to "lab"
    When "Grace" tries to read the job "first"
    And "Grace" tries to read a job that does not exist
    Then both refusals have the same code

  Scenario: An administrator sees everybody's jobs
    Given "Ada" has submitted the job "first" to "lab"
    Then the job "first" is in the list of all jobs

  Scenario: A user does not list everybody's jobs
    Given "Ada" has logged in
    When "Ada" tries to list all jobs
    Then the objects refuse it before anything is asked

  Scenario: A job is created once
    Given "Ada" has submitted the job "first" to "lab"
    When "Ada" tries to create the job "first" again
    Then the objects refuse it before anything is asked
