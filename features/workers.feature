Feature: Workers
  The worker of a platform fetches jobs, one lease at a time, runs them and reports what it found.

  Background:
    Given the platform "lab" with a worker
    And the user "Ada" with a job token
    And "Ada" may use "lab"

  Scenario: A worker fetches a job as it was submitted
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    Then it is the job "first", with its payload
    And the job "first" is running

  Scenario: There is nothing to fetch
    When the worker of "lab" tries to fetch a job
    Then it is refused as "no_job_waiting"

  Scenario: A worker waits for a job
    When the worker of "lab" waits for a job while "Ada" submits the job "first" to "lab"
    Then it is the job "first", with its payload

  Scenario: Jobs are fetched in the order in which they came
    Given "Ada" has submitted the job "first" to "lab"
    And "Ada" has submitted the job "second" to "lab"
    Then the worker of "lab" fetches the jobs "first, second"

  Scenario: No job is fetched twice
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" tries to fetch a job
    Then it is refused as "no_job_waiting"

  Scenario: A worker reports how far it is
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" reports the progress 0.5
    Then "Ada" sees the progress 0.5 of the job "first"

  Scenario: A worker that fails ends the job with its reason
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" fails with "the laser is off"
    Then the job "first" is error, because "the laser is off"

  @core
  Scenario: A worker hands a job back
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" hands the job back
    Then the job "first" is waiting
    And the worker of "lab" fetches the jobs "first"

  Scenario: A worker that handed a job back has no more say in it
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" hands the job back
    And the worker of "lab" tries to finish the job
    Then it is refused as "lease_lost"

  Scenario: A worker cannot report what no client could read
    Given "Ada" has submitted the job "first" to "lab"
    When the worker of "lab" fetches a job
    And the worker of "lab" tries to finish the job with "no results"
    Then it is refused
    And the job "first" is running

  Scenario: A worker gets the jobs of its own platform only
    Given the platform "attic" with a worker
    And "Ada" has submitted the job "first" to "lab"
    When the worker of "attic" tries to fetch a job
    Then it is refused as "no_job_waiting"

  Scenario: A job token fetches no jobs
    Given "Ada" has submitted the job "first" to "lab"
    When "Ada" tries to fetch a job of "lab"
    Then it is refused as "not_allowed"
